import { expect, it } from "vitest";
import type { Rules } from "../app/blueprint";
import type { LiveCard } from "./model";
import { sorted, tableColumns } from "./tableColumns";

const rules: Rules = {
  document: null,
  categoryName: (id) => id,
  tierName: (id) => id,
  tierRank: (id) => ({ diamond: 1, gold: 3, silver: 4 })[id] ?? 99,
  productName: (id) => id,
};

const card = (id: string, name: string, tier: string, sinceMs: number) =>
  ({ kind: "partners", id, name, tier, phase: "discovery", sinceMs, gate: { done: 0, total: 0 } }) as unknown as LiveCard;

const cards = [card("1", "beta", "silver", 300), card("2", "Alpha", "diamond", 100), card("3", "gamma", "gold", 200)];
const order = (column: string, descending = false) =>
  sorted(cards, tableColumns("partners", rules), { column, descending }, 1_000_000_000).map((c) => c.id);

it("sorts names without regard to case", () => {
  expect(order("name")).toEqual(["2", "1", "3"]);
  expect(order("name", true)).toEqual(["3", "1", "2"]);
});

it("sorts tiers by rank and not by name", () => {
  expect(order("tier")).toEqual(["2", "3", "1"]);
});

it("keeps the board's order until a column is chosen", () => {
  expect(order("")).toEqual(["1", "2", "3"]);
});
