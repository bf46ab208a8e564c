import { Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { get, inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Scheme, Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { FormEnd } from "../ui/FormEnd";
import { Failure } from "../ui/States";
import { useForm } from "../ui/useForm";
import { SettingInputs, settingsIn, settingValues } from "./SettingInputs";

/** The settings of a source's scheme, once they are loaded: lists do not carry them. */
export function SettingsForm({ source, scheme, close }: { source: Source; scheme: Scheme; close: () => void }) {
  const ecosystem = useEcosystem();
  const shown = useQuery({
    queryKey: ["source", ecosystem, source.id],
    queryFn: () => get<Source>(inside(ecosystem, "sources", source.id)),
    staleTime: 0,
    gcTime: 0,
  });
  if (shown.isError) return <Failure error={shown.error} title="Not loaded" />;
  return shown.data ? <LoadedForm source={shown.data} scheme={scheme} close={close} /> : null;
}

function LoadedForm({ source, scheme, close }: { source: Source; scheme: Scheme; close: () => void }) {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const known = source.settings ?? {};
  const form = useForm(settingValues([scheme], known));
  const change = useMutation({
    mutationFn: (settings: Record<string, string>) => post<Source>(inside(ecosystem, "sources", source.id, "settings"), { settings }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["list"] });
      notifications.show({ color: "silo", message: "The settings are changed." });
      close();
    },
    onError: (error) => setFailure(form.refuse(asProblem(error))),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    change.mutate(settingsIn(scheme, form.values));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {scheme.setup}
        </Text>
        <SettingInputs scheme={scheme} form={form} known={known} />
        <FormEnd failure={failure} action="Save" busy={change.isPending} onCancel={close} />
      </Stack>
    </form>
  );
}
