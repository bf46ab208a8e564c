import { describe, expect, it } from "vitest";
import type { LiveCard } from "./model";
import { isFiltering, matcher, noFilter, readFilter, writeFilter } from "./filter";

const card = (more: Partial<LiveCard>): LiveCard =>
  ({
    kind: "partners",
    id: "p-1",
    name: "Harbor Health",
    tier: "gold",
    category: "hospital",
    overdue: false,
    sinceMs: 0,
    dueMs: 1_000,
    ...more,
  }) as LiveCard;

describe("the filter in the address", () => {
  it("survives being written and read", () => {
    const filter = { tiers: ["gold", "silver"], categories: ["app-software"], text: "north & süd", overdue: true };
    expect(readFilter(writeFilter("", filter))).toEqual(filter);
  });

  it("leaves the rest of the query alone", () => {
    expect(writeFilter("view=table&tier=old&q=x", { ...noFilter, tiers: ["gold"] })).toBe("view=table&tier=gold");
  });

  it("writes nothing for no filter", () => {
    expect(writeFilter("tier=gold&overdue=true&q=a&category=bank", noFilter)).toBe("");
  });

  it("reads each value once and passes over empty ones", () => {
    expect(readFilter("?tier=gold&tier=gold&tier=&overdue=yes")).toEqual({ ...noFilter, tiers: ["gold"] });
  });
});

describe("matching", () => {
  it("holds all chips, and of several tiers any one", () => {
    const matches = matcher({ ...noFilter, tiers: ["gold", "silver"], categories: ["hospital"] }, 0);
    expect(matches(card({}))).toBe(true);
    expect(matches(card({ tier: "platinum" }))).toBe(false);
    expect(matches(card({ category: "bank" }))).toBe(false);
  });

  it("finds text in name and id in any case", () => {
    expect(matcher({ ...noFilter, text: " harbor" }, 0)(card({}))).toBe(true);
    expect(matcher({ ...noFilter, text: "P-1" }, 0)(card({}))).toBe(true);
    expect(matcher({ ...noFilter, text: "cedar" }, 0)(card({}))).toBe(false);
  });

  it("finds a deal by its partner", () => {
    const deal = card({ kind: "deals", name: "City Hospital", partner: "p-9", partnerName: "Cedar Labs" } as Partial<LiveCard>);
    expect(matcher({ ...noFilter, text: "cedar" }, 0)(deal)).toBe(true);
  });

  it("counts a card as overdue from the moment its time box ends", () => {
    const filter = { ...noFilter, overdue: true };
    expect(matcher(filter, 999)(card({}))).toBe(false);
    expect(matcher(filter, 1_000)(card({}))).toBe(true);
    expect(matcher(filter, 0)(card({ overdue: true }))).toBe(true);
  });

  it("does not count blank text as a filter", () => {
    expect(isFiltering({ ...noFilter, text: "  " })).toBe(false);
    expect(isFiltering({ ...noFilter, overdue: true })).toBe(true);
  });
});
