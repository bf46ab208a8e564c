import { Button, Center, Stack, Text, Title } from "@mantine/core";
import { Link } from "wouter";
import { useCloseSession } from "../session/session";

export function NotFound({ home }: { home: string }) {
  return (
    <Center mih="60dvh" p="md">
      <Stack align="center" gap="sm">
        <Text c="dimmed" fw={600}>404</Text>
        <Title order={1} size="h3">There is no page at this address</Title>
        <Text c="dimmed" ta="center">It may have been mistyped, or it belongs to an ecosystem that you cannot see.</Text>
        <Button component={Link} href={home} mt="sm">Go to the board</Button>
      </Stack>
    </Center>
  );
}

/** Signed in, but with access to nothing. */
export function NoEcosystem() {
  const close = useCloseSession();
  return (
    <Center mih="100dvh" p="md">
      <Stack align="center" gap="sm">
        <Title order={1} size="h3">No ecosystem is open to you</Title>
        <Text c="dimmed" ta="center">Ask the admin of your ecosystem for access, or sign in with another key.</Text>
        <Button mt="sm" onClick={() => close.mutate()}>Sign out</Button>
      </Stack>
    </Center>
  );
}
