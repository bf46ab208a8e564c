import decimals from "../../../Grains.Interfaces/Currencies.json";
import type { Money } from "../api/types";

const decimalsOf: Record<string, number> = decimals;

/** Of amounts that were stored in a currency that the table no longer has. */
const DECIMALS_DEFAULT = 2;

function digitsOf(currency: string): number {
  return decimalsOf[currency] ?? DECIMALS_DEFAULT;
}

/**
 * "USD 125,000.00": the currency's own number of digits, never rounded. The server's table says how many; a browser's
 * differs (HUF, COP), and refuses to show what it does not know.
 */
export function moneyText(money: Money): string {
  const digits = digitsOf(money.currency);
  const amount = (money.minor / 10 ** digits).toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${money.currency} ${amount}`;
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
