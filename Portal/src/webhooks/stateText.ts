/** Equal as JSON: the gateway writes the members of the same kind of state in the same order. */
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const isMissing = (value: unknown) => value === undefined || value === null;

const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

/** Both sides of a difference as text, null for nothing. Of a list only the entries that the other lacks stand. */
export function sidesOf(before: unknown, after: unknown): [before: string | null, after: string | null] {
  if (Array.isArray(before) && Array.isArray(after)) {
    return [entriesText(before, after), entriesText(after, before)];
  }
  return [isMissing(before) ? null : text(before), isMissing(after) ? null : text(after)];
}

/** The same entries in another order differ too; then there is nothing but the whole list to show. */
function entriesText(mine: unknown[], others: unknown[]): string | null {
  const own = mine.filter((entry) => !others.some((other) => same(entry, other)));
  const isReordered = own.length === 0 && mine.length === others.length && !same(mine, others);
  const shown = isReordered ? mine : own;
  return shown.length === 0 ? null : shown.map(text).join("\n");
}
