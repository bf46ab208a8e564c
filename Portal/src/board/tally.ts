import type { Phase } from "../api/types";
import { ageOf, type Tone } from "./age";
import type { LiveCard } from "./model";

export type Tally = { phase: Phase } & Record<Tone, number>;

export const toneLabels: Record<Tone, string> = { calm: "In time", amber: "Due soon", red: "Overdue" };

/** Cards of each phase by how much of their time box is used. */
export function tally(columns: readonly { phase: Phase; cards: readonly LiveCard[] }[], now: number): Tally[] {
  return columns.map(({ phase, cards }) => {
    const count: Record<Tone, number> = { calm: 0, amber: 0, red: 0 };
    for (const card of cards) count[ageOf(card, now).tone]++;
    return { phase, ...count };
  });
}
