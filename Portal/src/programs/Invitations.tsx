import { Alert, Button, CopyButton, Modal, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Invitation, Program } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { detailKey } from "../lifecycle/useAdvance";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import streams from "../streams/Streams.module.css";
import { Ago } from "../ui/Ago";
import { Confirm } from "../ui/Confirm";
import { DayInput } from "../ui/DayInput";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Page";
import { dayAfter, dayText, startOfDay } from "../ui/days";

const keysOf = (ecosystem: string, id: string) => [
  detailKey(ecosystem, "programs", id),
  ["timeline", ecosystem, "programs", id],
];

/** The open invitations by the last characters of their codes; the codes themselves nobody here knows. */
export function Invitations({ program }: { program: Program }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useCommand<Program>({ stale: keysOf(ecosystem, program.id) });
  const mayInvite = may.invite(session) && program.status !== "ended";
  return (
    <Panel
      title="Invitations"
      aside={
        mayInvite ? (
          <Button size="compact-sm" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={open}>
            Invite
          </Button>
        ) : null
      }
    >
      {program.invitations.length === 0 ? (
        <Text size="sm" c="dimmed">
          None is open. People enrol with the code of an invitation.
        </Text>
      ) : null}
      <ul className={streams.list}>
        {program.invitations.map((invitation) => (
          <li key={invitation.id}>
            <span>
              <span className="mono">…{invitation.hint}</span>
              <span className={streams.why}>
                used {invitation.uses} of {invitation.usesMax}, ends <Ago at={invitation.expiresAt} />
              </span>
            </span>
            {mayInvite ? (
              <span className={streams.end}>
                <Confirm
                  compact
                  action="Revoke"
                  busy={revoke.isPending}
                  confirm={() =>
                    revoke.mutate({
                      path: inside(ecosystem, "programs", program.id, "invitations", invitation.id, "revoke"),
                    })
                  }
                >
                  Nobody can enrol with the code that ends in {invitation.hint} any more. Who came by it stays.
                </Confirm>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <Modal
        opened={opened}
        onClose={close}
        title="Invite into the program"
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <InviteForm program={program} close={close} />
      </Modal>
    </Panel>
  );
}

/** How long an invitation is open unless told otherwise. */
const usualDays = 30;

function InviteForm({ program, close }: { program: Program; close: () => void }) {
  const ecosystem = useEcosystem();
  const [uses, setUses] = useState<number | string>(1);
  const [until, setUntil] = useState(() => dayAfter(dayText(Date.now()), usualDays));
  const [failure, setFailure] = useState<string | null>(null);
  const invite = useCommand<Invitation>({
    stale: keysOf(ecosystem, program.id),
    refused: (error) => setFailure(asProblem(error).message),
  });
  if (invite.data) return <CodeOnce code={invite.data.code ?? ""} close={close} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (uses === "" || !until) return setFailure("Say for how many people it is, and until when.");
    const body = { usesMax: Number(uses), expiresAt: startOfDay(until).toISOString() };
    invite.mutate({ path: inside(ecosystem, "programs", program.id, "invitations"), body });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <NumberInput
          label="For how many people"
          min={1}
          allowDecimal={false}
          value={uses}
          onChange={setUses}
          data-autofocus
        />
        <DayInput label="Open until" value={until} change={setUntil} />
        <FormEnd failure={failure} action="Invite" busy={invite.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}

function CodeOnce({ code, close }: { code: string; close: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" icon={<Icon name="key" />} title="Copy the code now">
        It is shown this once; only its fingerprint is stored. When it is lost, revoke it and invite again.
      </Alert>
      <TextInput
        label="Code"
        readOnly
        value={code}
        classNames={{ input: "mono" }}
        onFocus={(event) => event.currentTarget.select()}
        rightSectionWidth={84}
        rightSection={
          <CopyButton value={code}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy} aria-label="Copy the code">
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
        }
      />
      <Button onClick={close}>I have stored it</Button>
    </Stack>
  );
}
