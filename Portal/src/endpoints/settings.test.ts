import { expect, test } from "vitest";
import { readSettings, settingsOf } from "./settings";

const values = { ...settingsOf(), url: " https://crm.example/hooks " };

test("What is left empty is left out, which means all events, of everybody, as many as there are", () => {
  expect(readSettings(values, [])).toEqual({
    body: { url: "https://crm.example/hooks", order: "unordered" },
    errors: {},
  });
});

test("An endpoint without an address, or with a rate that is none, is refused at its field", () => {
  expect(Object.keys(readSettings(settingsOf(), []).errors)).toEqual(["url"]);
  for (const perSecond of ["0", "-5", "many", "2.5"]) {
    expect(Object.keys(readSettings({ ...values, perSecond }, []).errors)).toEqual(["perSecond"]);
  }
  expect(readSettings({ ...values, perSecond: "20" }, ["deal.won"]).body).toMatchObject({
    perSecond: 20,
    types: ["deal.won"],
  });
});
