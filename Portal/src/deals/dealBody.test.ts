import { expect, it } from "vitest";
import { dealBody } from "./dealBody";

const draft = { partner: "p-1", customer: "City Hospital", domain: "city.example", product: "starter", amount: "1200.50" };

it("becomes the request", () => {
  expect(dealBody(draft, "USD").body).toEqual({
    partner: "p-1",
    customer: { name: "City Hospital", domain: "city.example" },
    product: "starter",
    amount: { minor: 120_050, currency: "USD" },
  });
});

it("may be without an amount", () => {
  expect(dealBody({ ...draft, amount: " " }, "USD").body).not.toHaveProperty("amount");
});

it("names every field that is wrong", () => {
  const { body, errors } = dealBody({ partner: "", customer: " ", domain: "http://x", product: "", amount: "1.234" }, "USD");
  expect(body).toBeNull();
  expect(Object.keys(errors).sort()).toEqual(["amount", "customer", "domain", "partner", "product"]);
});
