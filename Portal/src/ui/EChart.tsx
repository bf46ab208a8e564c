import { useComputedColorScheme } from "@mantine/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** The page's own look, for charts: its type, and its colours by the names of global.css. */
export interface Look {
  text: { color: string; fontFamily: string; fontSize: number };
  colour: (name: string) => string;
  /** A tooltip in the colours of the page. */
  tooltip: object;
}

function lookOfPage(): Look {
  const style = getComputedStyle(document.documentElement);
  const body = getComputedStyle(document.body);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: colour("--faint"), fontFamily: body.fontFamily, fontSize: 12 };
  const tooltip = {
    trigger: "axis",
    confine: true,
    backgroundColor: colour("--surface"),
    borderColor: colour("--line"),
    textStyle: { ...text, color: body.color },
  };
  return { text, colour, tooltip };
}

interface Props {
  /** Makes the chart's option in the page's look; must stay the same function while the figures do. */
  option: (look: Look) => object;
  height: number;
  label: string;
}

/** A chart as wide as its place, drawn again when the colour scheme changes. Loaded lazily: it brings ECharts along. */
export default function EChart({ option, height, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (!box.current) return;
    const chart = echarts.init(box.current, null, { renderer: "svg" });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(box.current);
    chart.setOption({ animation: false, ...option(lookOfPage()) });
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [option, scheme]);
  return <div ref={box} style={{ height }} role="img" aria-label={`${label}; the same figures are in the table`} />;
}
