import type { Money } from "../api/types";

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" });
    formats.set(currency, format);
  }
  return format;
}

function digitsOf(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** "USD 125,000.00": the currency's own number of digits, never rounded. */
export function moneyText(money: Money): string {
  const digits = digitsOf(money.currency);
  return formatOf(money.currency).format(money.minor / 10 ** digits);
}

/**
 * Minor units of an amount that a person typed, or null when it is not an amount of whole minor units. Text is taken
 * apart digit by digit: through a floating point number 1.15 would become 114 cents.
 */
export function minorUnits(text: string, currency: string): number | null {
  const digits = digitsOf(currency);
  const found = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim().replace(/[,\s]/g, ""));
  if (!found) return null;
  const fraction = found[2] ?? "";
  if (fraction.length > digits) return null;
  return Number(found[1] + fraction.padEnd(digits, "0"));
}
