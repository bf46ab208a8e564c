import type { Measure, PastFetch } from "../api/types";

export interface MeasureProgress {
  measure: NonNullable<Measure>;
  /** 0 to 1 of the time between the beginning and now. */
  share: number;
  /** Everything after it was fetched. */
  reached: string;
  from: string;
  /** Why the way ended too early, in the gateway's code; null while it did not. */
  broken: string | null;
}

/** How far the past of each measure was fetched: as far as the resource that holds it and is least far. */
export function pastProgress(past: readonly PastFetch[], now: number): MeasureProgress[] {
  const byMeasure = new Map<string, MeasureProgress>();
  for (const way of past) {
    const [from, reached] = [Date.parse(way.from), Date.parse(way.reached)];
    const share = now > from ? Math.min(1, Math.max(0, (now - reached) / (now - from))) : 1;
    for (const measure of way.measures) {
      if (!measure) continue;
      const known = byMeasure.get(measure);
      const isLeast = !known || share < known.share;
      byMeasure.set(measure, {
        ...(isLeast ? { measure, share, reached: way.reached, from: way.from } : known),
        broken: known?.broken ?? way.broken ?? null,
      });
    }
  }
  return [...byMeasure.values()];
}
