import { Text } from "@mantine/core";
import { Link } from "wouter";
import type { Person } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { StatusMark } from "../streams/StatusMark";
import streams from "../streams/Streams.module.css";
import { whyNot } from "../streams/status";
import { useSourceNames } from "../streams/useSourceNames";
import { Ago } from "../ui/Ago";
import { Panel } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { ConnectSource } from "./ConnectSource";
import { useStreamsOf } from "./useStreamsOf";

/** The person's connections and how each is doing. */
export function PersonStreams({ person }: { person: Person }) {
  const ecosystem = useEcosystem();
  const { nameOf } = useSourceNames();
  const { list, items } = useStreamsOf(person.id);
  return (
    <Panel title="Streams" aside={<ConnectSource person={person} />}>
      {list.isPending ? <LoadingRows rows={2} /> : null}
      {list.isError ? <Failure error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && items.length === 0 ? (
        <Text size="sm" c="dimmed">
          No source is connected yet.
        </Text>
      ) : null}
      <ul className={streams.list}>
        {items.map((row) => (
          <li key={row.id}>
            <span>
              <Link href={pathTo.stream(ecosystem, row.id)}>{nameOf(row.source)}</Link>
              <span className={streams.why}>
                {whyNot(row) ??
                  (row.lastDataAt ? (
                    <>
                      last data <Ago at={row.lastDataAt} />
                    </>
                  ) : (
                    "no data yet"
                  ))}
              </span>
            </span>
            <span className={streams.end}>
              <StatusMark status={row.status} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
