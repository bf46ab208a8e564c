import { expect, test } from "vitest";
import type { Days, Series } from "../api/types";
import { figuresOfDays, figuresOfHours, figuresOfSeries, hoursText } from "./figures";

const day = (of: Partial<Days["days"][number]>) => ({
  day: "2026-03-02",
  value: 0,
  min: 0,
  max: 0,
  count: 1,
  hours: [],
  sources: [],
  ...of,
});
const days = (measure: Days["measure"], unit: string, ...all: ReturnType<typeof day>[]): Days => ({
  measure,
  unit,
  label: "",
  adds: true,
  days: all,
});

test("a day of which nothing is known is a gap and no zero", () => {
  const figures = figuresOfDays(days("steps", "{steps}", day({ value: 8000 })), ["2026-03-01", "2026-03-02"]);
  expect(figures.map((figure) => figure.value)).toEqual([null, 8000]);
});

test("sleep is shown in hours, with its stages", () => {
  const [figure] = figuresOfDays(days("sleep", "min", day({ value: 450, stages: { deep: 90, awake: 12 } })), [
    "2026-03-02",
  ]);
  expect(figure).toMatchObject({ value: 7.5, stages: { deep: 1.5, awake: 0.2 } });
});

test("a day has 24 hours, known or not", () => {
  const known = day({ hours: [{ hour: 7, value: 900, min: 900, max: 900, count: 1 }] });
  const figures = figuresOfHours(days("steps", "{steps}", known), "2026-03-02");
  expect(figures).toHaveLength(24);
  expect(figures[7]).toMatchObject({ label: "07:00", value: 900 });
  expect(figures[8]?.value).toBeNull();
});

test("times asleep read as people say them", () => {
  expect(hoursText(7.4167)).toBe("7 h 25 min");
  expect(hoursText(0.5)).toBe("30 min");
});

test("a curve has a gap where nothing came for more than an hour", () => {
  const point = (time: string) => ({ at: `2026-03-02T${time}:00Z`, value: 60, min: 58, max: 62, count: 2 });
  const series: Series = {
    measure: "heart-rate",
    label: "Heart rate",
    unit: "/min",
    adds: false,
    from: "2026-03-02T00:00:00Z",
    to: "2026-03-03T00:00:00Z",
    resolutionSeconds: 300,
    points: [point("08:00"), point("08:30"), point("10:00")],
  };
  expect(figuresOfSeries(series).map((figure) => figure.value)).toEqual([60, 60, null, 60]);
});
