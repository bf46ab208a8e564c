import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Program } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { detailKey } from "../lifecycle/useAdvance";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { DayInput } from "../ui/DayInput";
import { FormEnd } from "../ui/FormEnd";
import { Panel } from "../ui/Page";
import { dayAfter, dayText, startOfDay } from "../ui/days";

type Action = "renew" | "end";

const labels: Record<Action, string> = { renew: "Renew", end: "End the program" };

/** Going on beyond its end, or ending before it, for those who decide. */
export function ProgramActions({ program }: { program: Program }) {
  const session = useSession();
  const [asked, setAsked] = useState<Action | null>(null);
  const close = () => setAsked(null);
  if (!may.manage(session) || program.status === "ended") return null;
  return (
    <Panel title="What can be done">
      <Group gap={8}>
        <Button variant={program.status === "renewalDue" ? "filled" : "default"} onClick={() => setAsked("renew")}>
          {labels.renew}
        </Button>
        <Button variant="default" onClick={() => setAsked("end")}>
          {labels.end}
        </Button>
      </Group>
      <Modal
        opened={asked !== null}
        onClose={close}
        title={asked ? labels[asked] : ""}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {asked ? <ActionForm program={program} action={asked} close={close} /> : null}
      </Modal>
    </Panel>
  );
}

/** How much longer a program runs when it is renewed, unless told otherwise. */
const usualDays = 365;

function ActionForm({ program, action, close }: { program: Program; action: Action; close: () => void }) {
  const ecosystem = useEcosystem();
  const [ends, setEnds] = useState(() => dayAfter(dayText(Date.parse(program.ends)), usualDays));
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const command = useCommand<Program>({
    shownAt: detailKey(ecosystem, "programs", program.id),
    stale: [["timeline", ecosystem, "programs", program.id]],
    done: close,
    refused: (error) => setFailure(asProblem(error).message),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (action === "renew" && !ends) return setFailure("Say until when it goes on.");
    const body =
      action === "renew" ? { ends: startOfDay(ends).toISOString() } : reason.trim() ? { reason: reason.trim() } : {};
    command.mutate({ path: inside(ecosystem, "programs", program.id, action), body });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {action === "renew" ? (
          <DayInput label="New end" value={ends} change={setEnds} />
        ) : (
          <>
            <Text size="sm">Nobody can enrol any more, and it cannot be taken up again.</Text>
            <Textarea
              label="Reason"
              autosize
              minRows={3}
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </>
        )}
        <FormEnd failure={failure} action={labels[action]} busy={command.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
