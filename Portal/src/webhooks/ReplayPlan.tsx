import { Button, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { inside, post } from "../api/client";
import type { DeadLetterCard, DryRun, Refusal } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { ToneBadge } from "../ui/Badges";
import { Icon } from "../ui/Icon";
import { Failure, LoadingRows } from "../ui/States";
import classes from "./DryRun.module.css";
import { Happens } from "./DryRunResult";
import { StateDifference } from "./StateDifference";
import { useReplay } from "./useReplay";

const lettersText = (count: number) => (count === 1 ? "1 letter" : `${count} letters`);

interface Props {
  /** In the order in which they came, which is the one in which they are replayed. */
  letters: DeadLetterCard[];
  replaying: (isBusy: boolean) => void;
  close: () => void;
}

/** What replaying each of several letters would do, and then what it did. */
export function ReplayPlan({ letters, replaying, close }: Props) {
  const ecosystem = useEcosystem();
  const ids = letters.map((letter) => letter.id);
  const plan = useQuery({
    queryKey: ["plan", ecosystem, ids],
    queryFn: () => post<DryRun[]>(inside(ecosystem, "dead-letters", "plan"), { ids }),
    // A plan is of the moment at which it was asked for.
    staleTime: Infinity,
    gcTime: 0,
  });
  const { replay, outcomes } = useReplay();
  if (plan.isPending) return <LoadingRows rows={Math.min(ids.length, 8)} height={56} />;
  if (plan.isError) return <Failure error={plan.error} retry={() => void plan.refetch()} title="There is no plan" />;
  const byId = new Map(plan.data.map((dryRun) => [dryRun.id, dryRun]));
  const failing = plan.data.filter((dryRun) => dryRun.refusal).length;
  const begin = () => {
    replaying(true);
    replay.mutate(ids, { onSettled: () => replaying(false) });
  };
  return (
    <Stack gap={0}>
      <Text size="sm" c="dimmed">
        In the order in which they came. Each is planned by itself: one that waits for another of them may take effect
        in spite of what its plan says.
      </Text>
      <ol className={classes.plan} aria-label="Letters to replay">
        {letters.map((letter) => (
          <PlannedLetter
            key={letter.id}
            letter={letter}
            dryRun={byId.get(letter.id)}
            outcome={outcomes.get(letter.id)}
            isOver={replay.isSuccess || replay.isError}
          />
        ))}
      </ol>
      {replay.isError ? <Failure error={replay.error} retry={begin} title="The replay was interrupted" /> : null}
      <div className={classes.end}>
        {replay.isIdle ? (
          <Text size="sm">
            {failing === 0 ? "All would take effect." : `${failing} of ${letters.length} would fail again.`}
          </Text>
        ) : (
          <ReplayProgress of={letters.length} outcomes={[...outcomes.values()]} />
        )}
        {replay.isSuccess ? (
          <Button onClick={close}>Close</Button>
        ) : (
          <Button leftSection={<Icon name="refresh" size={15} />} loading={replay.isPending} onClick={begin}>
            Replay {lettersText(letters.length)}
          </Button>
        )}
      </div>
    </Stack>
  );
}

function ReplayProgress({ of, outcomes }: { of: number; outcomes: (Refusal | null)[] }) {
  const failed = outcomes.filter((refusal) => refusal !== null).length;
  return (
    <div style={{ flex: 1, minWidth: 180 }}>
      <Progress value={(outcomes.length / of) * 100} aria-label="Replayed so far" />
      <Text size="sm" mt={4} role="status">
        {outcomes.length} of {of} tried, {outcomes.length - failed} took effect, {failed} failed
      </Text>
    </div>
  );
}

interface PlannedProps {
  letter: DeadLetterCard;
  dryRun?: DryRun;
  /** Undefined while it was not tried. */
  outcome: Refusal | null | undefined;
  /** Nothing more is tried. */
  isOver: boolean;
}

function PlannedLetter({ letter, dryRun, outcome, isOver }: PlannedProps) {
  return (
    <li>
      <div className={classes.head}>
        <strong>{letter.type || letter.id}</strong>
        <span className="mono faint">{dryRun?.target ?? "reaches nobody"}</span>
        <Mark planned={dryRun?.refusal} outcome={outcome} isOver={isOver} />
      </div>
      {outcome ? (
        outcome.message
      ) : outcome === null ? null : dryRun?.refusal ? (
        dryRun.refusal.message
      ) : (
        <Happens events={dryRun?.events ?? []} />
      )}
      {outcome === undefined && dryRun && dryRun.changes.length > 0 ? (
        <details>
          <summary>What would be different</summary>
          <StateDifference changes={dryRun.changes} />
        </details>
      ) : null}
    </li>
  );
}

function Mark({ planned, outcome, isOver }: { planned?: Refusal; outcome?: Refusal | null; isOver: boolean }) {
  if (outcome === null) return <ToneBadge tone="good">Took effect</ToneBadge>;
  if (outcome) return <ToneBadge tone="bad">Failed again</ToneBadge>;
  if (isOver) return <ToneBadge tone="done">Not tried</ToneBadge>;
  return planned ? <ToneBadge tone="bad">Would fail</ToneBadge> : <ToneBadge tone="open">Would take effect</ToneBadge>;
}
