import { Alert, Button, Divider, Group, Paper, PasswordInput, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { asProblem, type Problem } from "../api/problem";
import type { Role } from "../api/types";
import { Logo } from "../ui/Logo";
import { developmentSignIn } from "./development";
import { roleNames } from "./roles";
import { useOpenSession } from "./session";
import classes from "./SignIn.module.css";

function explain(problem: Problem): string {
  if (problem.status === 401) return "This key is not valid. It may have been revoked or mistyped.";
  return problem.message;
}

/** Signs in with an API key; a gateway in development offers roles with one click as well. */
export function SignIn({ failure }: { failure?: Problem | null }) {
  const [key, setKey] = useState("");
  const open = useOpenSession();
  const problem = open.error ? asProblem(open.error) : failure;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim()) open.mutate({ key: key.trim() });
  };

  return (
    <main className={classes.page}>
      <Paper className={classes.card} withBorder radius="lg" p="xl">
        <Stack gap="lg">
          <Group gap="sm">
            <Logo size={36} />
            <Title order={1} size="h3">
              Sign in to EcosystemSilo
            </Title>
          </Group>
          <form onSubmit={submit}>
            <Stack gap="md">
              <PasswordInput
                label="API key"
                description="The key you were given for your ecosystem. It is exchanged for a session and not stored."
                value={key}
                onChange={(event) => setKey(event.currentTarget.value)}
                autoComplete="off"
                name="key"
                data-autofocus
                autoFocus
              />
              {problem ? (
                <Alert color="red" role="alert" title="Not signed in">
                  {explain(problem)} <Text span size="xs" className="mono">{problem.code}</Text>
                </Alert>
              ) : null}
              <Button type="submit" loading={open.isPending && "key" in open.variables} disabled={!key.trim()} fullWidth>
                Sign in
              </Button>
            </Stack>
          </form>
          <DevelopmentRoles busy={open.isPending} onPick={(pick) => open.mutate(pick)} />
        </Stack>
      </Paper>
    </main>
  );
}

interface Pick {
  role: Role;
  ecosystem: string;
  partner?: string;
}

const offered: Role[] = ["ecosystem-admin", "partner-manager", "integration", "viewer"];

function DevelopmentRoles({ busy, onPick }: { busy: boolean; onPick: (pick: Pick) => void }) {
  const [ecosystem, setEcosystem] = useState("*");
  const [partner, setPartner] = useState("");
  const available = useQuery({ queryKey: ["development"], queryFn: developmentSignIn, staleTime: Infinity, retry: false });
  if (!available.data) return null;
  return (
    <Stack gap="sm">
      <Divider label="Development only" />
      <Select
        label="Ecosystem"
        value={ecosystem}
        onChange={(value) => setEcosystem(value ?? "*")}
        data={[
          { value: "*", label: "All ecosystems" },
          { value: "purposeful-live", label: "Purposeful Live Coaching" },
          { value: "acme", label: "Acme Solutions" },
        ]}
        allowDeselect={false}
      />
      <div className={classes.roles}>
        {offered.map((role) => (
          <Button key={role} variant="default" disabled={busy} onClick={() => onPick({ role, ecosystem })}>
            {roleNames[role]}
          </Button>
        ))}
      </div>
      <Group gap="xs" align="end" wrap="nowrap">
        <TextInput
          className={classes.grow}
          label="As a partner"
          description={ecosystem === "*" ? "A partner belongs to one ecosystem: choose it above." : undefined}
          placeholder="partner id"
          value={partner}
          onChange={(event) => setPartner(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={busy || ecosystem === "*" || !partner.trim()}
          onClick={() => onPick({ role: "partner", ecosystem, partner: partner.trim() })}
        >
          Partner
        </Button>
      </Group>
    </Stack>
  );
}
