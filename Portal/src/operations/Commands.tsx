import { Skeleton, Text } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import type { CommandFigures } from "../api/types";
import { ChartOrTable, type Shown } from "../ui/ChartOrTable";
import type { Look } from "../ui/EChart";
import { Panel } from "../ui/Page";
import classes from "./Operations.module.css";
import { figureText } from "./figures";

const EChart = lazy(() => import("../ui/EChart"));

const height = 200;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

interface Line {
  name: string;
  colour: string;
  dashed?: boolean;
  value: (step: CommandFigures["history"][number]) => number | null | undefined;
}

const rate: Line[] = [{ name: "Commands a second", colour: "--chart-1", value: (step) => step.perSecond }];
const times: Line[] = [
  { name: "p50", colour: "--chart-1", value: (step) => step.p50Milliseconds },
  { name: "p99", colour: "--chart-2", dashed: true, value: (step) => step.p99Milliseconds },
];

/** Commands of the last ten minutes, as far as somebody was looking. */
export function Commands({ commands }: { commands: CommandFigures }) {
  return (
    <div className={classes.two}>
      <Drawn title="Commands a second" unit="a second" lines={rate} commands={commands} />
      <Drawn title="Time of a command" unit="ms" lines={times} commands={commands} />
    </div>
  );
}

function Drawn({ title, unit, lines, commands }: { title: string; unit: string; lines: Line[]; commands: CommandFigures }) {
  const [as, setAs] = useState<Shown>("chart");
  const { history } = commands;
  const option = useMemo(() => lineChart(lines, unit, history), [lines, unit, history]);
  return (
    <Panel title={title} aside={<ChartOrTable label={`${title}: chart or table`} value={as} change={setAs} />}>
      {history.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" py={height / 2 - 22}>
          Measured while somebody looks: the first figures come in {commands.stepSeconds} seconds.
        </Text>
      ) : as === "table" ? (
        <Figures title={title} unit={unit} lines={lines} history={history} />
      ) : (
        <Suspense fallback={<Skeleton height={height} radius="sm" />}>
          <EChart option={option} height={height} label={title} />
        </Suspense>
      )}
    </Panel>
  );
}

function Figures({ title, unit, lines, history }: { title: string; unit: string; lines: Line[]; history: CommandFigures["history"] }) {
  return (
    <div className={classes.scroll} style={{ height, overflowY: "auto" }} tabIndex={0} role="group" aria-label={title}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">When</th>
            {lines.map((line) => (
              <th key={line.name} scope="col" className="num">
                {lines.length > 1 ? `${line.name}, ${unit}` : line.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map((step) => (
            <tr key={step.at}>
              <td>{clock.format(Date.parse(step.at))}</td>
              {lines.map((line) => (
                <td key={line.name} className="num">
                  {figureText(line.value(step))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A minute at least, so that the first points do not stretch over the whole width. */
const spanMsMin = 60_000;

const lineChart =
  (lines: Line[], unit: string, history: CommandFigures["history"]) =>
  ({ text, colour, tooltip }: Look) => {
    const last = Date.parse(history.at(-1)?.at ?? "");
    const first = Math.min(Date.parse(history[0]?.at ?? ""), last - spanMsMin);
    return {
      grid: { left: 8, right: 12, top: 34, bottom: 4, containLabel: true },
      legend:
        lines.length > 1
          ? { top: 0, right: 0, textStyle: text, itemWidth: 16, itemHeight: 8, itemGap: 14 }
          : undefined,
      tooltip: { ...tooltip, valueFormatter: (value: number | null) => `${figureText(value)} ${unit}` },
      xAxis: {
        type: "time",
        min: first,
        max: last,
        minInterval: spanMsMin,
        axisLabel: { ...text, hideOverlap: true, formatter: "{HH}:{mm}" },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line") } },
      },
      yAxis: {
        type: "value",
        min: 0,
        name: unit,
        nameTextStyle: { ...text, align: "left", padding: [0, 0, 4, -24] },
        axisLabel: text,
        splitNumber: 3,
        splitLine: { lineStyle: { color: colour("--line") } },
      },
      series: lines.map((line) => ({
        type: "line",
        name: line.name,
        symbol: "circle",
        symbolSize: 4,
        showSymbol: history.length < 24,
        data: history.map((step) => [Date.parse(step.at), line.value(step) ?? null]),
        itemStyle: { color: colour(line.colour) },
        lineStyle: { width: 2, type: line.dashed ? "dashed" : "solid" },
      })),
    };
  };
