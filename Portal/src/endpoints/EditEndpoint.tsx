import { Button, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Endpoint } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { FormEnd } from "../ui/FormEnd";
import { useForm } from "../ui/useForm";
import { endpointKey } from "./endpointKey";
import { readSettings, settingsOf, type Settings } from "./settings";
import { SettingsFields } from "./SettingsFields";

/** The button and dialog that change what an endpoint is told, where, and how fast. */
export function EditEndpoint({ endpoint }: { endpoint: Endpoint }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Edit
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Edit the endpoint"
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <EditForm endpoint={endpoint} close={close} />
      </Modal>
    </>
  );
}

function EditForm({ endpoint, close }: { endpoint: Endpoint; close: () => void }) {
  const ecosystem = useEcosystem();
  const [types, setTypes] = useState(endpoint.types);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm<Settings & Record<string, string>>(settingsOf(endpoint));
  const change = useCommand<Endpoint>({
    stale: [[...endpointKey(ecosystem, endpoint.id)]],
    done: () => {
      notifications.show({ color: "silo", message: "The endpoint is changed." });
      close();
    },
    refused: (error) => setFailure(form.refuse(asProblem(error))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { body, errors } = readSettings(form.values, types);
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    change.mutate({ path: inside(ecosystem, "endpoints", endpoint.id, "settings"), body });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SettingsFields form={form} types={types} setTypes={setTypes} now={endpoint} />
        {form.values.url.trim() !== endpoint.url ? (
          <Text size="sm">What waits already is sent to the new address, signed with the same secret.</Text>
        ) : null}
        <FormEnd failure={failure} action="Save" busy={change.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
