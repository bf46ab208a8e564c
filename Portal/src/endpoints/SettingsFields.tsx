import { MultiSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import type { Endpoint } from "../api/types";
import type { useForm } from "../ui/useForm";
import { settingsOf, type Settings } from "./settings";
import { useEventTypes } from "./useEventTypes";
import { orderNames } from "./words";

const orders = Object.entries(orderNames).map(([value, label]) => ({ value, label }));

interface Props {
  form: ReturnType<typeof useForm<Settings & Record<string, string>>>;
  types: string[];
  setTypes: (types: string[]) => void;
  /** The endpoint that is edited; what it has now stands below each field that differs. */
  now?: Endpoint;
}

/** What the owner of an endpoint chooses, for a new one and for one that is there. */
export function SettingsFields({ form, types, setTypes, now }: Props) {
  const known = useEventTypes();
  const before = now ? settingsOf(now) : null;
  const wasNow = (name: keyof Settings, word: (value: string) => string = (value) => value || "nothing") =>
    before && before[name] !== form.values[name]
      ? { description: `Now: ${word(before[name])}`, inputWrapperOrder: below }
      : {};
  const typesNow = now && now.types.join() !== types.join() ? `Now: ${now.types.join(", ") || "all"}` : undefined;
  return (
    <>
      <TextInput
        label="Address"
        required
        placeholder="https://"
        data-autofocus
        {...form.field("url")}
        {...wasNow("url")}
      />
      <TextInput
        label="Description"
        placeholder="for example the customer's CRM"
        {...form.field("description")}
        {...wasNow("description")}
      />
      <MultiSelect
        label="Events"
        placeholder={types.length === 0 ? "All" : undefined}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "All events" }}
        data={[...new Set([...known, ...types])]}
        value={types}
        error={form.errors.types}
        onChange={setTypes}
        description={typesNow}
        inputWrapperOrder={below}
      />
      <Select
        label="Order"
        data={orders}
        allowDeselect={false}
        value={form.values.order}
        onChange={(value) => form.set("order", value ?? "unordered")}
        {...wasNow("order", (value) => orderNames[value as keyof typeof orderNames])}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label="At most, a second"
          inputMode="numeric"
          placeholder="as many as there are"
          {...form.field("perSecond")}
          {...wasNow("perSecond", (value) => value || "as many as there are")}
        />
        <TextInput
          label="Only of the partner"
          placeholder="id; everybody when empty"
          {...form.field("partner")}
          {...wasNow("partner", (value) => value || "everybody")}
        />
      </SimpleGrid>
    </>
  );
}

const below: ("label" | "input" | "description" | "error")[] = ["label", "input", "description", "error"];
