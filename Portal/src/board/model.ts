import { phases, type Board, type Card, type Delta, type Phase } from "../api/types";

/** A card with its times as numbers, so that drawing and sorting thousands of them parse nothing. */
export type LiveCard = Card & {
  /** Those of a deal's partner; empty when the partner is not known yet. */
  readonly tier: string;
  readonly category: string;
  readonly sinceMs: number;
  readonly dueMs: number | null;
};

/** The last move of a card to another phase: drawn once as a slide and a glow. */
export interface Move {
  from: Phase;
  to: Phase;
  at: number;
}

export interface BoardState {
  /** Position in the journal that this state reflects. It only moves forward. */
  readonly version: number;
  readonly cards: ReadonlyMap<string, LiveCard>;
  readonly columns: Readonly<Record<Phase, readonly LiveCard[]>>;
  /** Cards that the server counted and did not send, per phase. */
  readonly unsent: Readonly<Record<Phase, number>>;
}

const perPhase = <T>(make: (phase: Phase) => T) =>
  Object.fromEntries(phases.map((phase) => [phase, make(phase)])) as Record<Phase, T>;

export const toLive = (card: Card): LiveCard => ({
  ...card,
  tier: card.tier ?? "",
  category: card.category ?? "",
  sinceMs: Date.parse(card.since),
  dueMs: card.dueAt ? Date.parse(card.dueAt) : null,
});

/** The order of a column: overdue first, then the longest in the phase, then the id so that the order is total. */
export function byUrgency(a: LiveCard, b: LiveCard): number {
  if (a.overdue !== b.overdue) return a.overdue ? -1 : 1;
  return a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function fromSnapshot(board: Board): BoardState {
  const cards = new Map<string, LiveCard>();
  const columns = perPhase<LiveCard[]>(() => []);
  const unsent = perPhase(() => 0);
  for (const column of board.columns) {
    for (const card of column.cards) {
      const live = toLive(card);
      cards.set(live.id, live);
      columns[column.phase].push(live);
    }
    columns[column.phase].sort(byUrgency);
    unsent[column.phase] = Math.max(0, column.count - column.cards.length);
  }
  return { version: board.version, cards, columns, unsent };
}

export interface Applied {
  state: BoardState;
  moves: ReadonlyMap<string, Move>;
  /** Ids of all cards that changed or left. */
  changed: ReadonlySet<string>;
  /** True when a delta follows a version that this board has not reached: a new snapshot is needed. */
  gap: boolean;
}

/**
 * Applies deltas in the order they came. One that ends at or before the board's version was seen already and is
 * passed over; one that starts after it stops the run, because what lies between is missing.
 */
export function applyDeltas(state: BoardState, deltas: readonly Delta[], now: number): Applied {
  const cards = new Map(state.cards);
  const moves = new Map<string, Move>();
  const changed = new Set<string>();
  let version = state.version;
  let gap = false;
  for (const delta of deltas) {
    if (delta.version <= version) continue;
    if (delta.from > version) {
      gap = true;
      break;
    }
    for (const card of delta.upserts) {
      const before = cards.get(card.id);
      if (before && before.version > card.version) continue;
      if (before && before.phase !== card.phase) moves.set(card.id, { from: before.phase, to: card.phase, at: now });
      cards.set(card.id, toLive(card));
      changed.add(card.id);
    }
    for (const id of delta.removes) {
      cards.delete(id);
      changed.add(id);
    }
    version = delta.version;
  }
  if (changed.size === 0) return { state: { ...state, version }, moves, changed, gap };
  const columns = rebuildColumns(state, cards, changed);
  return { state: { ...state, version, cards, columns }, moves, changed, gap };
}

/** Only the columns that a changed card left or entered are sorted again; the others keep their identity. */
function rebuildColumns(state: BoardState, cards: ReadonlyMap<string, LiveCard>, changed: ReadonlySet<string>) {
  const touched = new Set<Phase>();
  const entering = perPhase<LiveCard[]>(() => []);
  for (const id of changed) {
    const before = state.cards.get(id);
    const after = cards.get(id);
    if (before) touched.add(before.phase);
    if (after) {
      touched.add(after.phase);
      entering[after.phase].push(after);
    }
  }
  const columns = { ...state.columns };
  for (const phase of touched) {
    columns[phase] = [...state.columns[phase].filter((c) => !changed.has(c.id)), ...entering[phase]].sort(byUrgency);
  }
  return columns;
}
