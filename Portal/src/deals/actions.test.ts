import { describe, expect, it } from "vitest";
import type { Deal, DealStatus, Protection, Role, Session } from "../api/types";
import { lifecycleHindrance, offeredActions } from "./actions";

const as = (role: Role, partner?: string) => ({ role, partner }) as Session;
const deal = (status: DealStatus, protection: Protection = "protected") =>
  ({ status, protection, partner: "p-1" }) as Deal;
const names = (session: Session, status: DealStatus) => offeredActions(session, deal(status)).map((a) => a.action);

describe("the actions offered on a deal", () => {
  it.each([
    ["registered", ["approve", "return", "reject", "lose", "withdraw"]],
    ["returned", ["resubmit", "reject", "lose", "withdraw"]],
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

  it.each([
    ["registered", "approve", "protected", null],
    ["registered", "approve", "pending", null],
    ["registered", "approve", "queued", "waits in line"],
    ["approved", "win", "protected", null],
    ["approved", "win", "none", null],
    ["approved", "win", "pending", "not answered"],
    ["approved", "win", "queued", "waits in line"],
  ] as [DealStatus, string, Protection, string | null][])("when %s say of %s while %s: %s", (status, action, protection, why) => {
    const offered = offeredActions(as("ecosystem-admin"), deal(status, protection)).find((a) => a.action === action);
    if (why === null) expect(offered?.hindrance).toBeNull();
    else expect(offered?.hindrance).toContain(why);
  });
});

it("a deal moves through its phases while it is open and not returned", () => {
  expect(lifecycleHindrance(deal("approved"))).toBeNull();
  expect(lifecycleHindrance(deal("registered"))).toBeNull();
  expect(lifecycleHindrance(deal("returned"))).toContain("resubmitted first");
  expect(lifecycleHindrance(deal("won"))).toBe("The deal is won.");
});
