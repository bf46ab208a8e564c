import { expect, test } from "vitest";
import { sidesOf } from "./stateText";

test("What was not there before is nothing, and texts stand without quotes", () => {
  expect(sidesOf(undefined, "launch")).toEqual([null, "launch"]);
  expect(sidesOf({ minor: 5 }, null)).toEqual(['{\n  "minor": 5\n}', null]);
});

test("Of a list only the entries that came or went are shown", () => {
  expect(sidesOf(["a", "b"], ["b", "c", "d"])).toEqual(["a", "c\nd"]);
  expect(sidesOf(["a"], ["a", "b"])).toEqual([null, "b"]);
});

test("A list in another order is shown as a whole", () => {
  expect(sidesOf(["a", "b"], ["b", "a"])).toEqual(["a\nb", "b\na"]);
});
