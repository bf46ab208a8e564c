import { Button, Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get, inside } from "../api/client";
import type { Page, TimelineEntry, TimelineKind } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { Ago } from "../ui/Ago";
import { CopyId } from "../ui/CopyId";
import { Empty, Failure, LoadingRows } from "../ui/States";
import { exactTime } from "../ui/time";
import classes from "./Lifecycle.module.css";

/** Everything that happened to something of a kind. */
export function Timeline({ kind, id }: { kind: TimelineKind; id: string }) {
  return <TimelineAt place={[kind, id]} />;
}

/** Everything that happened, newest first; each entry opens to what its reader may see of the event. */
export function TimelineAt({ place }: { place: string[] }) {
  const ecosystem = useEcosystem();
  const timeline = useInfiniteQuery({
    queryKey: ["timeline", ecosystem, ...place],
    queryFn: ({ pageParam }) =>
      get<Page<TimelineEntry>>(inside(ecosystem, ...place, "timeline"), { limit: 50, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (timeline.isPending) return <LoadingRows rows={5} />;
  if (timeline.isError) return <Failure error={timeline.error} retry={() => void timeline.refetch()} />;
  const entries = timeline.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) {
    return (
      <Empty icon="clock" title="Nothing has happened yet">
        Every change appears here with who made it and when.
      </Empty>
    );
  }
  return (
    <Stack gap="sm">
      <ol className={classes.timeline} aria-label="Timeline, newest first">
        {entries.map((entry) => (
          <Entry key={entry.version} entry={entry} />
        ))}
      </ol>
      {timeline.hasNextPage ? (
        <Button variant="default" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          Show earlier
        </Button>
      ) : null}
    </Stack>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const [open, setOpen] = useState(false);
  return (
    <li className={classes.entry}>
      <button type="button" className={classes.entryHead} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>{entry.title}</span>
        <span className={classes.entryWhen}>
          <Ago at={entry.at} />
        </span>
      </button>
      {open ? (
        <div className={classes.entryBody}>
          <dl className={classes.facts}>
            <dt>Who</dt>
            <dd>{entry.actor}</dd>
            <dt>When</dt>
            <dd>{exactTime(Date.parse(entry.at))}</dd>
            <dt>Event</dt>
            <dd>
              <span className="mono">{entry.event}</span>
            </dd>
            <dt>Position</dt>
            <dd>
              {entry.position} <span className="faint">(version {entry.version})</span>
            </dd>
            {entry.correlation ? (
              <>
                <dt>Correlation</dt>
                <dd>
                  <CopyId value={entry.correlation} label="correlation id" />
                </dd>
              </>
            ) : null}
          </dl>
          <pre className={classes.json} tabIndex={0} aria-label="The event's data">
            {JSON.stringify(entry.data, null, 2)}
          </pre>
        </div>
      ) : null}
    </li>
  );
}
