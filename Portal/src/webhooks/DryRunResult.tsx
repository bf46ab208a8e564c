import { Alert, Group, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import type { DryRun, Refusal } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import classes from "./DryRun.module.css";
import { StateDifference } from "./StateDifference";

/** What a replay would do, shown before it is done: where, what in words, and what would be different. */
export function DryRunResult({ dryRun }: { dryRun: DryRun }) {
  const { refusal, version } = dryRun;
  const standing = version > 0 ? `version ${version}` : refusal ? "not there" : "not there; it would be new";
  return (
    <Stack gap="sm" role="group" aria-label="Dry run">
      {refusal ? (
        <Alert color="red" variant="light" icon={<Icon name="alert" />} title="It would fail again" role="status">
          <Why refusal={refusal} />
        </Alert>
      ) : (
        <Alert color="teal" variant="light" icon={<Icon name="check" />} title="It would take effect" role="status">
          Nothing was changed by asking. What follows at others is not shown.
        </Alert>
      )}
      {dryRun.target ? (
        <Facts
          rows={[
            ["Would reach", <Target key="target" target={dryRun.target} isThere={version > 0} />],
            [
              "Command",
              <span key="command" className="mono">
                {dryRun.command}
              </span>,
            ],
            ["Stands at", standing],
          ]}
        />
      ) : null}
      {refusal ? null : (
        <>
          <div>
            <strong>What would happen</strong>
            <Happens events={dryRun.events} />
          </div>
          {dryRun.changes.length > 0 ? <StateDifference changes={dryRun.changes} /> : null}
        </>
      )}
    </Stack>
  );
}

export function Why({ refusal }: { refusal: Refusal }) {
  return (
    <>
      {refusal.message}
      <Group gap={12} mt={6}>
        <CopyId value={refusal.code} label="code" />
        {refusal.field ? <span className="mono">{refusal.field}</span> : null}
      </Group>
    </>
  );
}

export function Happens({ events }: { events: string[] }) {
  if (events.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing: its effect is there already.
      </Text>
    );
  }
  return (
    <ul className={classes.happens}>
      {events.map((sentence, place) => (
        <li key={place}>{sentence}</li>
      ))}
    </ul>
  );
}

const pages: Partial<Record<string, (e: string, id: string) => string>> = {
  partner: pathTo.partner,
  deal: pathTo.deal,
  program: pathTo.program,
};

/** A grain as in "acme/partner/st-mary", with the way to its page where it has one. */
function Target({ target, isThere }: { target: string; isThere: boolean }) {
  const ecosystem = useEcosystem();
  const [, kind = "", id = ""] = target.split("/");
  const page = pages[kind];
  return (
    <Group gap={10}>
      <CopyId value={target} />
      {page && isThere ? <Link href={page(ecosystem, id)}>Open</Link> : null}
    </Group>
  );
}
