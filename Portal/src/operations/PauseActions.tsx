import { Alert, Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { get, inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { PauseState } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Confirm } from "../ui/Confirm";
import { FormEnd } from "../ui/FormEnd";
import { exactTime } from "../ui/time";

/** The longest reason the gateway takes. */
const reasonLengthMax = 2_000;

export const pauseKey = (ecosystem: string, kind: string, id: string) => ["pause", ecosystem, kind, id] as const;

/** Whether a grain of any kind is paused, by whom and why, and the button that changes it; for admins. */
export function PauseActions({ kind, id }: { kind: string; id: string }) {
  const session = useSession();
  const ecosystem = useEcosystem();
  const path = (action: string) => inside(ecosystem, "operations", "grains", kind, id, action);
  const state = useQuery({
    queryKey: pauseKey(ecosystem, kind, id),
    queryFn: () => get<PauseState>(path("pause")),
    enabled: may.lookIntoGrains(session),
  });
  const resume = useCommand<PauseState>({ shownAt: pauseKey(ecosystem, kind, id), stale: [["timeline"], ["grain", ecosystem, kind, id]] });
  if (!may.lookIntoGrains(session) || !state.data) return null;
  if (!state.data.pause) return <Pause kind={kind} id={id} />;
  const { by, at, reason } = state.data.pause;
  return (
    <Stack gap="sm">
      <Alert color="yellow" title="Paused" role="status">
        By {by} since {exactTime(Date.parse(at))}: {reason}
      </Alert>
      <Group>
        <Confirm action="Resume" busy={resume.isPending} confirm={() => resume.mutate({ path: path("resume") })}>
          What has waited for it follows in order: deadlines that came due, and what other grains have to tell it.
        </Confirm>
      </Group>
    </Stack>
  );
}

function Pause({ kind, id }: { kind: string; id: string }) {
  const ecosystem = useEcosystem();
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const pause = useCommand<PauseState>({
    shownAt: pauseKey(ecosystem, kind, id),
    stale: [["timeline"], ["grain", ecosystem, kind, id]],
    done: close,
    refused: (error) => setFailure(asProblem(error).message),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (!reason.trim()) return setFailure("Say why, for whoever meets the pause.");
    pause.mutate({
      path: inside(ecosystem, "operations", "grains", kind, id, "pause"),
      body: { reason: reason.trim() },
    });
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        Pause
      </Button>
      <Modal opened={opened} onClose={close} title="Pause" closeButtonProps={{ "aria-label": "Close" }}>
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <Text size="sm">
              Whoever asks it is refused until it is resumed; it can still be read. Deadlines and what follows for it
              wait. Consents can be taken back, people erased and keys revoked all the same.
            </Text>
            <Textarea
              label="Why"
              description="For whoever meets the pause; nothing about a person."
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={reasonLengthMax}
              autosize
              minRows={2}
              data-autofocus
            />
            <FormEnd failure={failure} action="Pause" busy={pause.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
