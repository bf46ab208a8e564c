import type { Deal, DealStatus, Session } from "../api/types";
import { may } from "../session/roles";

export const dealStatuses: { value: DealStatus; label: string }[] = [
  { value: "registered", label: "Registered" },
  { value: "returned", label: "Returned" },
  { value: "approved", label: "Approved" },
  { value: "withdrawn", label: "Withdrawn" },
  { value: "rejected", label: "Rejected" },
  { value: "won", label: "Won" },
  { value: "lost", label: "Lost" },
];

export type DealAction = "approve" | "return" | "reject" | "resubmit" | "withdraw" | "win" | "lose";

interface Rule {
  action: DealAction;
  label: string;
  /** Who decides: the managers of the ecosystem, or also the partner whose deal it is. */
  by: "manager" | "owner";
  from: readonly DealStatus[];
  main?: boolean;
  /** What the dialog asks for; without it the action happens at once. */
  asks?: "reason" | "optional-reason" | "amount";
}

const open: readonly DealStatus[] = ["registered", "returned", "approved"];

const rules: readonly Rule[] = [
  { action: "approve", label: "Approve", by: "manager", from: ["registered"], main: true },
  { action: "return", label: "Return for changes", by: "manager", from: ["registered"], asks: "reason" },
  { action: "resubmit", label: "Resubmit", by: "owner", from: ["returned"], main: true, asks: "amount" },
  { action: "reject", label: "Reject", by: "manager", from: ["registered", "returned"], asks: "reason" },
  { action: "win", label: "Mark as won", by: "manager", from: ["approved"], main: true },
  { action: "lose", label: "Mark as lost", by: "manager", from: open, asks: "optional-reason" },
  { action: "withdraw", label: "Withdraw", by: "owner", from: open, asks: "optional-reason" },
];

export interface OfferedAction extends Rule {
  /** Why it cannot be done now, or null. */
  hindrance: string | null;
}

function hindranceOf(rule: Rule, deal: Deal): string | null {
  const needsAccount = rule.action === "approve" || rule.action === "win";
  if (needsAccount && deal.protection === "queued") return "Another deal holds this customer; this one waits in line.";
  if (rule.action === "win" && deal.protection === "pending") return "The customer's account has not answered yet.";
  return null;
}

/** What this person may do with the deal in its present status; with the reason where it must wait. */
export function offeredActions(session: Session, deal: Deal): OfferedAction[] {
  return rules
    .filter((rule) => rule.from.includes(deal.status))
    .filter((rule) => may.manage(session) || (rule.by === "owner" && may.ownDeal(session, deal)))
    .map((rule) => ({ ...rule, hindrance: hindranceOf(rule, deal) }));
}

export const isClosed = (status: DealStatus) => !open.includes(status);

/** Why the deal's phases do not move, or null when they may. */
export function lifecycleHindrance(deal: Deal): string | null {
  if (isClosed(deal.status)) return `The deal is ${deal.status}.`;
  if (deal.status === "returned") return "The deal was returned and must be resubmitted first.";
  return null;
}
