import type { Measure, Person } from "../api/types";

type Ordered = Pick<Person, "streams" | "preferences">;

const preferenceOf = (person: Ordered, measure: Measure | null) =>
  person.preferences.find((order) => (order.measure ?? null) === measure)?.sources as string[] | undefined;

export const hasOwnOrder = (person: Ordered, measure: Measure) => preferenceOf(person, measure) !== undefined;

/**
 * The sources that count for a measure, the first one first: by its own order or the one for all, and then those that
 * no order names, as they were connected.
 */
export function orderFor(person: Ordered, measure: Measure | null): string[] {
  const connected = person.streams.map((stream) => stream.source);
  const preferred = (preferenceOf(person, measure) ?? preferenceOf(person, null) ?? []).filter((source) =>
    connected.includes(source),
  );
  return [...preferred, ...connected.filter((source) => !preferred.includes(source))];
}

/** The same sources with one of them a place further up (-1) or down (1). */
export function moved(order: readonly string[], source: string, by: -1 | 1): string[] {
  const at = order.indexOf(source);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return [...order];
  return order.with(at, order[to]!).with(to, source);
}
