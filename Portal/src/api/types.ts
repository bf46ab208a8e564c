// The gateway's JSON, as the portal reads it. Times are RFC 3339 in UTC.

export const phases = ["discovery", "integration", "launch", "scale"] as const;
export type Phase = (typeof phases)[number];
export type Kind = "partners" | "deals";
export type Role = "ecosystem-admin" | "partner-manager" | "partner" | "integration" | "viewer";

export interface Money {
  minor: number;
  currency: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

export interface EcosystemRef {
  id: string;
  title: string;
}

export interface Session {
  subject: string;
  name: string;
  role: Role;
  partner?: string | null;
  ecosystems: EcosystemRef[];
}

export interface CardGate {
  done: number;
  total: number;
  next?: string | null;
}

interface CardBase {
  id: string;
  version: number;
  name: string;
  tier: string;
  category: string;
  phase: Phase;
  since: string;
  dueAt?: string | null;
  overdue: boolean;
  gate: CardGate;
}

export interface PartnerCard extends CardBase {
  kind: "partners";
  region?: string | null;
}

export type DealStatus = "registered" | "returned" | "approved" | "withdrawn" | "rejected" | "won" | "lost";
export type Protection = "pending" | "protected" | "queued" | "none";

export interface DealCard extends CardBase {
  kind: "deals";
  partner: string;
  partnerName?: string | null;
  status: DealStatus;
  protection: Protection;
  product: string;
  amount?: Money | null;
}

export type Card = PartnerCard | DealCard;

export interface PhaseVisit {
  phase: Phase;
  enteredAt: string;
  dueAt?: string | null;
  leftAt?: string | null;
  overdueSince?: string | null;
}

export interface ChecklistItem {
  item: string;
  title: string;
  phase: Phase;
  required: boolean;
  doneAt?: string | null;
  doneBy?: string | null;
}

export interface Gate {
  done: number;
  total: number;
  next?: { item: string; title: string } | null;
}

interface Lifecycle {
  id: string;
  version: number;
  phase: Phase;
  since: string;
  dueAt?: string | null;
  overdue: boolean;
  phases: PhaseVisit[];
  checklist: ChecklistItem[];
  gate: Gate;
}

export interface Partner extends Lifecycle {
  name: string;
  category: string;
  categoryName: string;
  region?: string | null;
  tier: string;
  tierName: string;
  blueprint: number;
}

export interface Deal extends Lifecycle {
  partner: string;
  partnerName?: string | null;
  customer: { name: string; domain: string };
  domain: string;
  product: string;
  amount?: Money | null;
  status: DealStatus;
  protection: Protection;
  protectedUntil?: string | null;
  queuePosition?: number | null;
  reason?: string | null;
}

export interface TimelineEntry {
  version: number;
  position: number;
  at: string;
  event: string;
  title: string;
  actor: string;
  correlation?: string | null;
  data: unknown;
}

export interface BoardColumn {
  phase: Phase;
  count: number;
  overdue: number;
  medianDays?: number | null;
  cards: Card[];
}

export interface Board {
  version: number;
  kind: Kind;
  columns: BoardColumn[];
}

export interface Delta {
  version: number;
  /** The version this delta follows; it may be applied to any board at or after it. */
  from: number;
  upserts: Card[];
  removes: string[];
  correlation?: string | null;
}

export interface SourceCounts {
  applied: number;
  repeated: number;
  received: number;
  ignored: number;
  deadLettered: number;
}

export interface Source {
  id: string;
  version: number;
  name: string;
  scheme: string;
  url: string;
  mapping?: Record<string, unknown> | null;
  secrets: { hint: string; createdAt: string; expiresAt?: string | null }[];
  counts: SourceCounts;
}

export interface CreatedSource {
  id: string;
  name: string;
  scheme: string;
  url: string;
  secret: string;
}

export type DeadLetterStatus = "dead" | "replayed" | "ignored";

export interface DeadLetterCard {
  id: string;
  source: string;
  type: string;
  eventId: string;
  reason?: { code: string; message: string; field?: string | null } | null;
  receivedAt: string;
  status: DeadLetterStatus;
  replays: number;
}

export interface DeadLetter extends DeadLetterCard {
  body: string;
  version: number;
}

export interface NamedRule {
  id: string;
  name: string;
}

export interface PhaseRule extends NamedRule {
  timeBoxDays?: number | null;
}

export interface BlueprintDocument {
  name: string;
  title: string;
  currency: string;
  groups: NamedRule[];
  categories: (NamedRule & { group: string })[];
  tiers: (NamedRule & { rank: number })[];
  partnerPhases: PhaseRule[];
  dealPhases: PhaseRule[];
  products: (NamedRule & { description?: string; listPricePerYear?: Money | null })[];
  dealRegistration: { unlistedProductsAllowed: boolean; protectionDays: number };
}

export interface Blueprint {
  version: number;
  document: BlueprintDocument;
}
