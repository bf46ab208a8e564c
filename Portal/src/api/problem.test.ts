import { expect, it } from "vitest";
import { toProblem } from "./problem";

it("reads a problem document with its fields", () => {
  const body = { title: "Invalid", detail: "Two fields are wrong.", code: "invalid", correlation: "c-1", errors: [{ field: "name", code: "too-long", message: "At most 200." }] };
  const problem = toProblem(400, JSON.stringify(body));
  expect([problem.status, problem.code, problem.message, problem.correlation]).toEqual([400, "invalid", "Two fields are wrong.", "c-1"]);
  expect(problem.byField()).toEqual({ name: "At most 200." });
});

it("takes a single field as the field at fault", () => {
  const problem = toProblem(422, JSON.stringify({ detail: "Unknown.", code: "category-unknown", field: "category" }));
  expect(problem.byField()).toEqual({ category: "Unknown." });
});

it("makes a problem of a proxy's page", () => {
  expect(toProblem(502, "<html>").code).toBe("http-502");
});
