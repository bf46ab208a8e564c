import { Group, SegmentedControl, Select, Skeleton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get, inside } from "../api/client";
import type { Days, Measure, Person } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { measureNames, measures } from "../streams/measures";
import { Panel } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { dayAfter, daysBetween, dayText, startOfDay } from "../ui/days";
import { useNow } from "../ui/now";
import { calendarDay } from "../ui/time";
import { useQueryState } from "../ui/useQueryState";
import { DayView } from "./DayView";
import { Drawn } from "./Drawn";
import type { Form } from "./chartOptions";
import { figuresOfDays, shownIn } from "./figures";
import { useStreamsOf } from "./useStreamsOf";

const query = ["measure", "days", "day"] as const;
const ranges = ["7", "30", "90"];
const renewMs = 30_000;

const formOf = (days: Pick<Days, "measure" | "adds">): Form => {
  if (days.measure === "sleep") return "stages";
  if (days.measure === "blood-pressure") return "pressure";
  return days.adds ? "bars" : "band";
};

const usualMs = 30 * 24 * 60 * 60 * 1000;

const timeOf = (at: string | undefined) => (at ? Date.parse(at) : 0);

const nothingOf = (span: number, lastAt: number) =>
  lastAt > Date.now() - span * 24 * 60 * 60 * 1000
    ? `Nothing of the last ${span} days may be shown: only sources whose consent is in force are.`
    : `Nothing came in the last ${span} days${lastAt ? `; the last was on ${calendarDay(lastAt, Date.now())}` : ""}.`;

/** A day on an axis: "6 Jul". */
const dayTick = (day: string) => calendarDay(startOfDay(day).getTime(), Date.now());

/** What the person's sources tell: one measure over days, and one day of it. */
export function PersonData({ person }: { person: Person }) {
  const { list, items } = useStreamsOf(person.id);
  const [chosen, change] = useQueryState(query);
  const known = measures.filter((measure) => items.some((row) => row.measures.includes(measure)));
  if (list.isPending) return <Skeleton height={360} radius={12} />;
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const measure = known.find((each) => each === chosen.measure) ?? known[0];
  if (!measure) {
    return (
      <Panel title="Data">
        <Empty icon="pulse" title="No data yet">
          Charts appear here as soon as a connected source has sent something that the person agreed to.
        </Empty>
      </Panel>
    );
  }
  const lastAt = Math.max(...items.filter((row) => row.measures.includes(measure)).map((row) => timeOf(row.lastDataAt)));
  const usual = Date.now() - lastAt < usualMs ? "30" : "90";
  const span = ranges.includes(chosen.days) ? chosen.days : usual;
  return (
    <>
      <Group gap={8}>
        <Select
          size="xs"
          w={210}
          aria-label="Measure"
          allowDeselect={false}
          value={measure}
          data={known.map((each) => ({ value: each, label: measureNames[each] }))}
          onChange={(value) => change("measure", value ?? "")}
        />
        <SegmentedControl
          size="xs"
          aria-label="Days shown"
          value={span}
          onChange={(value) => change("days", value)}
          data={ranges.map((value) => ({ value, label: `${value} days` }))}
        />
      </Group>
      <Measured
        person={person}
        measure={measure}
        span={Number(span)}
        lastAt={lastAt}
        day={chosen.day}
        pick={(day) => change("day", day)}
      />
    </>
  );
}

interface MeasuredProps {
  person: Person;
  measure: Measure;
  span: number;
  /** When something last came, in milliseconds; 0 when that is not known. */
  lastAt: number;
  day: string;
  pick: (day: string) => void;
}

function Measured({ person, measure, span, lastAt, day, pick }: MeasuredProps) {
  const ecosystem = useEcosystem();
  // Where the person is, tomorrow may have begun already.
  const today = dayText(useNow());
  const from = dayAfter(today, 1 - span);
  const to = dayAfter(today, 1);
  const days = useQuery({
    queryKey: ["days", ecosystem, person.id, measure, from, to],
    queryFn: () => get<Days>(inside(ecosystem, "people", person.id, "days"), { measure, from, to }),
    placeholderData: keepPreviousData,
    refetchInterval: renewMs,
  });
  const data = days.data;
  const figures = useMemo(() => {
    if (!data) return [];
    const last = data.days.some((each) => each.day === to) ? to : today;
    return figuresOfDays(data, daysBetween(from, last));
  }, [data, from, to, today]);

  if (days.isError) return <Failure error={days.error} retry={() => void days.refetch()} />;
  if (!data) return <Skeleton height={360} radius={12} />;
  const hasBand = formOf(data) === "band" && figures.some((figure) => figure.min !== figure.max);
  const newest = figures.findLast((figure) => figure.value !== null)?.label ?? today;
  return (
    <>
      <Drawn
        title={`${data.label} by day`}
        figures={figures}
        form={formOf(data)}
        unit={shownIn(measure, data.unit).unit}
        tick={dayTick}
        nothing={nothingOf(span, lastAt)}
        note={hasBand ? "Line: the day's mean. Band: from its least to its greatest value." : undefined}
      />
      <DayView person={person} measure={measure} day={day || newest} pick={pick} today={today} />
    </>
  );
}
