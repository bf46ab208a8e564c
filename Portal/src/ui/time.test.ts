import { expect, it } from "vitest";
import { ago, dayMs } from "./time";

it.each([
  [2_000, "now"],
  [-2_000, "now"],
  [-40_000, "40 seconds ago"],
  [-180_000, "3 minutes ago"],
  [-dayMs, "yesterday"],
  [2 * dayMs, "in 2 days"],
  [-90 * dayMs, "3 months ago"],
])("a gap of %d ms is %s", (gap, text) => {
  expect(ago(1_000_000_000 + gap, 1_000_000_000)).toBe(text);
});
