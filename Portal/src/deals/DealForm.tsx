import { Autocomplete, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Deal } from "../api/types";
import { useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useSession } from "../session/session";
import { FormEnd } from "../ui/FormEnd";
import { useForm } from "../ui/useForm";
import { dealBody, type DealDraft } from "./dealBody";
import { PartnerPicker } from "./PartnerPicker";

/** Where the server's names of fields differ from this form's. */
const serverNames = {
  "customer.name": "customer",
  "customer.domain": "domain",
  "amount.minor": "amount",
  "amount.currency": "amount",
} as const;

export function DealForm({ close, partner }: { close: () => void; partner?: { id: string; name: string } }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const rules = useRules();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [failure, setFailure] = useState<string | null>(null);
  const fixed = partner?.id ?? (session.role === "partner" ? (session.partner ?? undefined) : undefined);
  const form = useForm<DealDraft>({ partner: fixed ?? "", customer: "", domain: "", product: "", amount: "" });
  const currency = rules.document?.currency ?? "USD";
  const register = useMutation({
    mutationFn: (body: unknown) => post<Deal>(inside(ecosystem, "deals"), body),
    onSuccess: (deal) => {
      void client.invalidateQueries({ queryKey: ["list"] });
      notifications.show({ color: "silo", message: `The deal with ${deal.customer.name} is registered` });
      close();
      navigate(pathTo.deal(ecosystem, deal.id));
    },
    onError: (error) => setFailure(form.refuse(asProblem(error), serverNames)),
  });

  const products = rules.document?.products ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const named = products.find((p) => p.name === form.values.product);
    const { body, errors } = dealBody({ ...form.values, product: named?.id ?? form.values.product }, currency);
    form.setErrors(errors);
    if (body) register.mutate(body);
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {fixed ? null : (
          <PartnerPicker
            value={form.values.partner}
            error={form.errors.partner}
            change={(id) => form.set("partner", id)}
          />
        )}
        <TextInput label="Customer" required data-autofocus {...form.field("customer")} />
        <TextInput
          label="Customer's domain"
          required
          description="Tells customers apart: one partner is protected for a domain and product."
          placeholder="example.com"
          {...form.field("domain")}
        />
        <Autocomplete
          label="Product"
          required
          data={products.map((p) => p.name)}
          value={form.values.product}
          error={form.errors.product}
          onChange={(value) => form.set("product", value)}
        />
        <TextInput label={`Amount in ${currency}`} inputMode="decimal" placeholder="125000.00" {...form.field("amount")} />
        <FormEnd failure={failure} action="Register" busy={register.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
