import { Button, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import { phases, type Enrolment, type Program } from "../api/types";
import { phaseNames, useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { detailKey } from "../lifecycle/useAdvance";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { DayInput } from "../ui/DayInput";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { dayText } from "../ui/days";
import { useForm } from "../ui/useForm";

/** The button and dialog that enrol a person, or from when on one can; nothing for those who may not. */
export function Enrol({ program }: { program: Program }) {
  const session = useSession();
  const rules = useRules();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.enrol(session) || program.status === "ended") return null;
  const opensIn = rules.document?.programTerms?.enrolmentOpensIn;
  if (opensIn !== undefined && phases.indexOf(program.phase) < phases.indexOf(opensIn)) {
    return (
      <Text size="sm" c="dimmed" ta="right">
        Enrolment opens in {phaseNames[opensIn]}
      </Text>
    );
  }
  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={open}>
        Enrol a person
      </Button>
      <Modal opened={opened} onClose={close} title="Enrol a person" closeButtonProps={{ "aria-label": "Close" }}>
        <EnrolForm program={program} close={close} />
      </Modal>
    </>
  );
}

function EnrolForm({ program, close }: { program: Program; close: () => void }) {
  const ecosystem = useEcosystem();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ person: "", code: "", email: "", bornOn: "" });
  const { emailDomain, ageMin } = program.eligibility;
  const enrol = useCommand<Enrolment | undefined>({
    stale: [
      [...detailKey(ecosystem, "programs", program.id)],
      ["timeline", ecosystem, "programs", program.id],
    ],
    done: (enrolment) => {
      // Without a body the place is given, and the list shows the enrolment as soon as it has followed.
      const message = enrolment ? `${enrolment.person} takes part now.` : "The place is given; the enrolment follows.";
      notifications.show({ color: "silo", message });
      close();
    },
    refused: (error) => setFailure(form.refuse(asProblem(error))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const [person, code, email] = [form.values.person.trim(), form.values.code.trim(), form.values.email.trim()];
    const errors: Record<string, string> = {};
    if (!person) errors.person = "Give the id of a registered person.";
    if (!code) errors.code = "Give the code of an invitation.";
    if (emailDomain && !email) errors.email = `Give their address at ${emailDomain}.`;
    if (ageMin && !form.values.bornOn) errors.bornOn = "Say when they were born.";
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    enrol.mutate({
      path: inside(ecosystem, "programs", program.id, "enrolments"),
      body: {
        person,
        code,
        ...(email ? { email } : {}),
        ...(form.values.bornOn ? { bornOn: form.values.bornOn } : {}),
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="md">
        <TextInput label="Person's id" required data-autofocus {...form.field("person")} />
        <TextInput
          label="Invitation code"
          required
          classNames={{ input: "mono" }}
          autoComplete="off"
          {...form.field("code")}
        />
        {emailDomain ? (
          <TextInput
            label="E-mail address"
            required
            description={`The program is for people with an address at ${emailDomain}; it is not kept.`}
            placeholder={`name@${emailDomain}`}
            {...form.field("email")}
          />
        ) : null}
        {ageMin ? (
          <>
            <DayInput
              label="Born on"
              value={form.values.bornOn}
              change={(day) => form.set("bornOn", day)}
              max={dayText(Date.now())}
              error={form.errors.bornOn}
            />
            <Text size="xs" c="dimmed" mt={-10}>
              The program is for people of {ageMin} years and more; the day is not kept.
            </Text>
          </>
        ) : null}
        <FormEnd failure={failure} action="Enrol" busy={enrol.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
