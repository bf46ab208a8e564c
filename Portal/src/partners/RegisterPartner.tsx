import { Button, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Partner } from "../api/types";
import { useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { FormEnd } from "../ui/FormEnd";
import { Icon } from "../ui/Icon";
import { useForm } from "../ui/useForm";

/** The button and dialog that register a partner; nothing for those who may not. */
export function RegisterPartner({ compact }: { compact?: boolean }) {
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  if (!may.registerPartner(session)) return null;
  return (
    <>
      <Button size={compact ? "xs" : "sm"} leftSection={<Icon name="plus" size={15} />} onClick={open}>
        Register partner
      </Button>
      <Modal opened={opened} onClose={close} title="Register a partner" closeButtonProps={{ "aria-label": "Close" }}>
        <PartnerForm close={close} />
      </Modal>
    </>
  );
}

function PartnerForm({ close }: { close: () => void }) {
  const ecosystem = useEcosystem();
  const rules = useRules();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ name: "", category: "", region: "", id: "" });
  const register = useMutation({
    mutationFn: (body: Record<string, string>) => post<Partner>(inside(ecosystem, "partners"), body),
    onSuccess: (partner) => {
      void client.invalidateQueries({ queryKey: ["list"] });
      notifications.show({ color: "silo", message: `${partner.name} is registered` });
      close();
      navigate(pathTo.partner(ecosystem, partner.id));
    },
    onError: (error) => setFailure(form.refuse(asProblem(error))),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const errors: Record<string, string> = {};
    if (!form.values.name.trim()) errors.name = "Give the partner a name.";
    if (!form.values.category) errors.category = "Choose what kind of partner it is.";
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    const { name, category, region, id } = form.values;
    register.mutate({
      name: name.trim(),
      category,
      ...(region.trim() ? { region: region.trim() } : {}),
      ...(id.trim() ? { id: id.trim() } : {}),
    });
  };

  const groups = rules.document?.groups ?? [];
  const categories = rules.document?.categories ?? [];
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label="Name" required data-autofocus {...form.field("name")} />
        <Select
          label="Category"
          required
          searchable
          placeholder="What kind of partner it is"
          value={form.values.category || null}
          error={form.errors.category}
          onChange={(value) => form.set("category", value ?? "")}
          data={groups.map((group) => ({
            group: group.name,
            items: categories.filter((c) => c.group === group.id).map((c) => ({ value: c.id, label: c.name })),
          }))}
        />
        <TextInput label="Region" placeholder="for example DE or us-east" {...form.field("region")} />
        <TextInput
          label="Id"
          description="Lower-case letters, digits and hyphens; chosen for you when empty."
          {...form.field("id")}
        />
        <FormEnd failure={failure} action="Register" busy={register.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
