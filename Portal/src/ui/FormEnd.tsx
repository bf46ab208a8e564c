import { Alert, Button, Group } from "@mantine/core";

interface FormEndProps {
  /** Why the last attempt failed, when no field of the form is to blame. */
  failure: string | null;
  /** What the button that sends the form does, such as "Save". */
  action: string;
  busy: boolean;
  onCancel: () => void;
}

/** How the form of a dialog ends: what went wrong, and its two buttons. */
export function FormEnd({ failure, action, busy, onCancel }: FormEndProps) {
  return (
    <>
      {failure ? (
        <Alert color="red" role="alert">
          {failure}
        </Alert>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          {action}
        </Button>
      </Group>
    </>
  );
}
