import { describe, expect, it } from "vitest";
import type { OutcomeFigures, Outcomes } from "../api/types";
import { bars, columns, tiles } from "./figures";

const shown = (value: number) => ({ value, withheld: false });
const withheld = { value: null, withheld: true };

const figures: OutcomeFigures = {
  people: shown(120),
  active: shown(72),
  steps: shown(7120),
  stepsChange: shown(-3),
  sleep: shown(405),
  sleepChange: withheld,
  goals: [{ measure: "steps", reached: withheld }],
};

const outcomes: Outcomes = {
  from: "2026-03-02",
  to: "2026-03-15",
  smallestCell: 11,
  computedAt: "2026-03-16T08:00:00Z",
  total: figures,
  weeks: [
    { from: "2026-03-02", figures },
    { from: "2026-03-09", figures: { ...figures, active: withheld } },
  ],
  retention: [{ after: 4, active: shown(81) }],
};

describe("outcomes", () => {
  it("says figures with their change, and withheld ones in words", () => {
    const said = tiles(outcomes, { daily: {}, activePercent: 60 });
    expect(said.map(({ label, value, note }) => `${label}: ${value}, ${note}`)).toEqual([
      "People: 120, in the last week",
      "Active: 72 %, goal: 60 %",
      "Steps a day: 7,120, −3 % against people's first two weeks",
      "Asleep a day: 6 h 45 min, ",
      "Steps goal reached: Withheld, would tell of fewer than 11 people",
      "Active after 4 weeks: 81 %, of those active in the first",
    ]);
  });

  it("has no bar for what is withheld, and a word in the table", () => {
    expect(bars(outcomes, (f) => f.active).map((bar) => bar.value)).toEqual([72, null]);
    const [, active] = columns(outcomes);
    expect(outcomes.weeks.map((week) => active?.[1](week.figures))).toEqual(["72 %", "withheld"]);
  });
});
