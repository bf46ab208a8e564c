import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { PendingFetch, Stream } from "../api/types";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Page";
import { calendarDay } from "../ui/time";
import { useSchemes } from "../webhooks/useSchemes";
import { Authorise } from "./Authorise";
import classes from "./Streams.module.css";
import { measureNames } from "./measures";
import { pastProgress } from "./pastProgress";
import { troubleText } from "./troubles";
import { useSourceNames } from "./useSourceNames";

/** Asking the sender: whether we may, how far the past is, what waits, and what was given up. */
export function Fetching({ stream }: { stream: Stream }) {
  const session = useSession();
  const schemes = useSchemes();
  const { sources } = useSourceNames();
  const scheme = sources.find((source) => source.id === stream.source)?.scheme;
  const canBeAsked = schemes.find((known) => known.name === scheme)?.isFetched ?? false;
  if (!canBeAsked && !stream.authorised && stream.fetches.length === 0 && stream.fetchesGivenUp === 0) return null;
  const mayAuthorise = may.register(session) && stream.allowed;
  return (
    <Panel title="Asking the sender" aside={canBeAsked && mayAuthorise ? <Authorise stream={stream} /> : null}>
      <Stack gap="sm">
        <Text size="sm">
          {stream.authorised ? (
            <ToneBadge tone="good">Authorised</ToneBadge>
          ) : (
            <>
              <ToneBadge tone="warn">Not authorised</ToneBadge>{" "}
              <span className="faint">
                {stream.allowed
                  ? "There are no tokens by which the sender could be asked."
                  : "Tokens are kept only while the person agrees to what the stream is for."}
              </span>
            </>
          )}
        </Text>
        {stream.past.length > 0 ? <Past stream={stream} /> : null}
        <Waiting fetches={stream.fetches} />
        {stream.fetchesGivenUp > 0 ? (
          <Alert
            color="yellow"
            variant="light"
            icon={<Icon name="alert" />}
            title={`${stream.fetchesGivenUp.toLocaleString("en")} given up`}
          >
            {stream.whyNotFetched ? `The newest one: ${troubleText(stream.whyNotFetched)}.` : "They could not be had."}
          </Alert>
        ) : null}
      </Stack>
    </Panel>
  );
}

/** How far back each measure was fetched; the page says elsewhere how far is wanted. */
function Past({ stream }: { stream: Stream }) {
  const day = (at: string) => calendarDay(Date.parse(at), Date.now());
  return (
    <ul className={classes.list} aria-label="The past, measure by measure">
      {pastProgress(stream.past, Date.now()).map(({ measure, share, reached, from, broken }) => {
        const isComplete = Date.parse(reached) <= Date.parse(from);
        return (
          <li key={measure}>
            <span className={classes.way}>
              <span className={classes.wayHead}>
                {measureNames[measure]}
                <span className="faint">
                  {isComplete ? "complete" : `${Math.floor(share * 100)} %, back to ${day(reached)}`}
                </span>
              </span>
              <Progress
                value={share * 100}
                color={broken ? "yellow" : undefined}
                aria-label={`Past of ${measureNames[measure].toLowerCase()}`}
              />
              {broken ? (
                <span className={classes.wayNote}>Ended too early: {troubleText(broken)}</span>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** As many as a glance takes in. */
const shownMax = 8;

function Waiting({ fetches }: { fetches: PendingFetch[] }) {
  const [isWhole, setIsWhole] = useState(false);
  if (fetches.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing waits to be fetched.
      </Text>
    );
  }
  const shown = isWhole ? fetches : fetches.slice(0, shownMax);
  return (
    <div>
      <strong>Waiting to be fetched ({fetches.length.toLocaleString("en")})</strong>
      <ul className={classes.list} aria-label="Waiting to be fetched">
        {shown.map((fetch) => (
          <li key={fetch.number}>
            <span>
              <span className="mono">{fetch.resource}</span> {fetch.isPast ? "of the past" : null}
              <span className={classes.wayNote}>
                {fetch.trouble ? `Attempt ${fetch.attempts} failed: ${troubleText(fetch.trouble)}` : attemptsText(fetch)}
              </span>
            </span>
            <span className={`faint ${classes.end}`}>
              next attempt <Ago at={fetch.dueAt} />
            </span>
          </li>
        ))}
      </ul>
      {shown.length < fetches.length ? (
        <Group mt={6}>
          <Button size="compact-sm" variant="default" onClick={() => setIsWhole(true)}>
            Show all {fetches.length.toLocaleString("en")}
          </Button>
        </Group>
      ) : null}
    </div>
  );
}

const attemptsText = ({ attempts }: PendingFetch) =>
  attempts === 0 ? "not tried yet" : attempts === 1 ? "tried once" : `tried ${attempts} times`;
