import { SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { FormEnd } from "../ui/FormEnd";
import { useForm } from "../ui/useForm";
import { readStages, stagesText } from "./stages";

const texts = [
  ["dealId", "Deal id", "hubspot-{objectId}"],
  ["partner", "Partner", "id of a partner", "Who owns the deals when the event names none."],
  ["product", "Product", "id of a product"],
  ["currency", "Currency", "USD"],
  ["customerName", "Customer's name", "{dealname}"],
  ["customerDomain", "Customer's domain", "{domain}"],
  ["stageProperty", "Property of the stage", "dealstage"],
  ["amountProperty", "Property of the amount", "amount"],
  ["program", "Program", "id of a program", "Whose referrals this sender tells of."],
] as const;

/** How a sender's events become commands. After mending it, dead letters can be replayed. */
export function MappingForm({ source, close }: { source: Source; close: () => void }) {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const { mapping } = source;
  const initial: Record<string, string> = { stages: stagesText(mapping.stages) };
  for (const [name] of texts) initial[name] = mapping[name] ?? "";
  const form = useForm(initial);
  const change = useMutation({
    mutationFn: (body: unknown) => post<Source>(inside(ecosystem, "sources", source.id, "mapping"), body),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["list"] });
      notifications.show({ color: "silo", message: "The mapping is changed. Dead letters can be replayed with it." });
      close();
    },
    onError: (error) => setFailure(form.refuse(asProblem(error))),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    const { stages, error } = readStages(form.values.stages ?? "");
    if (error) return form.setErrors({ stages: error });
    const given = texts.map(([name]) => [name, form.values[name]?.trim()] as const).filter(([, value]) => value);
    change.mutate({ ...Object.fromEntries(given), ...(Object.keys(stages).length > 0 ? { stages } : {}) });
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Native event types need no mapping. Texts may hold placeholders in braces, which are filled from the event.
        </Text>
        <Textarea
          label="Stages"
          description="Their stage = ours, one a line; ours is a phase, won or lost."
          placeholder={"qualifiedtobuy = discovery\nclosedwon = won"}
          autosize
          minRows={3}
          maxRows={10}
          {...form.field("stages")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {texts.map(([name, label, example, description]) => (
            <TextInput
              key={name}
              label={label}
              description={description}
              inputWrapperOrder={["label", "input", "description", "error"]}
              placeholder={example}
              {...form.field(name)}
            />
          ))}
        </SimpleGrid>
        <FormEnd failure={failure} action="Save" busy={change.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
