import { Skeleton, Text } from "@mantine/core";
import { lazy, Suspense, useMemo, useState } from "react";
import type { Cluster } from "../api/types";
import { ChartOrTable, type Shown } from "../ui/ChartOrTable";
import type { Look } from "../ui/EChart";
import { Panel } from "../ui/Page";
import classes from "./Operations.module.css";
import { countText, kindsOf, type KindRow } from "./figures";

const EChart = lazy(() => import("../ui/EChart"));

const barHeight = 26;

/** Grains in memory by kind; in the table also by silo. */
export function ActiveKinds({ cluster }: { cluster: Cluster }) {
  const [as, setAs] = useState<Shown>("chart");
  const silos = cluster.silos.filter((silo) => silo.process);
  const rows = kindsOf(silos);
  // The chart is drawn again only when a figure has changed.
  const said = JSON.stringify(rows.map((row) => [row.kind, row.total]));
  const option = useMemo(() => barChart(JSON.parse(said) as [string, number][]), [said]);
  return (
    <Panel title="Active grains" aside={<ChartOrTable label="Active grains: chart or table" value={as} change={setAs} />}>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" py={60}>
          No grain is in memory.
        </Text>
      ) : as === "table" ? (
        <Figures rows={rows} silos={silos.map((silo) => ({ address: silo.address, name: silo.name }))} />
      ) : (
        <Suspense fallback={<Skeleton height={rows.length * barHeight + 40} radius="sm" />}>
          <EChart option={option} height={rows.length * barHeight + 40} label="Active grains by kind" />
        </Suspense>
      )}
    </Panel>
  );
}

function Figures({ rows, silos }: { rows: KindRow[]; silos: { address: string; name: string }[] }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label="Active grains by kind and silo">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" className="num">
              All
            </th>
            {silos.length > 1
              ? silos.map((silo) => (
                  <th key={silo.address} scope="col" className="num">
                    {silo.name}
                  </th>
                ))
              : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <td>{row.kind}</td>
              <td className="num">{countText(row.total)}</td>
              {silos.length > 1
                ? silos.map((silo) => (
                    <td key={silo.address} className="num">
                      {countText(row.bySilo.get(silo.address) ?? 0)}
                    </td>
                  ))
                : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const barChart =
  (rows: [kind: string, total: number][]) =>
  ({ text, colour, tooltip }: Look) => ({
    grid: { left: 4, right: 44, top: 4, bottom: 24, containLabel: true },
    tooltip: { ...tooltip, axisPointer: { type: "shadow" } },
    xAxis: {
      type: "value",
      min: 0,
      minInterval: 1,
      name: "grains",
      nameLocation: "middle",
      nameGap: 22,
      nameTextStyle: text,
      axisLabel: { ...text, hideOverlap: true },
      splitNumber: 4,
      splitLine: { lineStyle: { color: colour("--line") } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(([kind]) => kind),
      axisLabel: { ...text, fontSize: 12.5 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line") } },
    },
    series: [
      {
        type: "bar",
        name: "Active",
        barWidth: 14,
        data: rows.map(([, total]) => total),
        itemStyle: { color: colour("--chart-1"), borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: "right", ...text },
      },
    ],
  });
