import { expect, it } from "vitest";
import { weeksBefore } from "./weeks";

it.each([
  ["2026-04-01T10:00:00Z", "2026-03-02"],
  ["2026-03-30T00:00:00Z", "2026-03-02"],
  ["2026-03-29T23:59:59Z", "2026-02-23"],
])("at %s, four weeks ago began on %s", (now, monday) => {
  expect(weeksBefore(Date.parse(now), 4)).toBe(monday);
});
