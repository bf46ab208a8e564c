import type { Kind, Session } from "../api/types";
import type { IconName } from "../ui/iconPaths";
import { may } from "../session/roles";

export interface RailEntry {
  label: string;
  path: string;
  icon: IconName;
}

const at = (ecosystem: string, ...rest: string[]) => "/" + [ecosystem, ...rest].map(encodeURIComponent).join("/");

/** The address of every page, in one place. */
export const pathTo = {
  board: (e: string, kind: Kind = "partners") => at(e, "board", kind),
  partners: (e: string) => at(e, "partners"),
  partner: (e: string, id: string) => at(e, "partners", id),
  deals: (e: string) => at(e, "deals"),
  deal: (e: string, id: string) => at(e, "deals", id),
  programs: (e: string) => at(e, "programs"),
  program: (e: string, id: string) => at(e, "programs", id),
  streams: (e: string) => at(e, "streams"),
  stream: (e: string, id: string) => at(e, "streams", id),
  person: (e: string, id: string) => at(e, "people", id),
  webhooks: (e: string) => at(e, "webhooks"),
  endpoints: (e: string) => at(e, "webhooks", "endpoints"),
  endpoint: (e: string, id: string) => at(e, "webhooks", "endpoints", id),
  deadLetters: (e: string) => at(e, "webhooks", "dead-letters"),
  deadLetter: (e: string, id: string) => at(e, "webhooks", "dead-letters", id),
  operations: (e: string) => at(e, "operations"),
  grain: (e: string, kind: string, id: string) => at(e, "operations", "grains", kind, id),
};

/** The pages of the left rail for whoever is signed in. A partner finds itself where others find all partners. */
export function railOf(session: Session, ecosystem: string): RailEntry[] {
  const partner = session.role === "partner" && session.partner ? session.partner : null;
  const rail: RailEntry[] = [
    { label: "Board", path: at(ecosystem, "board"), icon: "board" },
    partner
      ? { label: "My program", path: pathTo.partner(ecosystem, partner), icon: "partners" }
      : { label: "Partners", path: pathTo.partners(ecosystem), icon: "partners" },
    { label: "Deals", path: pathTo.deals(ecosystem), icon: "deals" },
  ];
  rail.push({ label: "Programs", path: pathTo.programs(ecosystem), icon: "leaf" });
  if (may.seePeople(session)) rail.push({ label: "Streams", path: pathTo.streams(ecosystem), icon: "pulse" });
  if (may.seeWebhooks(session)) rail.push({ label: "Webhooks", path: pathTo.webhooks(ecosystem), icon: "webhooks" });
  if (may.lookIntoGrains(session)) {
    rail.push({ label: "Operations", path: pathTo.operations(ecosystem), icon: "gears" });
  }
  return rail;
}
