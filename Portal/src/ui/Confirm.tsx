import { Button, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { FormEvent, ReactNode } from "react";
import { FormEnd } from "./FormEnd";

interface Props {
  /** On the button that opens the dialog, on its head and on the button that does it. */
  action: string;
  /** What follows from it. */
  children: ReactNode;
  busy: boolean;
  confirm: () => void;
  compact?: boolean;
}

/** A button for what cannot simply be undone: it asks first. */
export function Confirm({ action, children, busy, confirm, compact }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    close();
    confirm();
  };
  return (
    <>
      <Button size={compact ? "compact-sm" : "sm"} variant="default" loading={busy} onClick={open}>
        {action}
      </Button>
      <Modal opened={opened} onClose={close} title={action} closeButtonProps={{ "aria-label": "Close" }}>
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm">{children}</Text>
            <FormEnd failure={null} action={action} busy={busy} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
