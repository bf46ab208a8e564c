import { Alert, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get, inside } from "../api/client";
import type { Grain, GrainPlace } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useRest } from "../board/live";
import { TimelineAt } from "../lifecycle/Timeline";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import { Page, Panel, TwoSides } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { Deactivate } from "./Deactivate";
import { FindGrain } from "./FindGrain";
import { PauseActions } from "./PauseActions";
import classes from "./Operations.module.css";
import { addressText } from "./figures";

const renewMs = 3_000;

const places: Record<GrainPlace, { tone: string; word: string }> = {
  active: { tone: "good", word: "In memory" },
  notActive: { tone: "done", word: "Not in memory" },
  notKept: { tone: "done", word: "Not kept in memory" },
  unknown: { tone: "warn", word: "Not known" },
};

/** One grain as the journal has it: its state, its history, what it waits for, and where it is. */
export default function GrainPage({ kind, id }: { kind: string; id: string }) {
  useTitle(`${kind} ${id}`);
  useRest();
  const ecosystem = useEcosystem();
  const key = ["grain", ecosystem, kind, id];
  const grain = useQuery({
    queryKey: key,
    queryFn: () => get<Grain>(inside(ecosystem, "operations", "grains", kind, id)),
    refetchInterval: renewMs,
  });
  return (
    <Page
      title={`${kind} ${id}`}
      back={{ href: pathTo.operations(ecosystem), label: "Operations" }}
      aside={<FindGrain key={`${kind}/${id}`} />}
    >
      {grain.data ? (
        <Shown grain={grain.data} stale={grain.isError} queryKey={key} />
      ) : grain.isError ? (
        <Failure error={grain.error} retry={() => void grain.refetch()} title="There is no such grain to show" />
      ) : (
        <LoadingRows rows={8} />
      )}
    </Page>
  );
}

function Shown({ grain, stale, queryKey }: { grain: Grain; stale: boolean; queryKey: string[] }) {
  const place = places[grain.place];
  return (
    <>
      {stale ? (
        <Alert color="yellow" variant="light" mb="md" icon={<Icon name="alert" />} title="Could not be renewed">
          What is shown may be out of date.
        </Alert>
      ) : null}
      <TwoSides
        left={
          <>
            <Panel title="Grain" aside={<Deactivate grain={grain} queryKey={queryKey} />}>
              <Facts
                rows={[
                  ["Id", <CopyId key="id" value={grain.id} />],
                  ["Version", String(grain.version)],
                  ["Where", <ToneBadge key="place" tone={place.tone}>{place.word}</ToneBadge>],
                  ...(grain.silo ? [["Silo", addressText(grain.silo)] as [string, string]] : []),
                ]}
              />
              <PauseActions kind={grain.kind} id={grain.id} />
            </Panel>
            <Panel title="State">
              <pre className={classes.state} tabIndex={0} aria-label="The grain's state">
                {JSON.stringify(grain.state, null, 2)}
              </pre>
            </Panel>
          </>
        }
        right={
          <>
            <Panel title="Deadlines">
              {grain.deadlines.length === 0 ? (
                <Text size="sm" c="dimmed">
                  It waits for nothing.
                </Text>
              ) : (
                <Facts
                  rows={grain.deadlines.map((deadline): [string, React.ReactNode] => [
                    deadline.name,
                    <Ago key={deadline.name} at={deadline.dueAt} />,
                  ])}
                />
              )}
            </Panel>
            <Panel title="History">
              <Stack>
                <TimelineAt key={grain.version} place={["operations", "grains", grain.kind, grain.id]} />
              </Stack>
            </Panel>
          </>
        }
      />
    </>
  );
}
