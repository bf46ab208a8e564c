import { SegmentedControl } from "@mantine/core";

export type Shown = "chart" | "table";

/** Every chart has its figures in a table behind it. */
export function ChartOrTable({
  value,
  change,
  label,
}: {
  value: Shown;
  change: (shown: Shown) => void;
  label: string;
}) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={value}
      onChange={(next) => change(next as Shown)}
      data={[
        { value: "chart", label: "Chart" },
        { value: "table", label: "Table" },
      ]}
    />
  );
}
