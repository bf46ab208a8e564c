import { expect, it } from "vitest";
import { keyInFragment } from "./signInLink";

it("finds the key of a sign-in link", () => {
  expect(keyInFragment("#key=es_abc.123")).toBe("es_abc.123");
  expect(keyInFragment("#key=a%2Bb")).toBe("a+b");
});

it("finds none where there is none", () => {
  expect(keyInFragment("")).toBeNull();
  expect(keyInFragment("#key=")).toBeNull();
  expect(keyInFragment("#content")).toBeNull();
});
