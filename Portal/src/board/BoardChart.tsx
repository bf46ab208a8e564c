import { Modal, Stack, Table } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { phaseNames } from "../app/blueprint";
import { ChartOrTable, type Shown } from "../ui/ChartOrTable";
import EChart, { type Look } from "../ui/EChart";
import type { ShownColumn } from "./BoardBody";
import { tally, toneLabels, type Tally } from "./tally";
import type { Tone } from "./age";

interface Props {
  columns: ShownColumn[];
  now: number;
  close: () => void;
}

/** How many cards of each phase are in time, close to the end of their time box, and over it. */
export default function BoardChart({ columns, now, close }: Props) {
  const [as, setAs] = useState<Shown>("chart");
  const rows = useMemo(() => tally(columns, now), [columns, now]);
  return (
    <Modal opened onClose={close} size="lg" title="Cards per phase" closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        <ChartOrTable label="Chart or table" value={as} change={setAs} />
        {as === "chart" ? <Bars rows={rows} /> : <Figures rows={rows} />}
      </Stack>
    </Modal>
  );
}

const toneOrder: Tone[] = ["calm", "amber", "red"];

function Bars({ rows }: { rows: Tally[] }) {
  const option = useCallback(
    ({ text, colour, tooltip }: Look) => ({
      grid: { left: 8, right: 16, top: 36, bottom: 28, containLabel: true },
      legend: { top: 0, left: 0, textStyle: text, itemWidth: 12, itemHeight: 12, itemGap: 18 },
      tooltip: { ...tooltip, axisPointer: { type: "shadow" } },
      xAxis: {
        type: "value",
        min: 0,
        minInterval: 1,
        name: "cards",
        nameLocation: "middle",
        nameGap: 24,
        nameTextStyle: text,
        axisLabel: text,
        splitLine: { lineStyle: { color: colour("--line") } },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: rows.map((r) => phaseNames[r.phase]),
        axisLabel: { ...text, fontSize: 13 },
        axisTick: { show: false },
      },
      series: toneOrder.map((tone) => ({
        type: "bar",
        stack: "cards",
        barWidth: 22,
        name: toneLabels[tone],
        data: rows.map((r) => r[tone]),
        itemStyle: { color: colour({ calm: "--bar", amber: "--amber", red: "--red" }[tone]) },
      })),
    }),
    [rows],
  );
  return <EChart option={option} height={260} label="Bar chart" />;
}

function Figures({ rows }: { rows: Tally[] }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Phase</Table.Th>
          {toneOrder.map((tone) => (
            <Table.Th key={tone} ta="right">
              {toneLabels[tone]}
            </Table.Th>
          ))}
          <Table.Th ta="right">Cards</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.phase}>
            <Table.Td>{phaseNames[row.phase]}</Table.Td>
            {toneOrder.map((tone) => (
              <Table.Td key={tone} ta="right">
                {row[tone]}
              </Table.Td>
            ))}
            <Table.Td ta="right">{row.calm + row.amber + row.red}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
