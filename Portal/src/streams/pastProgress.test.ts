import { expect, test } from "vitest";
import { pastProgress } from "./pastProgress";

const now = Date.parse("2026-05-11T00:00:00Z");
const from = "2026-05-01T00:00:00Z";

test("A measure is as far as the least far of the resources that hold it", () => {
  const [steps, sleep] = pastProgress(
    [
      { resource: "daily", measures: ["steps"], from, reached: "2026-05-06T00:00:00Z" },
      { resource: "sessions", measures: ["steps", "sleep"], from, reached: "2026-05-09T00:00:00Z" },
    ],
    now,
  );
  expect(steps).toMatchObject({ measure: "steps", share: 0.2, reached: "2026-05-09T00:00:00Z", broken: null });
  expect(sleep).toMatchObject({ measure: "sleep", share: 0.2 });
});

test("A way that ended too early says why, and one that reached its end is complete", () => {
  const [weight, heart] = pastProgress(
    [
      { resource: "scale", measures: ["weight"], from, reached: "2026-05-10T00:00:00Z", broken: "status-403" },
      { resource: "beats", measures: ["heart-rate"], from, reached: from },
    ],
    now,
  );
  expect(weight).toMatchObject({ broken: "status-403" });
  expect(heart?.share).toBe(1);
});
