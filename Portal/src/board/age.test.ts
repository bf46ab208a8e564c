import { describe, expect, it } from "vitest";
import { ageOf, ageText, isOverdue, medianDays } from "./age";
import { dayMs } from "../ui/time";

const at = (since: number, box: number | null, overdue = false) => ({
  sinceMs: since * dayMs,
  dueMs: box === null ? null : (since + box) * dayMs,
  overdue,
});

describe("the age of a card", () => {
  it("is calm below four fifths of its time box, amber from there, red at its end", () => {
    const card = at(0, 10);
    expect(ageOf(card, 7.99 * dayMs).tone).toBe("calm");
    expect(ageOf(card, 8 * dayMs).tone).toBe("amber");
    expect(ageOf(card, 10 * dayMs).tone).toBe("red");
  });

  it("fills the bar to the end and no further", () => {
    expect(ageOf(at(0, 10), 5 * dayMs).share).toBe(0.5);
    expect(ageOf(at(0, 10), 500 * dayMs).share).toBe(1);
  });

  it("has no bar without a time box", () => {
    expect(ageOf(at(0, null), 400 * dayMs)).toEqual({ days: 400, boxDays: null, share: null, tone: "calm" });
  });

  it("is red by the server's word even before the clock says so", () => {
    expect(ageOf(at(0, 10, true), 9 * dayMs).tone).toBe("red");
    expect(isOverdue(at(0, 10, true), 0)).toBe(true);
  });

  it("is never negative when the browser's clock is behind", () => {
    expect(ageOf(at(5, 10), 0).days).toBe(0);
    expect(ageOf(at(5, 10), 0).share).toBe(0);
  });

  it.each([
    [at(0, 7), 3.2, "3 of 7 days"],
    [at(0, 7), 7.5, "over since today"],
    [at(0, 7), 8.5, "1 day over"],
    [at(0, 7), 12.5, "5 days over"],
    [at(0, null), 1.5, "1 day"],
    [at(0, null), 12, "12 days"],
  ])("says %o on day %d as %s", (card, day, text) => {
    expect(ageText(card, day * dayMs)).toBe(text);
  });
});

describe("the median age", () => {
  it("is the middle of an odd count and the mean of the middle two of an even one", () => {
    const now = 10 * dayMs;
    expect(medianDays([at(9, 1), at(1, 1), at(5, 1)], now)).toBe(5);
    expect(medianDays([at(9, 1), at(1, 1), at(5, 1), at(4, 1)], now)).toBe(5.5);
  });

  it("of nothing is null", () => {
    expect(medianDays([], 0)).toBeNull();
  });
});
