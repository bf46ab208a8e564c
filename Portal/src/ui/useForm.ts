import { useState } from "react";
import type { Problem } from "../api/problem";

/** The texts of a form and what is wrong with each; a field's error goes as soon as it is edited. */
export function useForm<T extends Record<string, string>>(initial: T) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});

  const field = (name: keyof T & string, label = name as string) => ({
    name: label,
    value: values[name] ?? "",
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  });

  const set = (name: keyof T & string, value: string) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors(({ [name]: _, ...others }) => others);
  };

  /** Shows the server's refusal at its fields. Returns what belongs to no field of this form. */
  const refuse = (problem: Problem, names: Record<string, keyof T & string> = {}): string | null => {
    const byField = problem.byField();
    const here: Record<string, string> = {};
    let rest: string | null = null;
    for (const [serverName, message] of Object.entries(byField)) {
      const name = names[serverName] ?? serverName;
      if (name in values) here[name] = message;
      else rest = message;
    }
    setErrors(here);
    return Object.keys(here).length === 0 ? (rest ?? problem.message) : rest;
  };

  const reset = (next: T = initial) => {
    setValues(next);
    setErrors({});
  };

  return { values, errors, field, set, setErrors, refuse, reset };
}
