import { describe, expect, it } from "vitest";
import type { Deal, DealStatus, Protection, Role, Session } from "../api/types";
import { lifecycleHindrance, offeredActions } from "./actions";

const as = (role: Role, partner?: string) => ({ role, partner }) as Session;
const deal = (status: DealStatus, protection: Protection = "protected") =>
  ({ status, protection, partner: "p-1" }) as Deal;
const names = (session: Session, status: DealStatus) => offeredActions(session, deal(status)).map((a) => a.action);

describe("the actions offered on a deal", () => {
  it.each([
    ["registered", ["approve", "return", "reject", "withdraw"]],
    ["returned", ["resubmit", "withdraw"]],
    ["approved", ["win", "lose", "withdraw"]],
    ["won", []],
    ["lost", []],
    ["withdrawn", []],
    ["rejected", []],
  ] as [DealStatus, string[]][])("to a manager of one that is %s are %o", (status, actions) => {
    expect(names(as("partner-manager"), status)).toEqual(actions);
  });

  it("to a partner are those on its own deals only", () => {
    expect(names(as("partner", "p-1"), "registered")).toEqual(["withdraw"]);
    expect(names(as("partner", "p-1"), "returned")).toEqual(["resubmit", "withdraw"]);
    expect(names(as("partner", "p-2"), "registered")).toEqual([]);
  });

  it("to a viewer are none", () => {
    expect(names(as("viewer"), "registered")).toEqual([]);
  });

  it("say why an approval must wait", () => {
    const approve = (protection: Protection) =>
      offeredActions(as("ecosystem-admin"), deal("registered", protection)).find((a) => a.action === "approve");
    expect(approve("protected")?.hindrance).toBeNull();
    expect(approve("queued")?.hindrance).toContain("waits in line");
    expect(approve("pending")?.hindrance).toContain("not answered");
  });
});

it("a deal moves through its phases only while it is approved", () => {
  expect(lifecycleHindrance(deal("approved"))).toBeNull();
  expect(lifecycleHindrance(deal("registered"))).toContain("approved first");
  expect(lifecycleHindrance(deal("won"))).toBe("The deal is won.");
});
