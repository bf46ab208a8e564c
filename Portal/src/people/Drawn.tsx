import { Skeleton, Stack, Text } from "@mantine/core";
import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { ChartOrTable, type Shown } from "../ui/ChartOrTable";
import { Panel } from "../ui/Page";
import { figuresChart, nightChart, type Form } from "./chartOptions";
import { FigureTable } from "./FigureTable";
import type { Figure } from "./figures";

const EChart = lazy(() => import("../ui/EChart"));

const height = 250;

interface Props {
  title: string;
  figures: readonly Figure[];
  form: Form;
  unit: string;
  tick: (label: string) => string;
  /** From when to when, where the labels are moments. */
  time?: readonly [from: string, to: string];
  /** The figures are one night, which is drawn as one bar. */
  isNight?: boolean;
  /** Said where nothing is known. */
  nothing: string;
  /** Said below the chart. */
  note?: string;
  controls?: ReactNode;
}

/** A panel with a chart and the table behind it. */
export function Drawn({ title, figures, form, unit, tick, time, isNight, nothing, note, controls }: Props) {
  const [as, setAs] = useState<Shown>("chart");
  const option = useMemo(() => {
    const [night] = figures;
    return isNight && night ? nightChart(night) : figuresChart({ figures, form, unit, tick, time });
  }, [figures, form, unit, tick, time, isNight]);
  const isEmpty = figures.every((figure) => figure.value === null);
  const tall = isNight ? 150 : height;
  return (
    <Panel title={title} aside={<ChartOrTable label={`${title}: chart or table`} value={as} change={setAs} />}>
      <Stack gap={8}>
        {controls}
        {isEmpty ? (
          <Text size="sm" c="dimmed" ta="center" py={tall / 2 - 11}>
            {nothing}
          </Text>
        ) : as === "table" ? (
          <FigureTable label={title} figures={figures} form={form} unit={unit} tick={tick} />
        ) : (
          <Suspense fallback={<Skeleton height={tall} radius="sm" />}>
            <EChart option={option} height={tall} label={title} />
          </Suspense>
        )}
        {note && !isEmpty ? (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        ) : null}
      </Stack>
    </Panel>
  );
}
