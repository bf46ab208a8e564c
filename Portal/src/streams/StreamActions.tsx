import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Stream } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { detailKey } from "../lifecycle/useAdvance";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { DayInput } from "../ui/DayInput";
import { FormEnd } from "../ui/FormEnd";
import { Panel } from "../ui/Page";
import { dayText, startOfDay } from "../ui/days";
import { dayMs } from "../ui/time";

/** What can be done with a connection now, for those who may. */
export function StreamActions({ stream }: { stream: Stream }) {
  const session = useSession();
  const ecosystem = useEcosystem();
  const command = useCommand<Stream>({
    shownAt: detailKey(ecosystem, "streams", stream.id),
    stale: [["timeline", ecosystem, "streams", stream.id]],
  });
  if (!may.register(session)) return null;
  const path = (...rest: string[]) => inside(ecosystem, "streams", stream.id, ...rest);
  const reconnect = () =>
    command.mutate({
      path: inside(ecosystem, "people", stream.person, "streams"),
      body: { source: stream.source, purpose: stream.purpose, ...(stream.user ? { user: stream.user } : {}) },
    });
  const isOpen = stream.status !== "disconnected";
  return (
    <Panel title="What can be done">
      <Group gap={8}>
        {isOpen ? null : (
          <Button loading={command.isPending} onClick={reconnect}>
            Connect again
          </Button>
        )}
        {isOpen && (!stream.backfillFrom || stream.past.some((way) => way.broken)) ? (
          <StartBackfill stream={stream} />
        ) : null}
        {isOpen && stream.backfillFrom ? (
          <Button
            variant="default"
            loading={command.isPending}
            onClick={() => command.mutate({ path: path("backfill", "complete") })}
          >
            The past is complete
          </Button>
        ) : null}
        {isOpen ? (
          <Confirm
            action="Disconnect"
            busy={command.isPending}
            confirm={() => command.mutate({ path: path("disconnect") })}
          >
            Nothing more of {stream.person} is taken from this source until it is connected again. What was stored
            stays.
          </Confirm>
        ) : null}
      </Group>
    </Panel>
  );
}

/** How far back the past is asked for unless told otherwise. */
const usualDays = 90;

/** Where the sender can be asked it is; where not, somebody has it send. */
const fetched = {
  button: "Fetch the past",
  title: "Fetch data of the past",
  text: "The sender is asked for what lies in the past, from now back, a part at a time, and what is new goes first.",
  action: "Fetch it",
};
const expected = {
  button: "Expect the past",
  title: "Expect data of the past",
  text: "Say from when on the source sends what lies in the past; each measure then shows whether it is complete.",
  action: "Expect it",
};

function StartBackfill({ stream }: { stream: Stream }) {
  const ecosystem = useEcosystem();
  const [opened, { open, close }] = useDisclosure(false);
  const [from, setFrom] = useState(() => dayText(Date.now() - usualDays * dayMs));
  const [failure, setFailure] = useState<string | null>(null);
  const words = stream.authorised ? fetched : expected;
  const start = useCommand<Stream>({
    shownAt: detailKey(ecosystem, "streams", stream.id),
    stale: [["timeline", ecosystem, "streams", stream.id]],
    done: close,
    refused: (error) => setFailure(asProblem(error).message),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (!from) return setFailure("Say from which day on.");
    const body = { from: startOfDay(from).toISOString() };
    start.mutate({ path: inside(ecosystem, "streams", stream.id, "backfill"), body });
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        {words.button}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={words.title}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <Text size="sm">{words.text}</Text>
            <DayInput label="From" value={from} change={setFrom} max={dayText(Date.now())} />
            <FormEnd failure={failure} action={words.action} busy={start.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
