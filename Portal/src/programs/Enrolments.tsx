import { Text } from "@mantine/core";
import { Link } from "wouter";
import { inside } from "../api/client";
import type { EnrolmentCard, Program } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { List, type ListColumn } from "../ui/List";
import { Panel } from "../ui/Page";
import { usePages } from "../ui/usePages";
import { Enrol } from "./Enrol";
import classes from "./Programs.module.css";

/** Who takes part, by the ids that people have here. */
export function Enrolments({ program }: { program: Program }) {
  const ecosystem = useEcosystem();
  const source = usePages<EnrolmentCard>(inside(ecosystem, "programs", program.id, "enrolments"), {});
  const columns: ListColumn<EnrolmentCard>[] = [
    { title: "Person", cell: (row) => <Link href={pathTo.person(ecosystem, row.person)}>{row.person}</Link> },
    { title: "Enrolled", cell: (row) => <Ago at={row.enrolledAt} /> },
    { title: "By invitation", cell: (row) => <span className="mono">{row.invitation}</span>, minor: true },
    {
      title: "Status",
      cell: (row) =>
        row.withdrawnAt ? <ToneBadge tone="done">Withdrawn</ToneBadge> : <ToneBadge tone="good">Takes part</ToneBadge>,
    },
  ];
  const { enrolled, capacity } = program;
  return (
    <Panel
      title={capacity ? `Enrolments (${enrolled} of ${capacity} places)` : `Enrolments (${enrolled})`}
      aside={<Enrol program={program} />}
    >
      {capacity ? (
        <div className={classes.track} aria-hidden="true">
          <span style={{ width: `${Math.min(100, (enrolled / capacity) * 100)}%` }} />
        </div>
      ) : null}
      <List
        label="Enrolments"
        source={source}
        columns={columns}
        rowKey={(row) => row.person}
        empty={
          <Text size="sm" c="dimmed" p={14}>
            Nobody has enrolled yet. People enrol with the code of an invitation.
          </Text>
        }
      />
    </Panel>
  );
}
