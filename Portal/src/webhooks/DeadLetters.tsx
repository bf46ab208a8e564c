import { Drawer, Select } from "@mantine/core";
import { Link, useLocation, useSearch } from "wouter";
import { inside } from "../api/client";
import type { DeadLetterCard, DeadLetterStatus } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useSourceNames } from "../streams/useSourceNames";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { List, type ListColumn } from "../ui/List";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { useQueryState } from "../ui/useQueryState";
import { DeadLetterView } from "./DeadLetterView";

const filters = ["source", "status"] as const;

const statusNames: Record<DeadLetterStatus, string> = {
  dead: "Dead",
  replayed: "Replayed",
  ignored: "Ignored",
  received: "Received",
  refused: "Refused",
};
const statusTones: Record<DeadLetterStatus, string> = {
  dead: "bad",
  replayed: "good",
  ignored: "done",
  received: "open",
  refused: "warn",
};

export function LetterStatus({ status }: { status: DeadLetterStatus }) {
  return <ToneBadge tone={statusTones[status]}>{statusNames[status]}</ToneBadge>;
}

/** Deliveries that took no effect, with the reason; opened, each can be inspected and replayed. */
export function DeadLetters({ opened }: { opened?: string }) {
  const ecosystem = useEcosystem();
  const search = useSearch();
  const [, navigate] = useLocation();
  const [filter, change] = useQueryState(filters);
  const source = usePages<DeadLetterCard>(inside(ecosystem, "dead-letters"), filter);
  const { sources, nameOf } = useSourceNames();
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
