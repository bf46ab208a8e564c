import { describe, expect, it } from "vitest";
import { minorUnits, moneyText } from "./money";

describe("an amount that a person typed", () => {
  it.each([
    ["1.15", "USD", 115],
    ["125000", "USD", 12_500_000],
    ["125,000.5", "USD", 12_500_050],
    ["1000", "JPY", 1_000],
    ["1.234", "KWD", 1_234],
    ["12.50", "HUF", 1_250],
    ["12.50", "COP", 1_250],
    ["0", "EUR", 0],
  ])("%s %s is %d minor units", (text, currency, minor) => {
    expect(minorUnits(text, currency)).toBe(minor);
  });

  it.each([
    ["1.155", "USD"],
    ["1.5", "JPY"],
    ["-3", "USD"],
    ["1e5", "USD"],
    ["", "USD"],
    ["1.", "USD"],
  ])("%s %s is refused", (text, currency) => {
    expect(minorUnits(text, currency)).toBeNull();
  });
});

it("shows every digit of the currency with its code", () => {
  expect(moneyText({ minor: 12_500_000, currency: "USD" }).replace(/\s/g, " ")).toBe("USD 125,000.00");
  expect(moneyText({ minor: 1_000, currency: "JPY" })).toBe("JPY 1,000");
  expect(moneyText({ minor: 1_250, currency: "HUF" })).toBe("HUF 12.50");
  expect(moneyText({ minor: 1_234, currency: "KWD" })).toBe("KWD 1.234");
});

it("shows an amount whose currency nobody knows", () => {
  expect(moneyText({ minor: 100, currency: "U$D" })).toBe("U$D 1.00");
});
