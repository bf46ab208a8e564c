import { PasswordInput, TextInput } from "@mantine/core";
import type { Scheme } from "../api/types";

interface SettingsForm {
  values: Record<string, string>;
  field: (name: string, label?: string) => object;
}

/** In a form's values, and in refusals, a setting stands under this name. */
const fieldOf = (name: string) => `settings.${name}`;

/** One input for each setting of a scheme, with what it is for. */
export function SettingInputs({ scheme, form, known }: { scheme: Scheme; form: SettingsForm; known?: Record<string, string> }) {
  return scheme.settings.map(({ name, label, help, isSecret }) => {
    const Input = isSecret ? PasswordInput : TextInput;
    const kept = isSecret && known?.[name] ? ` Set (${known[name]}); stays as it is when empty.` : "";
    return <Input key={name} label={label} description={help + kept} autoComplete="off" {...form.field(fieldOf(name))} />;
  });
}

/** The empty or known values of all settings, for a form to begin with. */
export function settingValues(schemes: Scheme[], known: Record<string, string> = {}): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, isSecret } of schemes.flatMap((scheme) => scheme.settings))
    values[fieldOf(name)] = isSecret ? "" : (known[name] ?? "");
  return values;
}

/** What was filled in, as the gateway takes it. */
export function settingsIn(scheme: Scheme | undefined, values: Record<string, string>): Record<string, string> {
  const given = (scheme?.settings ?? []).map(({ name }) => [name, (values[fieldOf(name)] ?? "").trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value));
}
