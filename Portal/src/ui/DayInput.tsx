import { TextInput } from "@mantine/core";

interface Props {
  label: string;
  /** As in 2026-03-01; empty for none. */
  value: string;
  change: (day: string) => void;
  max?: string;
  min?: string;
  error?: string;
  quiet?: boolean;
}

/** A day, chosen with the browser's own calendar. */
export function DayInput({ label, value, change, quiet, ...rest }: Props) {
  return (
    <TextInput
      type="date"
      size={quiet ? "xs" : "sm"}
      label={quiet ? undefined : label}
      aria-label={quiet ? label : undefined}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      {...rest}
    />
  );
}
