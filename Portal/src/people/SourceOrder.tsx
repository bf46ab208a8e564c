import { ActionIcon, Button, Group, Select, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { inside } from "../api/client";
import type { Measure, Person } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { measureNames, measures } from "../streams/measures";
import streams from "../streams/Streams.module.css";
import { useSourceNames } from "../streams/useSourceNames";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Page";
import { personKey } from "./personKey";
import { hasOwnOrder, moved, orderFor } from "./sourceOrder";

const all = "all";

/** Which source counts where several tell of the same time, for a measure or for all; nothing with one source. */
export function SourceOrder({ person }: { person: Person }) {
  const [measure, setMeasure] = useState<Measure | typeof all>(all);
  if (person.streams.length < 2) return null;
  return (
    <Panel title="Which source counts first">
      <Stack gap={8}>
        <Text size="sm" c="dimmed">
          Where several tell of the same time, the first one in this order counts.
        </Text>
        <Select
          size="xs"
          aria-label="Measure of the order"
          allowDeselect={false}
          value={measure}
          data={[
            { value: all, label: "All without an order of their own" },
            ...measures.map((each) => ({
              value: each,
              label: hasOwnOrder(person, each) ? `${measureNames[each]} (own order)` : measureNames[each],
            })),
          ]}
          onChange={(value) => setMeasure((value ?? all) as Measure | typeof all)}
        />
        <Order key={measure} person={person} measure={measure === all ? null : measure} />
      </Stack>
    </Panel>
  );
}

type Direction = "up" | "down";

function Order({ person, measure }: { person: Person; measure: Measure | null }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const { nameOf } = useSourceNames();
  const [draft, setDraft] = useState<string[] | null>(null);
  const [last, setLast] = useState<{ source: string; direction: Direction } | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const save = useCommand<Person>({
    shownAt: personKey(ecosystem, person.id),
    stale: [
      ["days", ecosystem, person.id],
      ["series", ecosystem, person.id],
    ],
    done: () => setDraft(null),
  });
  const order = draft ?? orderFor(person, measure);

  // A button that moved keeps the focus; at an end, where it can do no more, the other one of its row takes it.
  useEffect(() => {
    if (!last) return;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>(`[data-source="${CSS.escape(last.source)}"] button`);
    const enabled = [...(buttons ?? [])].filter((button) => !button.disabled);
    (enabled.find((button) => button.dataset.direction === last.direction) ?? enabled[0])?.focus();
  }, [last]);

  const move = (source: string, direction: Direction) => {
    setDraft(moved(order, source, direction === "up" ? -1 : 1));
    setLast({ source, direction });
  };
  const mayOrder = may.manage(session);
  return (
    <>
      <ol className={streams.list} ref={list} aria-label="Sources, the one that counts first first">
        {order.map((source, at) => (
          <li key={source} data-source={source}>
            <span>
              {at + 1}. {nameOf(source)}
              {person.streams.find((stream) => stream.source === source)?.isAllowed ? null : (
                <span className={streams.why}>does not count while it may not flow</span>
              )}
            </span>
            {mayOrder ? (
              <Group gap={4} className={streams.end}>
                {(["up", "down"] as const).map((direction) => (
                  <ActionIcon
                    key={direction}
                    variant="default"
                    size={28}
                    data-direction={direction}
                    aria-label={`Move ${nameOf(source)} ${direction}`}
                    disabled={direction === "up" ? at === 0 : at === order.length - 1}
                    onClick={() => move(source, direction)}
                  >
                    <Icon name={direction} size={14} />
                  </ActionIcon>
                ))}
              </Group>
            ) : null}
          </li>
        ))}
      </ol>
      <span role="status" className="visually-hidden">
        {last ? `${nameOf(last.source)} is number ${order.indexOf(last.source) + 1} of ${order.length}` : ""}
      </span>
      {draft ? (
        <Group gap={8}>
          <Button
            size="compact-sm"
            loading={save.isPending}
            onClick={() =>
              save.mutate({
                path: inside(ecosystem, "people", person.id, "sources", "prefer"),
                body: { sources: order, ...(measure ? { measure } : {}) },
              })
            }
          >
            Save the order
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDraft(null)}>
            Discard
          </Button>
        </Group>
      ) : null}
    </>
  );
}
