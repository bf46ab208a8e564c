import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get, inside } from "../api/client";
import type { Notification } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import lifecycle from "../lifecycle/Lifecycle.module.css";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import streams from "../streams/Streams.module.css";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import { Failure, LoadingRows } from "../ui/States";
import { prettyBody } from "../webhooks/prettyBody";
import { answerText, notificationNames, notificationTones } from "./words";

/** While an attempt is due, it is asked for again this often. */
const pendingMs = 3_000;

/** One event on its way to one endpoint: its attempts with their answers, its body, and sending it again. */
export function NotificationView({ endpoint, event }: { endpoint: string; event: string }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const path = inside(ecosystem, "endpoints", endpoint, "notifications", event);
  const key = ["notification", ecosystem, endpoint, event];
  const notification = useQuery({
    queryKey: key,
    queryFn: () => get<Notification>(path),
    refetchInterval: (query) => (query.state.data?.status === "pending" ? pendingMs : false),
  });
  const resend = useCommand<Notification>({ shownAt: key });
  if (notification.isPending) return <LoadingRows rows={5} />;
  if (notification.isError) {
    return <Failure error={notification.error} retry={() => void notification.refetch()} />;
  }
  const data = notification.data;
  return (
    <Stack>
      <Facts
        rows={[
          [
            "Status",
            <ToneBadge key="status" tone={notificationTones[data.status]}>
              {notificationNames[data.status]}
            </ToneBadge>,
          ],
          [
            "Event",
            <span key="type" className="mono">
              {data.type}
            </span>,
          ],
          ["Happened", <Ago key="at" at={data.createdAt} />],
          ["Next attempt", data.dueAt ? <Ago key="due" at={data.dueAt} /> : "none"],
          ["Id", <CopyId key="id" value={data.event} />],
        ]}
      />
      <div>
        <strong>Attempts ({data.attempts})</strong>
        {data.log.length === 0 ? (
          <Text size="sm" c="dimmed">
            None was made yet.
          </Text>
        ) : null}
        <ul className={streams.list} aria-label="Attempts, newest first">
          {data.log.toReversed().map((attempt, place) => (
            <li key={place}>
              <span>
                <strong>{answerText(attempt.status, attempt.error)}</strong>
                <span className={streams.why}>
                  <Ago at={attempt.at} />, took {attempt.milliseconds.toLocaleString("en")} ms
                </span>
              </span>
              {attempt.response ? <span className={`mono faint ${streams.end}`}>{attempt.response}</span> : null}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <strong>Body</strong>
        <pre
          className={lifecycle.json}
          style={{ background: "var(--sunken)" }}
          tabIndex={0}
          aria-label="The body of every attempt"
        >
          {prettyBody(data.body)}
        </pre>
      </div>
      {may.manage(session) && data.status !== "pending" ? (
        <Group>
          <Button
            leftSection={<Icon name="refresh" size={15} />}
            loading={resend.isPending}
            onClick={() => resend.mutate({ path: `${path}/resend` })}
          >
            Send again
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
