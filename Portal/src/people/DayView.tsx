import { ActionIcon, Group, Skeleton, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get, inside } from "../api/client";
import type { Days, Measure, Person, Series } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { DayInput } from "../ui/DayInput";
import { Icon } from "../ui/Icon";
import { Failure } from "../ui/States";
import { dayAfter, startOfDay } from "../ui/days";
import { Drawn } from "./Drawn";
import type { Form } from "./chartOptions";
import { figuresOfDays, figuresOfHours, figuresOfSeries, hoursText, shownIn } from "./figures";

interface Props {
  person: Person;
  measure: Measure;
  day: string;
  today: string;
  pick: (day: string) => void;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const atTime = (at: string) => clock.format(Date.parse(at));
const asItIs = (label: string) => label;
/** Measures that add up; all others are read off a curve. */
const summed: readonly Measure[] = ["steps", "distance", "active-energy", "activity", "sleep"];
const renewMs = 30_000;

/** One day of a measure: a night by its stages, sums by the hour, all else as a curve. */
export function DayView(props: Props) {
  return summed.includes(props.measure) ? <Summed {...props} /> : <Curve {...props} />;
}

function Summed(props: Props) {
  const { person, measure, day } = props;
  const ecosystem = useEcosystem();
  const days = useQuery({
    queryKey: ["days", ecosystem, person.id, measure, day, day],
    queryFn: () => get<Days>(inside(ecosystem, "people", person.id, "days"), { measure, from: day, to: day }),
    placeholderData: keepPreviousData,
    refetchInterval: renewMs,
  });
  const isNight = measure === "sleep";
  const data = days.data;
  const figures = useMemo(() => {
    if (!data) return [];
    return isNight ? figuresOfDays(data, [day]) : figuresOfHours(data, day);
  }, [data, day, isNight]);
  if (days.isError) return <Failure error={days.error} retry={() => void days.refetch()} />;
  if (!data) return <Skeleton height={330} radius={12} />;
  const sources = data.days[0]?.sources ?? [];
  return (
    <Drawn
      title={isNight ? `${data.label} of a night` : `${data.label} by the hour`}
      figures={figures}
      form={isNight ? "stages" : "bars"}
      isNight={isNight && Boolean(figures[0]?.stages)}
      unit={shownIn(measure, data.unit).unit}
      tick={asItIs}
      nothing="Nothing is known of this day."
      note={[
        isNight
          ? `The night that ended on this day: ${hoursText(figures[0]?.value ?? 0)} asleep.`
          : "Hours of the person's own day.",
        sources.length > 1 ? `Of ${sources.length} sources; where they overlap, the preferred one counts.` : "",
      ].join(" ")}
      controls={<DayControls {...props} />}
    />
  );
}

function Curve(props: Props) {
  const { person, measure, day } = props;
  const ecosystem = useEcosystem();
  const series = useQuery({
    queryKey: ["series", ecosystem, person.id, measure, day],
    queryFn: () =>
      get<Series>(inside(ecosystem, "people", person.id, "series"), {
        measure,
        from: startOfDay(day).toISOString(),
        to: startOfDay(dayAfter(day, 1)).toISOString(),
        resolution: "5m",
      }),
    placeholderData: keepPreviousData,
    refetchInterval: renewMs,
  });
  const data = series.data;
  const figures = useMemo(() => (data ? figuresOfSeries(data) : []), [data]);
  const time = useMemo(() => (data ? ([data.from, data.to] as const) : undefined), [data]);
  if (series.isError) return <Failure error={series.error} retry={() => void series.refetch()} />;
  if (!data) return <Skeleton height={330} radius={12} />;
  const form: Form = measure === "blood-pressure" ? "pressure" : "band";
  return (
    <Drawn
      title={`${data.label} of a day`}
      figures={figures}
      form={form}
      unit={shownIn(measure, data.unit).unit}
      tick={atTime}
      time={time}
      nothing="Nothing is known of this day."
      note={`Times where you are (${Intl.DateTimeFormat().resolvedOptions().timeZone}), in steps of ${data.resolutionSeconds / 60} minutes.`}
      controls={<DayControls {...props} />}
    />
  );
}

function DayControls({ day, today, pick }: Props) {
  return (
    <Group gap={4}>
      <ActionIcon variant="default" size={30} aria-label="The day before" onClick={() => pick(dayAfter(day, -1))}>
        <Icon name="left" size={14} />
      </ActionIcon>
      <DayInput quiet label="Day" value={day} change={(next) => next && pick(next)} />
      <ActionIcon
        variant="default"
        size={30}
        aria-label="The day after"
        disabled={day >= today}
        onClick={() => pick(dayAfter(day, 1))}
      >
        <Icon name="right" size={14} />
      </ActionIcon>
      <Text size="sm" c="dimmed" ml={6}>
        {day === today ? "today" : ""}
      </Text>
    </Group>
  );
}
