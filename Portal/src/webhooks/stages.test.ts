import { expect, it } from "vitest";
import { readStages, stagesText } from "./stages";

it("come back as they were written", () => {
  const stages = { appointmentscheduled: "discovery", "a = b": "launch", closedwon: "won" };
  expect(readStages(stagesText(stages))).toEqual({ stages, error: null });
});

it("may be spaced and cased freely, and left out", () => {
  expect(readStages("  \n qualified=Discovery \n").stages).toEqual({ qualified: "discovery" });
  expect(readStages("")).toEqual({ stages: {}, error: null });
});

it.each(["qualified", "= discovery", "qualified = negotiation"])("name the line that is wrong: %s", (line) => {
  expect(readStages(`ok = scale\n${line}`).error).toContain("Line 2");
});
