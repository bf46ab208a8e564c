import { Chip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get, inside } from "../api/client";
import type { Page, StreamCard, StreamStatus } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { statuses, statusFacts } from "./status";
import classes from "./Streams.module.css";

/** Counts are renewed as often as lists are. */
const renewMs = 15_000;

/** How many connections are in each state: a bar whose parts are named by the chips below it, which filter the list. */
export function StatusBar({ chosen, choose }: { chosen: string; choose: (status: string) => void }) {
  const ecosystem = useEcosystem();
  const counts = useQuery({
    queryKey: ["list", "stream-counts", ecosystem],
    queryFn: async () => {
      const pages = statuses.map((status) => get<Page<StreamCard>>(inside(ecosystem, "streams"), { status, limit: 1 }));
      const totals = (await Promise.all(pages)).map((page) => page.total);
      return Object.fromEntries(statuses.map((status, i) => [status, totals[i]])) as Record<StreamStatus, number>;
    },
    refetchInterval: renewMs,
  });
  const known = counts.data;
  return (
    <div className={classes.health}>
      <div className={classes.bar} aria-hidden="true">
        {statuses.map((status) =>
          known?.[status] ? (
            <span
              key={status}
              data-status={status}
              style={{ flexGrow: known[status] }}
              title={`${statusFacts[status].label}: ${known[status]}`}
            />
          ) : null,
        )}
      </div>
      <div className={`filter-row ${classes.chips}`} role="group" aria-label="Filter by status">
        {statuses.map((status) => (
          <Chip key={status} size="xs" checked={chosen === status} onChange={(on) => choose(on ? status : "")}>
            <span className={classes.chip}>
              <span className={classes.key} data-status={status} />
              {statusFacts[status].label}
              <span className={classes.count}>{known ? known[status] : "–"}</span>
            </span>
          </Chip>
        ))}
      </div>
    </div>
  );
}
