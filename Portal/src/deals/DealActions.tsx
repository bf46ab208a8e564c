import { Button, Group, Text, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Deal } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { detailKey } from "../lifecycle/useAdvance";
import { useSession } from "../session/session";
import { Panel } from "../ui/Page";
import { offeredActions, type OfferedAction } from "./actions";
import { ActionDialog } from "./ActionDialog";

/** What can be done with the deal now; an action that must wait says why. */
export function DealActions({ deal }: { deal: Deal }) {
  const session = useSession();
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [asking, setAsking] = useState<OfferedAction | null>(null);
  const act = useMutation({
    mutationFn: ({ action, body }: { action: OfferedAction; body: unknown }) =>
      post<Deal>(inside(ecosystem, "deals", deal.id, action.action), body),
    onSuccess: (fresh) => {
      setAsking(null);
      client.setQueryData(detailKey(ecosystem, "deals", deal.id), fresh);
      void client.invalidateQueries({ queryKey: ["timeline", ecosystem, "deals", deal.id] });
      void client.invalidateQueries({ queryKey: ["list"] });
    },
    onError: (error, { action }) => {
      if (action.asks) return; // The dialog shows it.
      const problem = asProblem(error);
      notifications.show({ color: "red", title: "Not done", message: `${problem.message} (${problem.code})` });
    },
  });

  const offered = offeredActions(session, deal);
  if (offered.length === 0) return null;
  const waiting = offered.find((action) => action.hindrance !== null);
  return (
    <Panel title="What can be done">
      <Group gap={8}>
        {offered.map((action) => (
          <Tooltip key={action.action} label={action.hindrance} disabled={action.hindrance === null} withArrow multiline maw={300}>
            <Button
              size="sm"
              variant={action.main ? "filled" : "default"}
              data-disabled={action.hindrance !== null || undefined}
              aria-disabled={action.hindrance !== null}
              loading={act.isPending && act.variables.action.action === action.action && !action.asks}
              onClick={() => {
                if (action.hindrance !== null) return;
                act.reset();
                if (action.asks) setAsking(action);
                else act.mutate({ action, body: {} });
              }}
            >
              {action.label}
            </Button>
          </Tooltip>
        ))}
      </Group>
      {waiting ? (
        <Text size="sm" c="dimmed" mt={10}>
          {waiting.label}: {waiting.hindrance}
        </Text>
      ) : null}
      <ActionDialog
        deal={deal}
        action={asking}
        busy={act.isPending}
        error={act.error}
        close={() => setAsking(null)}
        confirm={(body) => asking && act.mutate({ action: asking, body })}
      />
    </Panel>
  );
}
