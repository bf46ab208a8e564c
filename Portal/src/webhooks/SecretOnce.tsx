import { Alert, Button, CopyButton, Stack, Text, TextInput } from "@mantine/core";
import { Icon } from "../ui/Icon";

interface Props {
  secret: string;
  url: string;
  /** What to do with them, where it is not the sender who gets both. */
  advice?: string;
  close: () => void;
}

/** A secret, shown this one time with a button that copies it. */
export function SecretOnce({ secret, url, advice, close }: Props) {
  return (
    <Stack>
      <Alert color="yellow" icon={<Icon name="key" />} title="Copy the secret now">
        It is shown this once and cannot be read again. When it is lost, rotate it.
      </Alert>
      <Copied label="Secret" value={secret} />
      <Copied label="Address" value={url} />
      <Text size="sm" c="dimmed">
        {advice ?? "Enter both at the sender. Deliveries show up in the counts as soon as they arrive."}
      </Text>
      <Button onClick={close}>I have stored it</Button>
    </Stack>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  return (
    <TextInput
      label={label}
      readOnly
      value={value}
      classNames={{ input: "mono" }}
      rightSectionWidth={84}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy} aria-label={`Copy the ${label.toLowerCase()}`}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      }
    />
  );
}
