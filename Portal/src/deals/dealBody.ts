import { minorUnits } from "../ui/money";

export type DealDraft = Record<"partner" | "customer" | "domain" | "product" | "amount", string>;

interface Checked {
  /** Null when something is wrong with the draft. */
  body: unknown;
  errors: Record<string, string>;
}

/** The request that a draft makes, or what is wrong with each field of it. */
export function dealBody(draft: DealDraft, currency: string): Checked {
  const errors: Record<string, string> = {};
  const text = (name: keyof DealDraft) => draft[name].trim();
  if (!text("partner")) errors.partner = "Choose the partner who brings the deal.";
  if (!text("customer")) errors.customer = "Give the customer's name.";
  if (!/^[^\s/@:]+\.[^\s/@:.]{2,}$/.test(text("domain"))) errors.domain = "Give a domain such as example.com.";
  if (!text("product")) errors.product = "Choose the product.";
  const minor = text("amount") === "" ? null : minorUnits(text("amount"), currency);
  if (text("amount") !== "" && minor === null) errors.amount = "Give an amount such as 125000 or 125000.50.";
  if (Object.keys(errors).length > 0) return { body: null, errors };
  return {
    body: {
      partner: text("partner"),
      customer: { name: text("customer"), domain: text("domain") },
      product: text("product"),
      ...(minor === null ? {} : { amount: { minor, currency } }),
    },
    errors,
  };
}
