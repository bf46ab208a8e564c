import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useEffect, type FormEvent } from "react";
import { asProblem } from "../api/problem";
import type { Deal } from "../api/types";
import { minorUnits, moneyText } from "../ui/money";
import { useForm } from "../ui/useForm";
import type { OfferedAction } from "./actions";

interface Props {
  deal: Deal;
  action: OfferedAction | null;
  busy: boolean;
  error: unknown;
  close: () => void;
  confirm: (body: unknown) => void;
}

/** Asks for what an action needs before it is done: a reason, or the changed amount. */
export function ActionDialog({ action, close, ...rest }: Props) {
  return (
    <Modal opened={action !== null} onClose={close} title={action?.label} closeButtonProps={{ "aria-label": "Close" }}>
      {action ? <ActionForm key={action.action} action={action} close={close} {...rest} /> : null}
    </Modal>
  );
}

function ActionForm({ deal, action, busy, error, close, confirm }: Props & { action: OfferedAction }) {
  const form = useForm({ reason: "", amount: "", note: "" });
  const currency = deal.amount?.currency ?? "USD";
  const { refuse } = form;
  useEffect(() => {
    if (error) refuse(asProblem(error), { "amount.minor": "amount" });
    // The refusal is placed once when it arrives; typing afterwards takes it away.
  }, [error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const reason = form.values.reason.trim();
    if (action.asks === "amount") {
      const text = form.values.amount.trim();
      const minor = text === "" ? null : minorUnits(text, currency);
      if (text !== "" && minor === null) return form.setErrors({ amount: "Give an amount such as 125000 or 125000.50." });
      const note = form.values.note.trim();
      return confirm({ ...(minor === null ? {} : { amount: { minor, currency } }), ...(note ? { note } : {}) });
    }
    if (action.asks === "reason" && !reason) return form.setErrors({ reason: "Say why, so that the partner can act on it." });
    confirm(reason ? { reason } : {});
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {action.asks === "amount" ? (
          <>
            {deal.reason ? <Text size="sm">Returned because: {deal.reason}</Text> : null}
            <TextInput
              label={`Amount in ${currency}`}
              description={deal.amount ? `Now ${moneyText(deal.amount)}; leave empty to keep it.` : undefined}
              inputMode="decimal"
              data-autofocus
              {...form.field("amount")}
            />
            <Textarea label="Note" autosize minRows={2} {...form.field("note")} />
          </>
        ) : (
          <Textarea
            label="Reason"
            required={action.asks === "reason"}
            autosize
            minRows={3}
            data-autofocus
            {...form.field("reason")}
          />
        )}
        {error && Object.keys(form.errors).length === 0 ? (
          <Alert color="red" role="alert">
            {asProblem(error).message}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {action.label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
