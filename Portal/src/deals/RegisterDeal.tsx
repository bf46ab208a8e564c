import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Icon } from "../ui/Icon";
import { DealForm } from "./DealForm";

interface Props {
  compact?: boolean;
  /** A plain button, where another one on the page is the main one. */
  quiet?: boolean;
  partner?: { id: string; name: string };
}

/** The button and dialog that register a deal; nothing for those who may not. */
export function RegisterDeal({ compact, quiet, partner }: Props) {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.registerDeal(session)) return null;
  return (
    <>
      <Button
        size={compact ? "xs" : "sm"}
        variant={quiet ? "default" : "filled"}
        leftSection={<Icon name="plus" size={15} />}
        onClick={open}
      >
        Register deal
      </Button>
      <Modal opened={opened} onClose={close} title="Register a deal" closeButtonProps={{ "aria-label": "Close" }}>
        <DealForm close={close} partner={partner} />
      </Modal>
    </>
  );
}
