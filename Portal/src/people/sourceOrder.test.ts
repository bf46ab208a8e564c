import { expect, test } from "vitest";
import type { Measure } from "../api/types";
import { hasOwnOrder, moved, orderFor } from "./sourceOrder";

const stream = (source: string) => ({ source, purpose: "coaching" as const, isAllowed: true, serial: 1 });
const streams = [stream("ring"), stream("phone"), stream("watch")];

test("Without an order the sources count as they were connected", () => {
  expect(orderFor({ streams, preferences: [] }, "steps")).toEqual(["ring", "phone", "watch"]);
});

test("A measure's own order goes before the one for all, and who is not named comes last", () => {
  const preferences = [{ sources: ["phone"] }, { measure: "steps" as Measure, sources: ["watch", "phone"] }];
  expect(orderFor({ streams, preferences }, "steps")).toEqual(["watch", "phone", "ring"]);
  expect(orderFor({ streams, preferences }, "sleep")).toEqual(["phone", "ring", "watch"]);
  expect(hasOwnOrder({ streams, preferences }, "steps")).toBe(true);
  expect(hasOwnOrder({ streams, preferences }, "sleep")).toBe(false);
});

test("A source moves by one place, and not beyond the ends", () => {
  expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
});
