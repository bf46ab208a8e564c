import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Person } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { useForm } from "../ui/useForm";

/** The button and dialog that register a person; nothing for those who may not. */
export function RegisterPerson({ compact }: { compact?: boolean }) {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.register(session)) return null;
  return (
    <>
      <Button size={compact ? "xs" : "sm"} leftSection={<Icon name="plus" size={15} />} onClick={open}>
        Register person
      </Button>
      <Modal opened={opened} onClose={close} title="Register a person" closeButtonProps={{ "aria-label": "Close" }}>
        <PersonForm close={close} />
      </Modal>
    </>
  );
}

function PersonForm({ close }: { close: () => void }) {
  const ecosystem = useEcosystem();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ id: "", name: "", contact: "", partner: "" });
  const register = useMutation({
    mutationFn: (body: Record<string, string>) => post<Person>(inside(ecosystem, "people"), body),
    onSuccess: (person) => navigate(pathTo.person(ecosystem, person.id)),
    onError: (error) => setFailure(form.refuse(asProblem(error))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const given = Object.entries(form.values).map(([name, value]) => [name, value.trim()] as const);
    register.mutate(Object.fromEntries(given.filter(([, value]) => value)));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Id"
          description="A name of your choice that does not say who it is; made for you when empty."
          data-autofocus
          {...form.field("id")}
        />
        <TextInput
          label="Name"
          description="Stored under a key of the person's own."
          autoComplete="off"
          {...form.field("name")}
        />
        <TextInput
          label="Contact"
          placeholder="e-mail address or telephone number"
          autoComplete="off"
          {...form.field("contact")}
        />
        <TextInput
          label="Partner's id"
          description="The partner to whom the person's use is attributed."
          {...form.field("partner")}
        />
        <FormEnd failure={failure} action="Register" busy={register.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
