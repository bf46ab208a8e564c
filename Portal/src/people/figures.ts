import type { Day, Days, Measure, Series } from "../api/types";
import { unitText } from "../streams/measures";

/** One place on a chart's axis; null where nothing is known. */
export interface Figure {
  label: string;
  value: number | null;
  min: number | null;
  max: number | null;
  /** The diastolic pressure. */
  second: number | null;
  count: number;
  /** Hours by stage of sleep. */
  stages: Record<string, number> | null;
}

/** Stages of sleep from deep to awake, as they are stacked. */
export const stages = ["deep", "light", "rem", "asleep", "awake"] as const;
export type Stage = (typeof stages)[number];
export const stageNames: Record<Stage, string> = {
  deep: "Deep",
  light: "Light",
  rem: "REM",
  asleep: "Asleep",
  awake: "Awake",
};

const inHours = { unit: "hours", factor: 1 / 60 };

/** In which unit a measure is shown; the gateway's canonical one where people use no other. */
export function shownIn(measure: Measure, ucum: string): { unit: string; factor: number } {
  if (measure === "sleep") return inHours;
  if (measure === "distance") return { unit: "km", factor: 1 / 1000 };
  return { unit: unitText(ucum), factor: 1 };
}

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const figureText = (value: number | null) => (value === null ? "–" : number.format(value));

/** "7 h 25 min" of hours. */
export function hoursText(hours: number): string {
  const minutes = Math.round(hours * 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const nothing = { value: null, min: null, max: null, second: null, count: 0, stages: null };

/** A figure for each of these days, also for those of which nothing is known. */
export function figuresOfDays(days: Days, wanted: readonly string[]): Figure[] {
  const { factor } = shownIn(days.measure as Measure, days.unit);
  const known = new Map(days.days.map((day) => [day.day, day]));
  return wanted.map((label) => {
    const day = known.get(label);
    return day ? { label, ...scaled(day, factor), stages: stagesOf(day) } : { label, ...nothing };
  });
}

/** A figure for each of the 24 hours of a person's own day. */
export function figuresOfHours(days: Days, day: string): Figure[] {
  const { factor } = shownIn(days.measure as Measure, days.unit);
  const hours = days.days.find((each) => each.day === day)?.hours ?? [];
  return Array.from({ length: 24 }, (_, hour) => {
    const label = `${String(hour).padStart(2, "0")}:00`;
    const known = hours.find((each) => each.hour === hour);
    return known ? { label, ...scaled(known, factor), stages: null } : { label, ...nothing };
  });
}

/** A curve is drawn through points this far apart at most; over a longer silence nothing is claimed. */
const silenceMs = 60 * 60_000;

/** The points of a series, with a gap where it is silent; the label is the moment at which each begins. */
export function figuresOfSeries(series: Series): Figure[] {
  const { factor } = shownIn(series.measure as Measure, series.unit);
  const figures: Figure[] = [];
  let before: number | null = null;
  for (const point of series.points) {
    const at = Date.parse(point.at);
    if (before !== null && at - before > silenceMs)
      figures.push({ label: new Date((before + at) / 2).toISOString(), ...nothing });
    figures.push({ label: point.at, ...scaled(point, factor), stages: null });
    before = at;
  }
  return figures;
}

function scaled(known: Pick<Day, "value" | "min" | "max" | "count"> & { second?: number | null }, factor: number) {
  return {
    value: known.value * factor,
    min: known.min * factor,
    max: known.max * factor,
    second: known.second == null ? null : known.second * factor,
    count: known.count,
  };
}

function stagesOf(day: Day): Record<string, number> | null {
  if (!day.stages) return null;
  return Object.fromEntries(Object.entries(day.stages).map(([stage, minutes]) => [stage, minutes * inHours.factor]));
}
