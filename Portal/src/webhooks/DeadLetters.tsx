import { Button, Checkbox, Drawer, Select } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { inside } from "../api/client";
import type { DeadLetterCard } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { useSourceNames } from "../streams/useSourceNames";
import { Ago } from "../ui/Ago";
import { List, type ListColumn } from "../ui/List";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { useQueryState } from "../ui/useQueryState";
import { DeadLetterView } from "./DeadLetterView";
import classes from "./DryRun.module.css";
import { LetterStatus } from "./LetterStatus";
import { canReplay, lettersMax, statusNames } from "./letters";
import { ReplayPlan } from "./ReplayPlan";
import { useChosen } from "./useChosen";

const filters = ["source", "status"] as const;

/** Deliveries that took no effect, with the reason; one can be opened, several can be planned and replayed. */
export function DeadLetters({ opened }: { opened?: string }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const search = useSearch();
  const [, navigate] = useLocation();
  const [filter, change] = useQueryState(filters);
  const source = usePages<DeadLetterCard>(inside(ecosystem, "dead-letters"), filter);
  const { sources, nameOf } = useSourceNames();
  const selection = useChosen(source.items);
  const withFilter = (path: string) => (search ? `${path}?${search}` : path);

  const columns: ListColumn<DeadLetterCard>[] = [
    {
      title: "Event",
      cell: (row) => <Link href={withFilter(pathTo.deadLetter(ecosystem, row.id))}>{row.type || row.id}</Link>,
    },
    { title: "Reason", cell: (row) => row.reason?.message ?? <span className="faint">none</span> },
    { title: "Source", cell: (row) => nameOf(row.source), minor: true },
    { title: "Received", cell: (row) => <Ago at={row.receivedAt} />, minor: true },
    { title: "Replays", cell: (row) => row.replays, numeric: true, minor: true },
    { title: "Status", cell: (row) => <LetterStatus status={row.status} /> },
  ];
  if (may.manage(session)) columns.unshift(choiceColumn(selection));

  return (
    <>
      <div className="filter-row">
        <Select
          size="xs"
          w={200}
          aria-label="Source"
          placeholder="Any source"
          clearable
          value={filter.source || null}
          data={sources.map((s) => ({ value: s.id, label: s.name }))}
          onChange={(value) => change("source", value ?? "")}
        />
        <Select
          size="xs"
          w={140}
          aria-label="Status"
          placeholder="Any status"
          clearable
          value={filter.status || null}
          data={(["dead", "replayed", "ignored"] as const).map((value) => ({ value, label: statusNames[value] }))}
          onChange={(value) => change("status", value ?? "")}
        />
      </div>
      {may.manage(session) ? <ChosenLetters {...selection} /> : null}
      <List
        label="Dead letters"
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          <Empty icon="check" title={filter.source || filter.status ? "Nothing matches" : "No dead letters"}>
            A delivery that cannot be mapped, or that the rules refuse, waits here with its reason until it is replayed.
          </Empty>
        }
      />
      <Drawer
        opened={opened !== undefined}
        onClose={() => navigate(withFilter(pathTo.deadLetters(ecosystem)))}
        position="right"
        size="lg"
        title="Dead letter"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {opened ? <DeadLetterView key={opened} id={opened} sourceName={nameOf} /> : null}
      </Drawer>
    </>
  );
}

type Selection = ReturnType<typeof useChosen>;

/** A box for each letter that can be replayed, and one for all of the page. */
function choiceColumn({ choosable, chosen, isFull, choose, chooseAll }: Selection): ListColumn<DeadLetterCard> {
  const ids = new Set(chosen.map((letter) => letter.id));
  const isAll = chosen.length > 0 && chosen.length === Math.min(choosable.length, lettersMax);
  return {
    title: "Choose",
    head: (
      <Checkbox
        aria-label="All on this page"
        disabled={choosable.length === 0}
        checked={isAll}
        indeterminate={chosen.length > 0 && !isAll}
        onChange={(event) => chooseAll(event.currentTarget.checked)}
      />
    ),
    cell: (row) =>
      canReplay(row) ? (
        <Checkbox
          aria-label={`Choose ${row.type || row.id}: ${row.reason?.message ?? "no reason"}`}
          checked={ids.has(row.id)}
          disabled={isFull && !ids.has(row.id)}
          onChange={(event) => choose(row.id, event.currentTarget.checked)}
        />
      ) : null,
  };
}

/** How many are chosen, and the way to what replaying them would do. */
function ChosenLetters({ choosable, chosen, isFull, chooseAll }: Selection) {
  const [planned, setPlanned] = useState<DeadLetterCard[] | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const close = () => setPlanned(null);
  const byArrival = () => chosen.toSorted((one, other) => Date.parse(one.receivedAt) - Date.parse(other.receivedAt));
  return (
    <div className={classes.chosen} role="group" aria-label="Chosen letters">
      <span role="status">
        {chosen.length > 0
          ? `${chosen.length} chosen${isFull ? ", as many as go at once" : ""}`
          : choosable.length > 0
            ? "Choose letters to replay them together."
            : null}
      </span>
      {chosen.length > 0 ? (
        <>
          <Button size="compact-sm" onClick={() => setPlanned(byArrival())}>
            Plan
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => chooseAll(false)}>
            Choose none
          </Button>
        </>
      ) : null}
      <Drawer
        opened={planned !== null}
        onClose={close}
        position="right"
        size="lg"
        title="Plan of a replay"
        closeOnEscape={!isBusy}
        closeOnClickOutside={!isBusy}
        closeButtonProps={{ "aria-label": "Close", disabled: isBusy }}
      >
        {planned ? <ReplayPlan letters={planned} replaying={setIsBusy} close={close} /> : null}
      </Drawer>
    </div>
  );
}
