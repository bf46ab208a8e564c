import { Alert, Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { get, inside } from "../api/client";
import type { DeadLetter, DryRun } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import classes from "../lifecycle/Lifecycle.module.css";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Ago } from "../ui/Ago";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import { Failure, LoadingRows } from "../ui/States";
import { DryRunResult, Why } from "./DryRunResult";
import { LetterStatus } from "./LetterStatus";
import { canReplay } from "./letters";
import { prettyBody } from "./prettyBody";

/** One dead letter: why it is one, what was sent, and the replay with its result. */
export function DeadLetterView({ id, sourceName }: { id: string; sourceName: (id: string) => string }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const path = inside(ecosystem, "dead-letters", id);
  const key = ["dead-letter", ecosystem, id];
  const letter = useQuery({ queryKey: key, queryFn: () => get<DeadLetter>(path) });
  // What went wrong is shown where the button is.
  const refused = () => undefined;
  const dryRun = useCommand<DryRun>({ refused });
  const replay = useCommand<DeadLetter>({ shownAt: key, refused });
  if (letter.isPending) return <LoadingRows rows={5} />;
  if (letter.isError) return <Failure error={letter.error} retry={() => void letter.refetch()} />;
  const data = letter.data;
  const headers = Object.entries(data.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
  return (
    <Stack>
      {data.reason && data.status === "dead" ? (
        <Alert color="red" variant="light" icon={<Icon name="alert" />} title="Why it took no effect">
          <Why refusal={data.reason} />
        </Alert>
      ) : null}
      {replay.isError ? <Failure error={replay.error} title="The replay was refused" /> : null}
      {replay.data?.status === "replayed" ? (
        <Alert color="teal" role="status" icon={<Icon name="check" />} title="Replayed">
          The event took effect.
        </Alert>
      ) : null}
      {replay.data?.status === "dead" ? (
        <Alert color="yellow" role="status" title="Replayed without effect">
          It was refused again for the reason above.
        </Alert>
      ) : null}
      <Facts
        rows={[
          ["Status", <LetterStatus key="status" status={data.status} />],
          ["Event", <span key="type" className="mono">{data.type}</span>],
          ["Sender's id", <CopyId key="event" value={data.eventId} />],
          ["Source", sourceName(data.source)],
          ["Received", <Ago key="at" at={data.receivedAt} />],
          ["Replays", String(data.replays)],
        ]}
      />
      {may.manage(session) && canReplay(data) ? (
        <Group gap={8}>
          <Button
            variant="default"
            loading={dryRun.isPending}
            onClick={() => dryRun.mutate({ path: `${path}/dry-run` })}
          >
            Dry run
          </Button>
          <Button
            leftSection={<Icon name="refresh" size={15} />}
            loading={replay.isPending}
            onClick={() => {
              dryRun.reset();
              replay.mutate({ path: `${path}/replay` });
            }}
          >
            Replay
          </Button>
        </Group>
      ) : null}
      {dryRun.isError ? <Failure error={dryRun.error} title="The dry run was refused" /> : null}
      {dryRun.data ? <DryRunResult dryRun={dryRun.data} /> : null}
      {data.body === undefined ? (
        <Alert color="gray" variant="light" title="No longer kept">
          What was sent could be read for its time and is gone. Have the sender send it again.
        </Alert>
      ) : (
        <Sent name="Data" text={prettyBody(data.body)} copied={data.body}>
          {data.isMasked ? "Words about people are hidden from your role." : null}
        </Sent>
      )}
      {headers ? <Sent name="Headers" text={headers} copied={headers} /> : null}
    </Stack>
  );
}

function Sent({ name, text, copied, children }: { name: string; text: string; copied: string; children?: ReactNode }) {
  return (
    <div>
      <Group justify="space-between">
        <strong>{name}</strong>
        <CopyId value={copied} label={name.toLowerCase()} shown="" />
      </Group>
      {children ? <div className="faint">{children}</div> : null}
      <pre className={classes.json} style={{ background: "var(--sunken)" }} tabIndex={0} aria-label={`${name} as sent`}>
        {text}
      </pre>
    </div>
  );
}
