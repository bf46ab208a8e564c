import type { LiveCard } from "./model";
import { isOverdue } from "./age";

/** What of the board is shown. Kept in the address, so that a view can be shared. */
export interface BoardFilter {
  tiers: readonly string[];
  categories: readonly string[];
  text: string;
  overdue: boolean;
}

export const noFilter: BoardFilter = { tiers: [], categories: [], text: "", overdue: false };

export function readFilter(search: string): BoardFilter {
  const query = new URLSearchParams(search);
  const many = (name: string) => [...new Set(query.getAll(name).filter(Boolean))];
  return {
    tiers: many("tier"),
    categories: many("category"),
    text: query.get("q") ?? "",
    overdue: query.get("overdue") === "true",
  };
}

/** The query with this filter in it; what else is in the query stays. Defaults are left out. */
export function writeFilter(search: string, filter: BoardFilter): string {
  const query = new URLSearchParams(search);
  for (const name of ["tier", "category", "q", "overdue"]) query.delete(name);
  for (const tier of filter.tiers) query.append("tier", tier);
  for (const category of filter.categories) query.append("category", category);
  if (filter.text) query.set("q", filter.text);
  if (filter.overdue) query.set("overdue", "true");
  return query.toString();
}

export const isFiltering = (filter: BoardFilter) =>
  filter.tiers.length > 0 || filter.categories.length > 0 || filter.text.trim() !== "" || filter.overdue;

/** A test for one card: all chips must hold; of several tiers or categories any one suffices. */
export function matcher(filter: BoardFilter, now: number): (card: LiveCard) => boolean {
  const tiers = new Set(filter.tiers);
  const categories = new Set(filter.categories);
  const text = filter.text.trim().toLowerCase();
  return (card) => {
    if (tiers.size > 0 && !tiers.has(card.tier)) return false;
    if (categories.size > 0 && !categories.has(card.category)) return false;
    if (filter.overdue && !isOverdue(card, now)) return false;
    if (text === "") return true;
    if (card.name.toLowerCase().includes(text) || card.id.toLowerCase().includes(text)) return true;
    return card.kind === "deals" && (card.partnerName ?? card.partner).toLowerCase().includes(text);
  };
}
