import { Group, Pill, Select } from "@mantine/core";
import { Link } from "wouter";
import { inside } from "../api/client";
import type { StreamCard } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useRest } from "../board/live";
import { FindPerson } from "../people/FindPerson";
import { RegisterPerson } from "../people/RegisterPerson";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Ago } from "../ui/Ago";
import { PhaseLabel } from "../ui/Badges";
import { List, type ListColumn } from "../ui/List";
import { Page } from "../ui/Page";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { useQueryState } from "../ui/useQueryState";
import { useTitle } from "../ui/useTitle";
import { StatusBar } from "./StatusBar";
import { StatusMark } from "./StatusMark";
import classes from "./Streams.module.css";
import { measureNames } from "./measures";
import { whyNot } from "./status";
import { useSourceNames } from "./useSourceNames";

const filters = ["status", "source", "person"] as const;
const count = (n: number) => n.toLocaleString("en");

/** The health of every connection between a person and a source of wearable data. */
export default function StreamsPage() {
  useTitle("Streams");
  useRest();
  const session = useSession();
  if (!may.seePeople(session)) {
    return (
      <Page title="Streams">
        <Empty icon="key" title="Not for this role">
          Viewers see nothing of single people.
        </Empty>
      </Page>
    );
  }
  return <Streams />;
}

function Streams() {
  const ecosystem = useEcosystem();
  const [filter, change] = useQueryState(filters);
  const source = usePages<StreamCard>(inside(ecosystem, "streams"), filter);
  const { sources, nameOf } = useSourceNames();
  const filtered = filters.some((name) => filter[name] !== "");

  const columns: ListColumn<StreamCard>[] = [
    {
      title: "Person",
      cell: (row) => (
        <Link href={pathTo.person(ecosystem, row.person)} className={classes.id}>
          {row.person}
        </Link>
      ),
    },
    {
      title: "Source",
      cell: (row) => <Link href={pathTo.stream(ecosystem, row.id)}>{nameOf(row.source)}</Link>,
    },
    {
      title: "Status",
      cell: (row) => (
        <>
          <StatusMark status={row.status} />
          {whyNot(row) ? <span className={classes.why}>{whyNot(row)}</span> : null}
        </>
      ),
    },
    { title: "Phase", cell: (row) => <PhaseLabel phase={row.phase} />, minor: true },
    {
      title: "Last data",
      cell: (row) =>
        row.lastDataAt ? (
          <span className={classes.id}>
            <Ago at={row.lastDataAt} />
          </span>
        ) : (
          <span className="faint">none yet</span>
        ),
      minor: true,
    },
    { title: "Measures", cell: (row) => <Measures row={row} />, minor: true },
    { title: "Set aside", cell: (row) => count(row.valuesSetAside), numeric: true, minor: true },
    { title: "Refused", cell: (row) => count(row.refusedDeliveries), numeric: true, minor: true },
  ];

  return (
    <Page
      title="Streams"
      aside={
        <Group gap={8}>
          <FindPerson />
          <RegisterPerson compact />
        </Group>
      }
    >
      <StatusBar chosen={filter.status} choose={(status) => change("status", status)} />
      {sources.length > 0 || filter.person ? (
        <div className="filter-row">
          <Select
            size="xs"
            w={220}
            aria-label="Source"
            placeholder="Any source"
            clearable
            value={filter.source || null}
            data={sources.map((each) => ({ value: each.id, label: each.name }))}
            onChange={(value) => change("source", value ?? "")}
          />
          {filter.person ? (
            <Pill
              size="md"
              withRemoveButton
              onRemove={() => change("person", "")}
              removeButtonProps={{ "aria-label": "Show all people", "aria-hidden": false, tabIndex: 0 }}
            >
              {filter.person}
            </Pill>
          ) : null}
        </div>
      ) : null}
      <List
        label="Streams"
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          filtered ? (
            <Empty icon="search" title="No stream matches">
              Take a filter away to see more.
            </Empty>
          ) : (
            <Empty icon="pulse" title="No streams yet" action={<RegisterPerson />}>
              A stream is what a source, such as a wearable, tells of a person. Register a person, record what they
              agreed to, and connect a source.
            </Empty>
          )
        }
      />
    </Page>
  );
}

function Measures({ row }: { row: StreamCard }) {
  const names = row.measures.map((measure) => (measure ? measureNames[measure] : "unknown"));
  if (names.length === 0) return <span className="faint">none yet</span>;
  const complete = row.measures.length - row.backfilling.length;
  return (
    <>
      <span title={names.join(", ")}>{names.length <= 2 ? names.join(", ") : `${names.length} measures`}</span>
      {row.status === "backfilling" || (complete > 0 && row.backfilling.length > 0) ? (
        <span className={classes.why}>
          past complete for {complete} of {row.measures.length}
        </span>
      ) : null}
    </>
  );
}
