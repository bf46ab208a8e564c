import { expect, test } from "vitest";
import { dayAfter, daysBetween, dayText, startOfDay } from "./days";

test("a day's beginning is on that day", () => {
  expect(dayText(startOfDay("2026-03-01").getTime())).toBe("2026-03-01");
});

test("days follow each other over the ends of months and years", () => {
  expect(dayAfter("2026-02-28", 1)).toBe("2026-03-01");
  expect(dayAfter("2026-01-01", -1)).toBe("2025-12-31");
});

test("no day is missed or repeated where summer time begins or ends", () => {
  const days = daysBetween("2026-01-01", "2026-12-31");
  expect(days).toHaveLength(365);
  expect(new Set(days).size).toBe(365);
});

test("a range that ends before it begins is empty", () => {
  expect(daysBetween("2026-03-02", "2026-03-01")).toEqual([]);
});
