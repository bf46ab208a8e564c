import { SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { get, inside } from "../api/client";
import type { OutcomeFigure, OutcomeFigures, Outcomes as View, Program } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { figuresChart } from "../people/chartOptions";
import tables from "../streams/Streams.module.css";
import { Ago } from "../ui/Ago";
import { ChartOrTable, type Shown } from "../ui/ChartOrTable";
import { Panel } from "../ui/Page";
import { Failure } from "../ui/States";
import { startOfDay } from "../ui/days";
import { useNow } from "../ui/now";
import { calendarDay } from "../ui/time";
import classes from "./Outcomes.module.css";
import { bars, columns, tiles, tooFew } from "./figures";
import { weeksBefore } from "./weeks";

const EChart = lazy(() => import("../ui/EChart"));

const height = 190;
const spans = ["4", "12", "24"];

/** They are computed every few minutes. */
const renewMs = 300_000;

const weekTick = (monday: string) => calendarDay(startOfDay(monday).getTime(), Date.now());

interface Props {
  kind: "programs" | "partners";
  id: string;
  goals?: Program["goals"];
}

/** What a program, or a partner's programs together, came to for the people in them. Figures are of groups. */
export function Outcomes({ kind, id, goals }: Props) {
  const ecosystem = useEcosystem();
  const [span, setSpan] = useState("12");
  const from = weeksBefore(useNow(), Number(span));
  const outcomes = useQuery({
    queryKey: ["outcomes", ecosystem, kind, id, from],
    queryFn: () => get<View>(inside(ecosystem, kind, id, "outcomes"), { from }),
    placeholderData: keepPreviousData,
    refetchInterval: renewMs,
  });
  const data = outcomes.data;
  const control = (
    <SegmentedControl
      size="xs"
      aria-label="Weeks shown"
      value={span}
      onChange={setSpan}
      data={spans.map((value) => ({ value, label: `${value} weeks` }))}
    />
  );
  return (
    <Panel title="Outcomes" aside={control}>
      {outcomes.isError ? <Failure error={outcomes.error} retry={() => void outcomes.refetch()} /> : null}
      {outcomes.isPending ? <Skeleton height={2 * height} radius="sm" /> : null}
      {data ? <Figures outcomes={data} goals={goals} /> : null}
    </Panel>
  );
}

function Figures({ outcomes, goals }: { outcomes: View; goals?: Program["goals"] }) {
  const [as, setAs] = useState<Shown>("chart");
  const isEmpty = outcomes.weeks.every(({ figures }) => figures.people.withheld);
  const few = tooFew(outcomes.smallestCell);
  if (isEmpty) {
    return (
      <Text size="sm" c="dimmed">
        Withheld: in none of these weeks are there {outcomes.smallestCell} people or more who take part and agree.
      </Text>
    );
  }
  return (
    <Stack gap={14}>
      <dl className={classes.tiles}>
        {tiles(outcomes, goals).map(({ label, value, note }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-withheld={value === "Withheld"}>{value}</dd>
            <dd>{note}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.switch}>
        <ChartOrTable label="Weeks: chart or table" value={as} change={setAs} />
      </div>
      {as === "table" ? (
        <Weeks outcomes={outcomes} />
      ) : (
        <>
          <Chart title="Active people by week" unit="%" outcomes={outcomes} of={activeOf} />
          <Chart title="Steps a day by week" unit="steps" outcomes={outcomes} of={stepsOf} />
        </>
      )}
      <Text size="xs" c="dimmed">
        Whole weeks of people who take part and agree. What would tell of {few} is withheld: it has no bar, and no part in the figures above. Computed{" "}
        <Ago at={outcomes.computedAt} />.
      </Text>
    </Stack>
  );
}

const activeOf = (figures: OutcomeFigures) => figures.active;
const stepsOf = (figures: OutcomeFigures) => figures.steps;

interface ChartProps {
  title: string;
  unit: string;
  outcomes: View;
  of: (figures: OutcomeFigures) => OutcomeFigure;
}

function Chart({ title, unit, outcomes, of }: ChartProps) {
  const option = useMemo(
    () =>
      figuresChart({
        figures: bars(outcomes, of),
        form: "bars",
        unit,
        tick: weekTick,
        unknown: `withheld: ${tooFew(outcomes.smallestCell)}`,
      }),
    [outcomes, of, unit],
  );
  return (
    <div>
      <h3 className={classes.title}>{title}</h3>
      {outcomes.weeks.every((week) => of(week.figures).withheld) ? (
        <Text size="sm" c="dimmed">
          Withheld: it would tell of {tooFew(outcomes.smallestCell)} in every week.
        </Text>
      ) : (
        <Suspense fallback={<Skeleton height={height} radius="sm" />}>
          <EChart option={option} height={height} label={title} />
        </Suspense>
      )}
    </div>
  );
}

/** The weeks in figures, the newest first. */
function Weeks({ outcomes }: { outcomes: View }) {
  const all = columns(outcomes);
  return (
    <div className={tables.scroll} tabIndex={0} role="group" aria-label="Outcomes by week">
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">Week from</th>
            {all.map(([title]) => (
              <th key={title} scope="col" className="num">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outcomes.weeks.toReversed().map((week) => (
            <tr key={week.from}>
              <td>{weekTick(week.from)}</td>
              {all.map(([title, cell]) => (
                <td key={title} className="num">
                  {cell(week.figures)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
