import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { Icon } from "./Icon";

/** How long typing rests before the list is asked again. */
const restMs = 250;

export function SearchInput({ value, change, label }: { value: string; change: (v: string) => void; label: string }) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  useEffect(() => {
    if (draft === value) return;
    const timer = window.setTimeout(() => change(draft), restMs);
    return () => window.clearTimeout(timer);
  }, [draft, value, change]);
  return (
    <TextInput
      size="xs"
      w={200}
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={14} />}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
    />
  );
}
