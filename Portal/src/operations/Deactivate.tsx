import { Button, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Grain, GrainPlace } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { FormEnd } from "../ui/FormEnd";
import { useForm } from "../ui/useForm";

/** Puts a grain out of memory after asking why; what it is doing is done first. */
export function Deactivate({ grain, queryKey }: { grain: Grain; queryKey: string[] }) {
  const ecosystem = useEcosystem();
  const [opened, { open, close }] = useDisclosure(false);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ reason: "" });
  const deactivate = useCommand<{ was: GrainPlace }>({
    stale: [queryKey],
    done: ({ was }) => {
      close();
      form.reset();
      notifications.show({
        color: "silo",
        message: was === "active" ? "It leaves memory when what it does is done." : "It was not in memory.",
      });
    },
    refused: (error) => setFailure(form.refuse(asProblem(error))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    deactivate.mutate({
      path: inside(ecosystem, "operations", "grains", grain.kind, grain.id, "deactivate"),
      body: { reason: form.values.reason.trim() },
    });
  };
  return (
    <>
      <Button size="compact-sm" variant="default" disabled={grain.place !== "active"} onClick={open}>
        Deactivate
      </Button>
      <Modal opened={opened} onClose={close} title="Deactivate" closeButtonProps={{ "aria-label": "Close" }}>
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm">
              The grain leaves memory when what it does is done. Nothing is lost: the next call brings it back from the
              journal. Who did it and why is logged.
            </Text>
            <TextInput {...form.field("reason")} label="Why" required maxLength={200} data-autofocus autoComplete="off" />
            <FormEnd failure={failure} action="Deactivate" busy={deactivate.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
