import { Button, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import { purposes, type Person, type Stream } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { purposeNames } from "../streams/status";
import { useSourceNames } from "../streams/useSourceNames";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { useForm } from "../ui/useForm";
import { personKey } from "./personKey";

/** The button and dialog that connect a person to a source; nothing for those who may not. */
export function ConnectSource({ person }: { person: Person }) {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.register(session)) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={open}>
        Connect a source
      </Button>
      <Modal opened={opened} onClose={close} title="Connect a source" closeButtonProps={{ "aria-label": "Close" }}>
        <ConnectForm person={person} close={close} />
      </Modal>
    </>
  );
}

function ConnectForm({ person, close }: { person: Person; close: () => void }) {
  const ecosystem = useEcosystem();
  const { sources } = useSourceNames();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ source: "", user: "", purpose: "coaching" });
  const connect = useCommand<Stream>({
    stale: [personKey(ecosystem, person.id)],
    done: close,
    refused: (error) => setFailure(form.refuse(asProblem(error))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { source, purpose } = form.values;
    const user = form.values.user.trim();
    if (!source) return form.setErrors({ source: "Choose where the data come from." });
    connect.mutate({
      path: inside(ecosystem, "people", person.id, "streams"),
      body: { source, purpose, ...(user ? { user } : {}) },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Select
          label="Source"
          required
          searchable
          placeholder="Where the data come from"
          nothingFoundMessage="No such source"
          data={sources.map((source) => ({ value: source.id, label: source.name }))}
          value={form.values.source || null}
          error={form.errors.source}
          onChange={(value) => form.set("source", value ?? "")}
        />
        <TextInput
          label="Their id at the source"
          description="As the sender names the person; empty where the whole source is theirs."
          autoComplete="off"
          {...form.field("user")}
        />
        <Select
          label="Purpose"
          data={purposes.map((purpose) => ({ value: purpose, label: purposeNames[purpose] }))}
          value={form.values.purpose}
          allowDeselect={false}
          onChange={(value) => form.set("purpose", value ?? "coaching")}
        />
        <Text size="sm" c="dimmed">
          Nothing is stored before the person has agreed to this purpose.
        </Text>
        <FormEnd failure={failure} action="Connect" busy={connect.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
