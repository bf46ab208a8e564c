import { dayAfter, dayText, startOfDay } from "../ui/days";

/** A year is what a program usually runs for. */
const usualDays = 365;

/** What every new program is asked for, from a template or without one. */
export function newDraft(name: string) {
  const today = dayText(Date.now());
  return { name, customer: "", domain: "", starts: today, ends: dayAfter(today, usualDays), capacity: "" };
}

export type Draft = ReturnType<typeof newDraft>;

/** Where the server's names of fields differ from the forms'. */
export const serverNames = {
  "customer.name": "customer",
  "customer.domain": "domain",
  "eligibility.text": "rule",
  "eligibility.emailDomain": "emailDomain",
  "eligibility.ageMin": "ageMin",
  "goals.daily": "steps",
  "goals.activePercent": "activePercent",
} as const;

/** The body that the gateway takes, or what is wrong with which field. */
export function readDraft(values: Draft) {
  const errors: Record<string, string> = {};
  const [name, customer, domain] = [values.name.trim(), values.customer.trim(), values.domain.trim()];
  if (!name) errors.name = "Give the program a name.";
  if (!customer) errors.customer = "Say for whose people it is.";
  if (!domain) errors.domain = "Give the customer's domain, such as northwind.com.";
  if (!values.starts) errors.starts = "Say when it starts.";
  if (!values.ends) errors.ends = "Say when it ends.";
  const capacity = readWhole(values.capacity, "capacity", errors);
  const body = {
    name,
    customer: { name: customer, domain },
    starts: startOfDay(values.starts).toISOString(),
    ends: startOfDay(values.ends).toISOString(),
    ...(capacity ? { capacity } : {}),
  };
  return { body, errors };
}

/** A number that may be left out; what is no whole number above zero is an error at its field. */
export function readWhole(text: string, field: string, errors: Record<string, string>): number | undefined {
  if (!text.trim()) return undefined;
  if (/^[1-9]\d*$/.test(text.trim())) return Number(text);
  errors[field] = "Give a whole number.";
  return undefined;
}
