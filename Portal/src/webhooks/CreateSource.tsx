import { Button, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Scheme, Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { useForm } from "../ui/useForm";
import { SecretOnce } from "./SecretOnce";
import { SettingInputs, settingsIn, settingValues } from "./SettingInputs";
import { useSchemes } from "./useSchemes";

/** The button and dialog that create a source; nothing for those who may not. */
export function CreateSource({ compact }: { compact?: boolean }) {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.createSource(session)) return null;
  return (
    <>
      <Button size={compact ? "xs" : "sm"} leftSection={<Icon name="plus" size={15} />} onClick={open}>
        Create source
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Create a webhook source"
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <SourceForm close={close} />
      </Modal>
    </>
  );
}

/** The form needs the schemes from its beginning: their settings are fields of it. */
function SourceForm({ close }: { close: () => void }) {
  const schemes = useSchemes();
  return schemes.length > 0 ? <LoadedForm schemes={schemes} close={close} /> : null;
}

function LoadedForm({ schemes, close }: { schemes: Scheme[]; close: () => void }) {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Record<string, string>>({ name: "", scheme: "standard-webhooks", secret: "", ...settingValues(schemes) });
  const scheme = schemes.find((known) => known.name === form.values.scheme);
  const create = useMutation({
    mutationFn: () =>
      post<Source>(inside(ecosystem, "sources"), {
        name: form.values.name?.trim(),
        scheme: form.values.scheme,
        ...(form.values.secret?.trim() ? { secret: form.values.secret.trim() } : {}),
        settings: settingsIn(scheme, form.values),
      }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["list"] }),
    onError: (error) => setFailure(form.refuse(asProblem(error))),
  });
  if (create.data) return <SecretOnce secret={create.data.secret ?? ""} url={create.data.url} close={close} />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (!form.values.name?.trim()) return form.setErrors({ name: "Give the source a name, such as the system that sends." });
    create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label="Name" required placeholder="CRM of the sales team" data-autofocus {...form.field("name")} />
        <Select
          label="Sender"
          description={scheme?.setup}
          searchable
          value={form.values.scheme ?? null}
          error={form.errors.scheme}
          onChange={(value) => form.set("scheme", value ?? "")}
          data={schemes.map(({ name, label }) => ({ value: name, label }))}
          allowDeselect={false}
        />
        {scheme && scheme.secret !== "address" ? (
          <TextInput
            label={scheme.secretLabel}
            description={
              scheme.secret === "sender" ? "As the sender shows it." : "Only where the sender chooses it; made for you when empty."
            }
            autoComplete="off"
            {...form.field("secret")}
          />
        ) : null}
        {scheme ? <SettingInputs scheme={scheme} form={form} /> : null}
        <FormEnd failure={failure} action="Create" busy={create.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
