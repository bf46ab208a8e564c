import { Button, Modal, MultiSelect, Select, Stack, TextInput } from "@mantine/core";
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
import { useEventTypes } from "./useEventTypes";
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

const orders = [
  { value: "unordered", label: "As soon as possible" },
  { value: "fifo", label: "In order, for each partner, deal and so on" },
];
const signatures = [
  { value: "hmac", label: "A shared secret (v1)" },
  { value: "ed25519", label: "A public key (v1a)" },
];

function EndpointForm({ close }: { close: () => void }) {
  const ecosystem = useEcosystem();
  const known = useEventTypes();
  const [types, setTypes] = useState<string[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ url: "", description: "", order: "unordered", signature: "hmac" });
  const create = useCommand<Endpoint>({ refused: (error) => setFailure(form.refuse(asProblem(error))) });
  if (create.data) {
    return <SecretOnce secret={create.data.secret ?? ""} url={create.data.url} advice={advice} close={close} />;
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { url, description, order, signature } = form.values;
    if (!url.trim()) return form.setErrors({ url: "Say where notifications are posted to." });
    create.mutate({
      path: inside(ecosystem, "endpoints"),
      body: {
        url: url.trim(),
        order,
        signature,
        ...(types.length > 0 ? { types } : {}),
        ...(description.trim() ? { description: description.trim() } : {}),
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label="Address" required placeholder="https://" data-autofocus {...form.field("url")} />
        <TextInput label="Description" placeholder="for example the customer's CRM" {...form.field("description")} />
        <MultiSelect
          label="Events"
          placeholder={types.length === 0 ? "All" : undefined}
          searchable
          clearable
          data={known}
          value={types}
          onChange={setTypes}
        />
        <Select
          label="Order"
          data={orders}
          allowDeselect={false}
          value={form.values.order}
          onChange={(value) => form.set("order", value ?? "unordered")}
        />
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
