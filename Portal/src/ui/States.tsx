import { Alert, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem";
import { CopyId } from "./CopyId";
import { Icon } from "./Icon";
import type { IconName } from "./iconPaths";

/** Rows in the shape of what is coming, so that nothing jumps when it arrives. */
export function LoadingRows({ rows = 8, height = 40 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={8} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={height} radius="sm" />
      ))}
    </Stack>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** What this is, and the one button to begin. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" className="empty">
      <div className="empty-icon">
        <Icon name={icon} size={26} />
      </div>
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" ta="center" maw={440} size="sm">
        {children}
      </Text>
      {action ? <div className="empty-action">{action}</div> : null}
    </Stack>
  );
}

/** What happened, its code, and a way to try again. */
export function Failure({ error, retry, title = "This could not be loaded" }: FailureProps) {
  const problem = asProblem(error);
  return (
    <Alert color="red" variant="light" icon={<Icon name="alert" />} title={title} role="alert">
      <Stack gap="sm">
        <Text size="sm">{problem.message}</Text>
        <Group gap="md">
          {retry ? (
            <Button size="xs" variant="default" leftSection={<Icon name="refresh" size={14} />} onClick={retry}>
              Try again
            </Button>
          ) : null}
          <CopyId value={problem.code} label="code" />
          {problem.correlation ? <CopyId value={problem.correlation} label="correlation id" /> : null}
        </Group>
      </Stack>
    </Alert>
  );
}

interface FailureProps {
  error: unknown;
  retry?: () => void;
  title?: string;
}
