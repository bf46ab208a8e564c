import type { Measure, OutcomeFigure, OutcomeFigures, Outcomes, Program } from "../api/types";
import { hoursText, type Figure } from "../people/figures";
import { measureNames } from "../streams/measures";

/** A figure in words, or that it is withheld. */
export interface Said {
  label: string;
  value: string;
  /** A goal, or the change from people's first weeks. */
  note: string;
}

type Column = [title: string, cell: (figures: OutcomeFigures) => string];

const count = (value: number) => value.toLocaleString("en");
const percent = (value: number) => `${value} %`;
const sleep = (minutes: number) => hoursText(minutes / 60);

/** After so many weeks it shows whether people stay; what is shown of retention where it is known. */
const settledWeeks = 4;

export const tooFew = (smallestCell: number) => `fewer than ${smallestCell} people`;

const change = (figure: OutcomeFigure) =>
  figure.value == null
    ? ""
    : figure.value === 0
      ? "as in people's first two weeks"
      : `${figure.value > 0 ? "+" : "−"}${Math.abs(figure.value)} % against people's first two weeks`;

const goalName = (measure: string | null) => measureNames[measure as Measure];

/** What the period came to. A tile that is withheld says so, and why. */
export function tiles(outcomes: Outcomes, goals?: Program["goals"]): Said[] {
  const { total, smallestCell } = outcomes;
  const tile = (label: string, figure: OutcomeFigure, inWords: (value: number) => string, note = ""): Said =>
    figure.value == null
      ? { label, value: "Withheld", note: `would tell of ${tooFew(smallestCell)}` }
      : { label, value: inWords(figure.value), note };
  const stayed = outcomes.retention.find((week) => week.after === settledWeeks)?.active;
  return [
    tile("People", total.people, count, "in the last week"),
    tile("Active", total.active, percent, goals?.activePercent ? `goal: ${goals.activePercent} %` : "of people a week"),
    tile("Steps a day", total.steps, count, change(total.stepsChange)),
    tile("Asleep a day", total.sleep, sleep, change(total.sleepChange)),
    ...total.goals.map(({ measure, reached }) => tile(`${goalName(measure)} goal reached`, reached, percent, "of people")),
    ...(stayed ? [tile(`Active after ${settledWeeks} weeks`, stayed, percent, "of those active in the first")] : []),
  ];
}

/** The weeks of a chart. A figure that is withheld has no bar. */
export const bars = (outcomes: Outcomes, of: (figures: OutcomeFigures) => OutcomeFigure): Figure[] =>
  outcomes.weeks.map((week) => ({
    label: week.from,
    value: of(week.figures).value,
    min: null,
    max: null,
    second: null,
    count: 0,
    stages: null,
  }));

/** All figures of a week, for the table. */
export function columns({ total }: Outcomes): Column[] {
  const cell = (figure: OutcomeFigure, inWords: (value: number) => string) =>
    figure.value == null ? "withheld" : inWords(figure.value);
  return [
    ["People", (f) => cell(f.people, count)],
    ["Active", (f) => cell(f.active, percent)],
    ["Steps a day", (f) => cell(f.steps, count)],
    ["Asleep a day", (f) => cell(f.sleep, sleep)],
    ...total.goals.map(({ measure }, at): Column => [
      `${goalName(measure)} goal reached`,
      (f) => (f.goals[at] ? cell(f.goals[at].reached, percent) : ""),
    ]),
  ];
}
