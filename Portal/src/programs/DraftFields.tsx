import { SimpleGrid, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { DayInput } from "../ui/DayInput";
import type { useForm } from "../ui/useForm";
import type { Draft } from "./draft";

interface Props {
  form: Pick<ReturnType<typeof useForm<Draft & Record<string, string>>>, "values" | "errors" | "field" | "set">;
  /** Who runs it, which is asked for in different ways. */
  children: ReactNode;
}

/** What every new program is asked for. */
export function DraftFields({ form, children }: Props) {
  const day = (name: "starts" | "ends", label: string) => (
    <DayInput
      label={label}
      value={form.values[name]}
      change={(value) => form.set(name, value)}
      error={form.errors[name]}
    />
  );
  return (
    <>
      <TextInput label="Name of the program" required data-autofocus {...form.field("name")} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label="Customer" required {...form.field("customer")} />
        <TextInput label="Customer's domain" required placeholder="northwind.com" {...form.field("domain")} />
        {children}
        {day("starts", "Starts")}
        {day("ends", "Ends")}
      </SimpleGrid>
      <TextInput label="Capacity" inputMode="numeric" placeholder="any number" {...form.field("capacity")} />
    </>
  );
}
