import { Alert, Group, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { get, inside } from "../api/client";
import type { Stream } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useRest } from "../board/live";
import { Stepper } from "../lifecycle/Stepper";
import { Timeline } from "../lifecycle/Timeline";
import { detailKey } from "../lifecycle/useAdvance";
import { useSession } from "../session/session";
import { may } from "../session/roles";
import { Ago } from "../ui/Ago";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import { Page, Panel, TwoSides } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { Fetching } from "./Fetching";
import { StatusMark } from "./StatusMark";
import { StreamActions } from "./StreamActions";
import { SetAsideValues, Watermarks } from "./StreamTables";
import { purposeNames, whyNot } from "./status";
import { useSourceNames } from "./useSourceNames";

/** Data arrive all the time; an open page follows them at this pace, and faster while something is being fetched. */
const renewMs = 15_000;
const fetchingMs = 3_000;

/** One connection between a person and a source: how far each measure is, what was not taken, and why it stopped. */
export default function StreamPage({ id }: { id: string }) {
  useRest();
  const ecosystem = useEcosystem();
  const session = useSession();
  const { nameOf } = useSourceNames();
  const stream = useQuery({
    queryKey: detailKey(ecosystem, "streams", id),
    queryFn: () => get<Stream>(inside(ecosystem, "streams", id)),
    refetchInterval: (query) => (query.state.data?.fetches.length ? fetchingMs : renewMs),
  });
  const title = stream.data ? `${nameOf(stream.data.source)} of ${stream.data.person}` : "Stream";
  useTitle(title);
  const back = { href: pathTo.streams(ecosystem), label: "Streams" };

  if (stream.isPending) {
    return (
      <Page title="Stream" back={back}>
        <TwoSides left={<Skeleton height={320} radius={12} />} right={<LoadingRows rows={6} />} />
      </Page>
    );
  }
  if (stream.isError) {
    return (
      <Page title="Stream" back={back}>
        <Failure error={stream.error} retry={() => void stream.refetch()} title="This stream cannot be shown" />
      </Page>
    );
  }
  const data = stream.data;
  const why = whyNot(data);
  return (
    <Page title={title} back={back} aside={<StatusMark status={data.status} />}>
      <TwoSides
        left={
          <>
            {why ? (
              <Alert color="yellow" variant="light" icon={<Icon name="alert" />} title="Nothing flows">
                {why}
              </Alert>
            ) : null}
            <StreamActions stream={data} />
            <Panel title="Where it stands">
              <Stepper visits={data.visits} closed={data.status === "disconnected"} />
            </Panel>
            <Panel title="Measures">
              <Watermarks stream={data} />
            </Panel>
            <Fetching stream={data} />
            {data.valuesSetAside > 0 ? (
              <Panel title={`Values set aside (${data.valuesSetAside.toLocaleString("en")})`}>
                <SetAsideValues values={data.recentlySetAside} />
              </Panel>
            ) : null}
          </>
        }
        right={
          <>
            <Panel title="About">
              <About stream={data} source={nameOf(data.source)} />
            </Panel>
            {may.seeWebhooks(session) ? (
              <Panel title="Timeline">
                <Timeline kind="streams" id={id} />
              </Panel>
            ) : null}
          </>
        }
      />
    </Page>
  );
}

function About({ stream, source }: { stream: Stream; source: string }) {
  const ecosystem = useEcosystem();
  return (
    <Facts
      rows={[
        [
          "Person",
          <Link key="person" href={pathTo.person(ecosystem, stream.person)}>
            {stream.person}
          </Link>,
        ],
        ["Source", source],
        [
          "Their id there",
          stream.user ? (
            <CopyId key="user" value={stream.user} />
          ) : (
            <span key="user" className="faint">
              the whole source is theirs
            </span>
          ),
        ],
        ["Purpose", `${purposeNames[stream.purpose]}, ${stream.allowed ? "agreed to" : "not agreed to"}`],
        [
          "Last data",
          stream.lastDataAt ? (
            <Ago key="last" at={stream.lastDataAt} />
          ) : (
            <span key="last" className="faint">
              none yet
            </span>
          ),
        ],
        [
          "Past expected",
          stream.backfillFrom ? (
            <Group key="from" gap={4}>
              from <Ago at={stream.backfillFrom} />
            </Group>
          ) : (
            <span key="from" className="faint">
              no
            </span>
          ),
        ],
        [
          "Refused",
          `${stream.refusedDeliveries.toLocaleString("en")} deliveries, ${stream.refusedSamples.toLocaleString("en")} samples`,
        ],
        ["Id", <CopyId key="id" value={stream.id} />],
      ]}
    />
  );
}
