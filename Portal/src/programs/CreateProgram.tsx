import { Button, Modal, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Program } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useCommand } from "../app/useCommand";
import { PartnerPicker } from "../deals/PartnerPicker";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { useForm } from "../ui/useForm";
import { newDraft, readDraft, readWhole, serverNames, type Draft } from "./draft";
import { DraftFields } from "./DraftFields";
import { typeNames } from "./words";

/** The button and dialog that create a program without a template; nothing for those who may not. */
export function CreateProgram({ compact }: { compact?: boolean }) {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.register(session)) return null;
  return (
    <>
      <Button size={compact ? "xs" : "sm"} leftSection={<Icon name="plus" size={15} />} onClick={open}>
        Create program
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title="Create a program"
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ProgramForm close={close} />
      </Modal>
    </>
  );
}

const types = Object.entries(typeNames).map(([value, label]) => ({ value, label }));
const nothing = { partner: "", type: "", rule: "", emailDomain: "", ageMin: "", steps: "", activePercent: "" };

function ProgramForm({ close }: { close: () => void }) {
  const ecosystem = useEcosystem();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Draft & typeof nothing & Record<string, string>>({ ...newDraft(""), ...nothing });
  const create = useCommand<Program>({
    done: (program) => navigate(pathTo.program(ecosystem, program.id)),
    refused: (error) => setFailure(form.refuse(asProblem(error), serverNames)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { body, errors } = readProgram(form.values);
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    create.mutate({ path: inside(ecosystem, "programs"), body });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <DraftFields form={form}>
          <PartnerPicker
            value={form.values.partner}
            error={form.errors.partner}
            change={(partner) => form.set("partner", partner)}
          />
          <Select
            label="Type"
            required
            placeholder="For whom it is"
            data={types}
            value={form.values.type || null}
            error={form.errors.type}
            onChange={(value) => form.set("type", value ?? "")}
          />
        </DraftFields>
        <TextInput
          label="Who may take part"
          placeholder="everybody with an invitation"
          {...form.field("rule")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label="E-mail address at" placeholder="any domain" {...form.field("emailDomain")} />
          <TextInput label="Youngest age" inputMode="numeric" placeholder="any age" {...form.field("ageMin")} />
          <TextInput label="Goal: steps a day" inputMode="numeric" placeholder="none" {...form.field("steps")} />
          <TextInput
            label="Goal: % active people"
            inputMode="numeric"
            placeholder="none"
            {...form.field("activePercent")}
          />
        </SimpleGrid>
        <FormEnd failure={failure} action="Create" busy={create.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}

/** Rules and goals that are left empty are not asked for. */
function readProgram(values: Draft & typeof nothing) {
  const { body, errors } = readDraft(values);
  if (!values.partner) errors.partner = "Choose the partner that runs it.";
  if (!values.type) errors.type = "Choose for whom it is.";
  const [text, emailDomain] = [values.rule.trim(), values.emailDomain.trim()];
  const ageMin = readWhole(values.ageMin, "ageMin", errors);
  const steps = readWhole(values.steps, "steps", errors);
  const activePercent = readWhole(values.activePercent, "activePercent", errors);
  const eligibility = { ...(text && { text }), ...(emailDomain && { emailDomain }), ...(ageMin && { ageMin }) };
  const goals = { ...(steps && { daily: { steps } }), ...(activePercent && { activePercent }) };
  const given = <T extends object>(name: string, part: T) => (Object.keys(part).length > 0 ? { [name]: part } : {});
  return {
    body: {
      ...body,
      partner: values.partner,
      type: values.type,
      ...given("eligibility", eligibility),
      ...given("goals", goals),
    },
    errors,
  };
}
