import type { Look } from "../ui/EChart";
import { figureText, hoursText, stageNames, stages, type Figure } from "./figures";

export type Form = "bars" | "band" | "pressure" | "stages";

interface Drawing {
  figures: readonly Figure[];
  form: Form;
  unit: string;
  /** How a label stands on the axis. */
  tick: (label: string) => string;
  /** From when to when, where the labels are moments and not places in a row. */
  time?: readonly [from: string, to: string];
  /** Said beside the pointer where there is no value. */
  unknown?: string;
}

const gap = (value: number | null) => value ?? "-";

/** A chart of figures, one after the other: bars start at zero, lines have the band from the least to the greatest. */
export const figuresChart =
  ({ figures, form, unit, tick, time, unknown = "nothing known" }: Drawing) =>
  ({ text, colour, tooltip }: Look) => {
    const isBars = form === "bars" || form === "stages";
    const legend = form === "pressure" || form === "stages";
    return {
      grid: { left: 8, right: 12, top: legend ? 52 : 34, bottom: 8, containLabel: true },
      legend: legend
        ? {
            top: 0,
            right: 0,
            textStyle: text,
            itemWidth: 12,
            itemHeight: 12,
            itemGap: 14,
            data: namesIn(form, figures),
          }
        : undefined,
      tooltip: {
        ...tooltip,
        axisPointer: { type: isBars ? "shadow" : "line" },
        formatter: tooltipOf(figures, form, unit, tick, unknown),
      },
      xAxis: {
        ...(time
          ? { type: "time", min: time[0], max: time[1] }
          : { type: "category", data: figures.map((f) => tick(f.label)) }),
        boundaryGap: isBars,
        axisLabel: { ...text, hideOverlap: true, ...(time ? { formatter: "{HH}:{mm}" } : {}) },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line") } },
      },
      yAxis: {
        type: "value",
        min: isBars ? 0 : undefined,
        scale: !isBars,
        name: unit,
        nameTextStyle: { ...text, align: "left", padding: [0, 0, 4, -24] },
        axisLabel: text,
        splitLine: { lineStyle: { color: colour("--line") } },
      },
      series: seriesOf(figures, form, colour, time !== undefined),
    };
  };

const namesIn = (form: Form, figures: readonly Figure[]) =>
  form === "pressure" ? ["Systolic", "Diastolic"] : stagesIn(figures).map((stage) => stageNames[stage]);

const stagesIn = (figures: readonly Figure[]) =>
  stages.filter((stage) => figures.some((figure) => figure.stages?.[stage]));

/** Up to so many points each has a mark; beyond, only those that stand alone, which no line would show. */
const marksMax = 100;

function seriesOf(figures: readonly Figure[], form: Form, colour: Look["colour"], isTimed: boolean): object[] {
  const place = (values: (number | string)[]) =>
    isTimed ? values.map((value, i) => [figures[i]?.label, value]) : values;
  const isAlone = (i: number) => figures[i - 1]?.value == null && figures[i + 1]?.value == null;
  const markSize = (_: unknown, { dataIndex }: { dataIndex: number }) =>
    figures.length <= marksMax || isAlone(dataIndex) ? 5 : 0;
  const line = { type: "line", symbol: "circle", showAllSymbol: true, symbolSize: markSize, lineStyle: { width: 2 } };
  switch (form) {
    case "bars":
      return [
        {
          type: "bar",
          barMaxWidth: 26,
          data: figures.map((f) => gap(f.value)),
          itemStyle: { color: colour("--chart-1"), borderRadius: [3, 3, 0, 0] },
        },
      ];
    case "stages":
      return stagesIn(figures).map((stage) => ({
        type: "bar",
        stack: "sleep",
        barMaxWidth: 26,
        name: stageNames[stage],
        data: figures.map((f) => gap(f.stages?.[stage] ?? null)),
        itemStyle: { color: colour(`--sleep-${stage}`) },
      }));
    case "pressure":
      return [
        {
          ...line,
          name: "Systolic",
          data: place(figures.map((f) => gap(f.value))),
          itemStyle: { color: colour("--chart-1") },
        },
        {
          ...line,
          name: "Diastolic",
          symbol: "diamond",
          data: place(figures.map((f) => gap(f.second))),
          itemStyle: { color: colour("--chart-2") },
          lineStyle: { width: 2, type: "dashed" },
        },
      ];
    case "band": {
      const edge = { type: "line", stack: "band", symbol: "none", silent: true, lineStyle: { opacity: 0 } };
      const width = figures.map((f) => (f.min === null || f.max === null ? "-" : f.max - f.min));
      return [
        { ...edge, data: place(figures.map((f) => gap(f.min))) },
        { ...edge, data: place(width), areaStyle: { color: colour("--chart-1"), opacity: 0.2 } },
        { ...line, data: place(figures.map((f) => gap(f.value))), itemStyle: { color: colour("--chart-1") } },
      ];
    }
  }
}

/** What is shown beside the pointer. It holds numbers and names of this program only, so that it may be HTML. */
const tooltipOf =
  (figures: readonly Figure[], form: Form, unit: string, tick: (label: string) => string, unknown: string) =>
  (hits: { dataIndex: number }[]) => {
    const figure = figures[hits[0]?.dataIndex ?? -1];
    if (!figure || figure.value === null) return unknown;
    return [`<strong>${tick(figure.label)}</strong>`, ...linesOf(figure, form, unit)].join("<br>");
  };

function linesOf(figure: Figure, form: Form, unit: string): string[] {
  const { value, min, max, second } = figure;
  if (form === "pressure") return [`${figureText(value)} / ${figureText(second)} ${unit}`];
  if (form === "stages") {
    const named = stages.filter((stage) => figure.stages?.[stage]);
    return [
      `asleep ${hoursText(value ?? 0)}`,
      ...named.map((stage) => `${stageNames[stage]} ${hoursText(figure.stages?.[stage] ?? 0)}`),
    ];
  }
  const own = `${figureText(value)} ${unit}`;
  return form === "band" && figure.count > 1 ? [own, `from ${figureText(min)} to ${figureText(max)}`] : [own];
}

/** One night as a bar of its stages. */
export const nightChart =
  (figure: Figure) =>
  ({ text, colour, tooltip }: Look) => ({
    grid: { left: 4, right: 20, top: 34, bottom: 24, containLabel: true },
    legend: { top: 0, left: 0, textStyle: text, itemWidth: 12, itemHeight: 12, itemGap: 14 },
    tooltip: {
      ...tooltip,
      trigger: "item",
      formatter: (hit: { seriesName: string; value: number }) => `${hit.seriesName} ${hoursText(hit.value)}`,
    },
    xAxis: {
      type: "value",
      min: 0,
      name: "hours",
      nameLocation: "middle",
      nameGap: 24,
      nameTextStyle: text,
      axisLabel: text,
      splitLine: { lineStyle: { color: colour("--line") } },
    },
    yAxis: { type: "category", data: [""], axisTick: { show: false }, axisLine: { show: false } },
    series: stagesIn([figure]).map((stage) => ({
      type: "bar",
      stack: "night",
      barWidth: 38,
      name: stageNames[stage],
      data: [figure.stages?.[stage] ?? 0],
      itemStyle: { color: colour(`--sleep-${stage}`) },
    })),
  });
