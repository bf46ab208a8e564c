import { Stack, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { StartedTemplate, Template } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useCommand } from "../app/useCommand";
import { FormEnd } from "../ui/FormEnd";
import { useForm } from "../ui/useForm";
import { SecretOnce } from "../webhooks/SecretOnce";
import { newDraft, readDraft, serverNames, type Draft } from "./draft";
import { DraftFields } from "./DraftFields";

/** Asks for what a template leaves open, and shows the secret of the source that it made. */
export function StartTemplate({ template, close }: { template: Template; close: () => void }) {
  const ecosystem = useEcosystem();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Draft & Record<string, string>>({ ...newDraft(template.name), partnerName: "", partner: "" });
  const start = useCommand<StartedTemplate>({
    refused: (error) => setFailure(form.refuse(asProblem(error), serverNames)),
  });
  if (start.data) {
    const { source, program } = start.data;
    const done = () => navigate(pathTo.program(ecosystem, program.id));
    return <SecretOnce secret={source.secret ?? ""} url={source.url} close={done} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { body, errors } = readDraft(form.values);
    const [partner, partnerName] = [form.values.partner?.trim(), form.values.partnerName?.trim()];
    if (Boolean(partner) === Boolean(partnerName))
      errors.partnerName = "Name a new partner, or give the id of one that is there.";
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    start.mutate({
      path: inside(ecosystem, "templates", template.id, "start"),
      body: { ...body, ...(partner ? { partner } : { partnerName }) },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <DraftFields form={form}>
          <TextInput label="New partner" {...form.field("partnerName")} />
          <TextInput label="Or a partner's id" {...form.field("partner")} />
        </DraftFields>
        <FormEnd failure={failure} action="Start" busy={start.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
