import { Button, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState, type FormEvent } from "react";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { Stream } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { useCommand } from "../app/useCommand";
import { detailKey } from "../lifecycle/useAdvance";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { useForm } from "../ui/useForm";

/** The button and dialog that give the tokens of a person; they leave the page with the dialog. */
export function Authorise({ stream }: { stream: Stream }) {
  const [opened, { open, close }] = useDisclosure(false);
  const action = stream.authorised ? "Authorise again" : "Authorise";
  return (
    <>
      <Button size="compact-sm" variant="default" leftSection={<Icon name="key" size={14} />} onClick={open}>
        {action}
      </Button>
      <Modal opened={opened} onClose={close} title={action} closeButtonProps={{ "aria-label": "Close" }}>
        <TokensForm stream={stream} action={action} close={close} />
      </Modal>
    </>
  );
}

function TokensForm({ stream, action, close }: { stream: Stream; action: string; close: () => void }) {
  const ecosystem = useEcosystem();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ accessToken: "", refreshToken: "", expiresInSeconds: "" });
  const authorise = useCommand<Stream>({
    shownAt: detailKey(ecosystem, "streams", stream.id),
    stale: [["timeline", ecosystem, "streams", stream.id]],
    done: () => {
      notifications.show({ color: "silo", message: "The tokens are stored encrypted; nobody can see them again." });
      close();
    },
    refused: (error) => setFailure(form.refuse(asProblem(error))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const [accessToken, refreshToken] = [form.values.accessToken.trim(), form.values.refreshToken.trim()];
    const expires = form.values.expiresInSeconds.trim();
    const errors: Record<string, string> = {};
    if (!accessToken) errors.accessToken = "Paste the token that the sender gave for this person.";
    if (expires && !/^[1-9]\d*$/.test(expires)) errors.expiresInSeconds = "Give whole seconds, such as 3600.";
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    authorise.mutate({
      path: inside(ecosystem, "streams", stream.id, "authorise"),
      body: {
        accessToken,
        ...(refreshToken ? { refreshToken } : {}),
        ...(expires ? { expiresInSeconds: Number(expires) } : {}),
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          By these tokens the person lets their data be fetched. They are stored encrypted and never shown again.
        </Text>
        <PasswordInput
          label="Access token"
          required
          autoComplete="off"
          data-autofocus
          visibilityToggleButtonProps={{ "aria-label": "Show the access token" }}
          {...form.field("accessToken")}
        />
        <PasswordInput
          label="Refresh token"
          description="By which fresh ones are had; empty where tokens do not run out."
          autoComplete="off"
          visibilityToggleButtonProps={{ "aria-label": "Show the refresh token" }}
          {...form.field("refreshToken")}
        />
        <TextInput
          label="Runs out after, in seconds"
          inputMode="numeric"
          placeholder="as the sender said it"
          {...form.field("expiresInSeconds")}
        />
        <FormEnd failure={failure} action={action} busy={authorise.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
