import { dayMs } from "../ui/time";
import type { LiveCard } from "./model";

export type Tone = "calm" | "amber" | "red";

export interface Age {
  /** Whole days since the phase was entered. */
  days: number;
  /** Length of the time box in whole days, or null when the phase has none. */
  boxDays: number | null;
  /** Share of the time box used, 0 to 1; null without a time box. */
  share: number | null;
  tone: Tone;
}

type Timed = Pick<LiveCard, "sinceMs" | "dueMs" | "overdue">;

/** From this share of its time box on a card is amber: there is still time to act. */
const amberFrom = 0.8;

/** Overdue by the server's word or by the clock, whichever is first: the alarm may be a moment behind. */
export const isOverdue = (card: Timed, now: number) => card.overdue || (card.dueMs !== null && now >= card.dueMs);

export function ageOf(card: Timed, now: number): Age {
  const spent = Math.max(0, now - card.sinceMs);
  const days = Math.floor(spent / dayMs);
  if (card.dueMs === null) return { days, boxDays: null, share: null, tone: card.overdue ? "red" : "calm" };
  const box = card.dueMs - card.sinceMs;
  const share = box > 0 ? Math.min(1, spent / box) : 1;
  const tone = isOverdue(card, now) ? "red" : share >= amberFrom ? "amber" : "calm";
  return { days, boxDays: Math.round(box / dayMs), share, tone };
}

/** "3 of 7 days", "5 days over", "12 days" for a phase without a time box. */
export function ageText(card: Timed, now: number): string {
  const age = ageOf(card, now);
  if (age.boxDays === null) return `${age.days} ${age.days === 1 ? "day" : "days"}`;
  if (age.tone === "red" && card.dueMs !== null && now >= card.dueMs) {
    const over = Math.floor((now - card.dueMs) / dayMs);
    return over === 0 ? "over since today" : `${over} ${over === 1 ? "day" : "days"} over`;
  }
  return `${age.days} of ${age.boxDays} days`;
}

/** Median age in days with one decimal, or null of nothing. The mean of the middle two for an even count. */
export function medianDays(cards: readonly Timed[], now: number): number | null {
  if (cards.length === 0) return null;
  const ages = Float64Array.from(cards, (c) => Math.max(0, now - c.sinceMs) / dayMs).sort();
  const upper = ages[ages.length >> 1] ?? 0;
  const lower = ages[(ages.length - 1) >> 1] ?? 0;
  return Math.round(((upper + lower) / 2) * 10) / 10;
}
