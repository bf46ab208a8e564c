import { SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { inside } from "../api/client";
import { asProblem } from "../api/problem";
import type { StartedTemplate, Template } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useCommand } from "../app/useCommand";
import { DayInput } from "../ui/DayInput";
import { FormEnd } from "../ui/FormEnd";
import { dayAfter, dayText, startOfDay } from "../ui/days";
import { useForm } from "../ui/useForm";
import { SecretOnce } from "../webhooks/SecretOnce";

/** A year is what a program usually runs for. */
const usualDays = 365;

/** Asks for what a template leaves open, and shows the secret of the source that it made. */
export function StartTemplate({ template, close }: { template: Template; close: () => void }) {
  const ecosystem = useEcosystem();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | null>(null);
  const today = dayText(Date.now());
  const form = useForm({
    name: template.name,
    customer: "",
    domain: "",
    partnerName: "",
    partner: "",
    starts: today,
    ends: dayAfter(today, usualDays),
    capacity: "",
  });
  const start = useCommand<StartedTemplate>({
    refused: (error) =>
      setFailure(form.refuse(asProblem(error), { "customer.name": "customer", "customer.domain": "domain" })),
  });
  if (start.data) {
    const { source, program } = start.data;
    const done = () => navigate(pathTo.program(ecosystem, program.id));
    return <SecretOnce secret={source.secret ?? ""} url={source.url} close={done} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { values } = form;
    const [partner, partnerName] = [values.partner.trim(), values.partnerName.trim()];
    const errors: Record<string, string> = {};
    if (!values.name.trim()) errors.name = "Give the program a name.";
    if (!values.customer.trim()) errors.customer = "Say for whose people it is.";
    if (!values.domain.trim()) errors.domain = "Give the customer's domain, such as northwind.com.";
    if (Boolean(partner) === Boolean(partnerName))
      errors.partnerName = "Name a new partner, or give the id of one that is there.";
    form.setErrors(errors);
    if (Object.keys(errors).length > 0) return;
    start.mutate({
      path: inside(ecosystem, "templates", template.id, "start"),
      body: {
        name: values.name.trim(),
        customer: { name: values.customer.trim(), domain: values.domain.trim() },
        starts: startOfDay(values.starts).toISOString(),
        ends: startOfDay(values.ends).toISOString(),
        ...(partner ? { partner } : { partnerName }),
        ...(values.capacity.trim() ? { capacity: Number(values.capacity) } : {}),
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput label="Name of the program" required data-autofocus {...form.field("name")} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput label="Customer" required {...form.field("customer")} />
          <TextInput label="Customer's domain" required placeholder="northwind.com" {...form.field("domain")} />
          <TextInput label="New partner" {...form.field("partnerName")} />
          <TextInput label="Or a partner's id" {...form.field("partner")} />
          <DayInput
            label="Starts"
            value={form.values.starts}
            change={(day) => form.set("starts", day)}
            error={form.errors.starts}
          />
          <DayInput
            label="Ends"
            value={form.values.ends}
            change={(day) => form.set("ends", day)}
            error={form.errors.ends}
          />
        </SimpleGrid>
        <TextInput label="Capacity" inputMode="numeric" placeholder="any number" {...form.field("capacity")} />
        <FormEnd failure={failure} action="Start" busy={start.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
