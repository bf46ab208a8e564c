import { Drawer, Select } from "@mantine/core";
import { useState } from "react";
import { inside } from "../api/client";
import type { Endpoint, NotificationCard } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import streams from "../streams/Streams.module.css";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { List, type ListColumn } from "../ui/List";
import { Panel } from "../ui/Page";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { useQueryState } from "../ui/useQueryState";
import { NotificationView } from "./NotificationView";
import classes from "./Endpoints.module.css";
import { answerText, notificationNames, notificationTones } from "./words";

/** One whose time has come and that was not sent waits for others before it, or for the endpoint. */
const nextOf = (dueAt: string) =>
  Date.parse(dueAt) > Date.now() ? (
    <>
      next <Ago at={dueAt} />
    </>
  ) : (
    "waits its turn"
  );

const filters = ["status"] as const;

/** What an endpoint was told, the newest first; each opens to its attempts. */
export function DeliveryLog({ endpoint }: { endpoint: Endpoint }) {
  const ecosystem = useEcosystem();
  const [filter, change] = useQueryState(filters);
  const [opened, setOpened] = useState<string | null>(null);
  const source = usePages<NotificationCard>(inside(ecosystem, "endpoints", endpoint.id, "notifications"), filter);
  const columns: ListColumn<NotificationCard>[] = [
    {
      title: "Event",
      cell: (row) => (
        <button type="button" className={classes.open} onClick={() => setOpened(row.event)}>
          {row.type}
        </button>
      ),
    },
    { title: "Happened", cell: (row) => <Ago at={row.createdAt} />, minor: true },
    { title: "Attempts", cell: (row) => row.attempts, numeric: true, minor: true },
    { title: "Answer", cell: (row) => answerText(row.lastStatus, row.lastError), minor: true },
    {
      title: "Status",
      cell: (row) => (
        <>
          <ToneBadge tone={notificationTones[row.status]}>{notificationNames[row.status]}</ToneBadge>
          {row.dueAt ? <span className={streams.why}>{nextOf(row.dueAt)}</span> : null}
        </>
      ),
    },
  ];
  return (
    <Panel
      title="Delivery log"
      aside={
        <Select
          size="xs"
          w={140}
          aria-label="Status"
          placeholder="Any status"
          clearable
          value={filter.status || null}
          data={Object.entries(notificationNames).map(([value, label]) => ({ value, label }))}
          onChange={(value) => change("status", value ?? "")}
        />
      }
    >
      <List
        label="Delivery log"
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          <Empty icon="clock" title={filter.status ? "Nothing matches" : "Nothing was sent yet"}>
            Every event that the endpoint wants appears here with its attempts and their answers.
          </Empty>
        }
      />
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        position="right"
        size="lg"
        title="Notification"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {opened ? <NotificationView key={opened} endpoint={endpoint.id} event={opened} /> : null}
      </Drawer>
    </Panel>
  );
}
