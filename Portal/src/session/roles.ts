import type { Deal, Role, Session } from "../api/types";

const managers: readonly Role[] = ["ecosystem-admin", "partner-manager"];

/** What a role may do. The gateway decides; this only keeps buttons away that it would refuse. */
export const may = {
  manage: (s: Session) => managers.includes(s.role),
  registerPartner: (s: Session) => managers.includes(s.role) || s.role === "integration",
  /** Registers people and programs, records consents, connects sources. */
  register: (s: Session) => managers.includes(s.role) || s.role === "integration",
  seePeople: (s: Session) => s.role !== "viewer",
  invite: (s: Session) => managers.includes(s.role) || s.role === "partner",
  /** Enrols people in programs; a partner its own people in its own programs. */
  enrol: (s: Session) => s.role !== "viewer",
  /** Figures about groups of people; a partner its own. */
  seeOutcomes: (s: Session) => managers.includes(s.role) || s.role === "partner",
  erase: (s: Session) => s.role === "ecosystem-admin",
  /** Looks into the grains of its ecosystems, pauses and resumes them; the installation as a whole is for `session.mayOperate`. */
  lookIntoGrains: (s: Session) => s.role === "ecosystem-admin",
  registerDeal: (s: Session) => s.role !== "viewer",
  createSource: (s: Session) => managers.includes(s.role) || s.role === "integration",
  seeWebhooks: (s: Session) => s.role !== "partner",
  ownDeal: (s: Session, deal: Pick<Deal, "partner">) => s.role === "partner" && s.partner === deal.partner,
};

export const roleNames: Record<Role, string> = {
  "ecosystem-admin": "Ecosystem admin",
  "partner-manager": "Partner manager",
  partner: "Partner",
  integration: "Integration",
  viewer: "Viewer",
};
