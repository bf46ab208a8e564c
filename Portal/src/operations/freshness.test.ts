import { expect, test } from "vitest";
import { freshnessOf } from "./useOperations";

test("figures are live only while they are young and the last question was answered", () => {
  expect(freshnessOf(0, false, 5_000)).toEqual({ mode: "connecting" });
  expect(freshnessOf(1_000, false, 4_000)).toEqual({ mode: "live" });
  expect(freshnessOf(1_000, true, 4_000)).toEqual({ mode: "stale", seconds: 3 });
  expect(freshnessOf(1_000, false, 13_000)).toEqual({ mode: "stale", seconds: 12 });
});
