import { ActionIcon, CopyButton, Group, Tooltip } from "@mantine/core";
import { Icon } from "./Icon";

/** An id in fixed-width type with a button that copies it. */
export function CopyId({ value, label = "id", shown }: { value: string; label?: string; shown?: string }) {
  return (
    <Group gap={2} wrap="nowrap" component="span" className="copy-id">
      <span className="mono">{shown ?? value}</span>
      <CopyButton value={value} timeout={1500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? "Copied" : `Copy ${label}`} withArrow>
            <ActionIcon size={24} variant="subtle" color="gray" onClick={copy} aria-label={copied ? "Copied" : `Copy ${label}`}>
              <Icon name={copied ? "check" : "copy"} size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
