import { Alert, Button } from "@mantine/core";
import { useRest } from "../board/live";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Icon } from "../ui/Icon";
import { Page, Panel } from "../ui/Page";
import { Empty, Failure, LoadingRows } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { ActiveKinds } from "./ActiveKinds";
import { Commands } from "./Commands";
import { FindGrain } from "./FindGrain";
import { LiveMark } from "./LiveMark";
import { LogLevels } from "./LogLevels";
import classes from "./Operations.module.css";
import { Readers } from "./Readers";
import { Silos } from "./Silos";
import { Tiles } from "./Tiles";
import { useFreshness, useOperations } from "./useOperations";

/** What goes on in the installation, for whoever looks after it; single grains for the admins of their ecosystem. */
export default function OperationsPage() {
  useTitle("Operations");
  useRest();
  const session = useSession();
  if (!may.lookIntoGrains(session)) {
    return (
      <Page title="Operations">
        <Empty icon="key" title="Not for this role">
          Operations are looked after by the admins of the ecosystem.
        </Empty>
      </Page>
    );
  }
  return session.mayOperate ? <Installation /> : <GrainsOnly />;
}

function GrainsOnly() {
  return (
    <Page title="Operations">
      <Panel title="Find a grain">
        <FindGrain />
        <p className={classes.sub} style={{ margin: "10px 0 0" }}>
          Silos, readers and log levels are shown to admins of all ecosystems.
        </p>
      </Panel>
    </Page>
  );
}

function Installation() {
  const operations = useOperations();
  const freshness = useFreshness(operations.dataUpdatedAt, operations.isError);
  const { data } = operations;
  const aside = (
    <div className={classes.actions}>
      <FindGrain />
      {data?.cluster.dashboard ? (
        <Button size="xs" variant="default" component="a" href="/operations/orleans/" target="_blank" rel="noreferrer">
          Orleans dashboard
        </Button>
      ) : null}
      <LiveMark freshness={freshness} />
    </div>
  );
  return (
    <Page title="Operations" aside={aside}>
      {data ? (
        <div className={classes.stack}>
          {operations.isError ? (
            <Alert color="yellow" variant="light" icon={<Icon name="alert" />} title="Could not be renewed">
              {freshness.mode === "stale" ? `These figures are ${freshness.seconds} s old. ` : ""}The server is asked again
              every few seconds.
            </Alert>
          ) : null}
          <Tiles operations={data} />
          <Commands commands={data.cluster.commands} />
          <Silos cluster={data.cluster} />
          <div className={classes.two}>
            <Readers cluster={data.cluster} />
            <ActiveKinds cluster={data.cluster} />
          </div>
          <LogLevels cluster={data.cluster} />
        </div>
      ) : operations.isError ? (
        <Failure error={operations.error} retry={() => void operations.refetch()} />
      ) : (
        <LoadingRows rows={6} height={90} />
      )}
    </Page>
  );
}
