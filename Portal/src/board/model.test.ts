import { describe, expect, it } from "vitest";
import type { Board, Delta, PartnerCard, Phase } from "../api/types";
import { applyDeltas, fromSnapshot } from "./model";

const card = (id: string, phase: Phase, more: Partial<PartnerCard> = {}): PartnerCard => ({
  kind: "partners",
  id,
  version: 1,
  name: id,
  tier: "gold",
  category: "hospital",
  phase,
  since: "2026-01-10T00:00:00Z",
  overdue: false,
  gate: { done: 0, total: 2, next: "Sign" },
  ...more,
});

const board = (version: number, ...cards: PartnerCard[]): Board => ({
  version,
  kind: "partners",
  columns: (["discovery", "integration", "launch", "scale"] as const).map((phase) => {
    const own = cards.filter((c) => c.phase === phase);
    return { phase, count: own.length, overdue: 0, medianDays: 0, cards: own };
  }),
});

const delta = (from: number, version: number, upserts: PartnerCard[], removes: string[] = []): Delta => ({
  from,
  version,
  upserts,
  removes,
});

const ids = (cards: readonly { id: string }[]) => cards.map((c) => c.id);

describe("a board from a snapshot", () => {
  it("orders a column by overdue first, then by the longest in the phase, then by id", () => {
    const state = fromSnapshot(
      board(
        1,
        card("young", "discovery", { since: "2026-01-12T00:00:00Z" }),
        card("b-old", "discovery"),
        card("a-old", "discovery"),
        card("late", "discovery", { since: "2026-01-13T00:00:00Z", overdue: true }),
      ),
    );
    expect(ids(state.columns.discovery)).toEqual(["late", "a-old", "b-old", "young"]);
  });

  it("tells how many cards the server kept back", () => {
    const short = board(1, card("a", "launch"));
    short.columns[2]!.count = 5;
    expect(fromSnapshot(short).unsent).toEqual({ discovery: 0, integration: 0, launch: 4, scale: 0 });
  });
});

describe("deltas", () => {
  const start = fromSnapshot(board(10, card("a", "discovery"), card("b", "discovery"), card("c", "launch")));

  it("move a card to its new column and remember the move", () => {
    const { state, moves, gap } = applyDeltas(start, [delta(10, 11, [card("a", "integration", { version: 2 })])], 99);
    expect(ids(state.columns.discovery)).toEqual(["b"]);
    expect(ids(state.columns.integration)).toEqual(["a"]);
    expect(moves.get("a")).toEqual({ from: "discovery", to: "integration", at: 99 });
    expect(state.version).toBe(11);
    expect(gap).toBe(false);
  });

  it("leave columns that nothing touched as they were", () => {
    const { state } = applyDeltas(start, [delta(10, 11, [card("a", "integration")])], 0);
    expect(state.columns.launch).toBe(start.columns.launch);
    expect(state.columns.scale).toBe(start.columns.scale);
  });

  it("add and remove cards", () => {
    const { state, changed } = applyDeltas(start, [delta(10, 12, [card("d", "scale")], ["b"])], 0);
    expect(ids(state.columns.scale)).toEqual(["d"]);
    expect(ids(state.columns.discovery)).toEqual(["a"]);
    expect([...changed].sort()).toEqual(["b", "d"]);
    expect(state.cards.size).toBe(3);
  });

  it("that the board has seen already change nothing", () => {
    const { state, changed } = applyDeltas(start, [delta(8, 10, [card("a", "scale")])], 0);
    expect(changed.size).toBe(0);
    expect(state.columns).toBe(start.columns);
  });

  it("that overlap what was seen are applied", () => {
    const { state, gap } = applyDeltas(start, [delta(7, 13, [card("a", "scale", { version: 3 })])], 0);
    expect(gap).toBe(false);
    expect(state.version).toBe(13);
    expect(ids(state.columns.scale)).toEqual(["a"]);
  });

  it("after a gap are not applied, and the gap is told", () => {
    const later = [delta(10, 11, [card("a", "integration")]), delta(12, 13, [card("b", "integration")])];
    const { state, gap } = applyDeltas(start, later, 0);
    expect(gap).toBe(true);
    expect(state.version).toBe(11);
    expect(ids(state.columns.discovery)).toEqual(["b"]);
  });

  it("never take a card back to an older version", () => {
    const newer = fromSnapshot(board(10, card("a", "launch", { version: 7 })));
    const { state } = applyDeltas(newer, [delta(10, 11, [card("a", "discovery", { version: 6 })])], 0);
    expect(state.cards.get("a")?.phase).toBe("launch");
    expect(state.version).toBe(11);
  });

  it("without cards still move the version forward", () => {
    const { state } = applyDeltas(start, [delta(10, 20, [])], 0);
    expect(state.version).toBe(20);
    expect(state.cards).toBe(start.cards);
  });
});
