import { Button, Modal, Select, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Endpoint } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { useForm } from "../ui/useForm";
import { SecretOnce } from "../webhooks/SecretOnce";
import { readSettings, settingsOf, type Settings } from "./settings";
import { SettingsFields } from "./SettingsFields";
import { advice } from "./words";

/** The button and dialog that create an endpoint; nothing for those who may not. */
export function CreateEndpoint({ compact }: { compact?: boolean }) {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.register(session)) return null;
  return (
    <>
      <Button size={compact ? "xs" : "sm"} leftSection={<Icon name="plus" size={15} />} onClick={open}>
        Create endpoint
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Create an endpoint"
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <EndpointForm close={close} />
      </Modal>
    </>
  );
}

const signatures = [
  { value: "hmac", label: "A shared secret (v1)" },
  { value: "ed25519", label: "A public key (v1a)" },
];

function EndpointForm({ close }: { close: () => void }) {
  const ecosystem = useEcosystem();
  const [types, setTypes] = useState<string[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Settings & Record<string, string>>({ ...settingsOf(), signature: "hmac" });
  const create = useCommand<Endpoint>({ refused: (error) => setFailure(form.refuse(asProblem(error))) });
  if (create.data) {
    return <SecretOnce secret={create.data.secret ?? ""} url={create.data.url} advice={advice} close={close} />;
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { body, errors } = readSettings(form.values, types);
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    create.mutate({
      path: inside(ecosystem, "endpoints"),
      body: { ...body, signature: form.values.signature },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SettingsFields form={form} types={types} setTypes={setTypes} />
        <Select
          label="How the receiver verifies"
          data={signatures}
          allowDeselect={false}
          value={form.values.signature}
          onChange={(value) => form.set("signature", value ?? "hmac")}
        />
        <FormEnd failure={failure} action="Create" busy={create.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
