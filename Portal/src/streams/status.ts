import type { Purpose, StreamCard, StreamStatus } from "../api/types";
import type { IconName } from "../ui/iconPaths";

interface StatusFacts {
  label: string;
  icon: IconName;
  tone: string;
  /** What it means, for those who have not met it before. */
  means: string;
}

/** The states of a connection, from what flows to what does not. */
export const statusFacts: Record<StreamStatus, StatusFacts> = {
  live: { label: "Live", icon: "pulse", tone: "good", means: "New data arrive." },
  backfilling: {
    label: "Backfilling",
    icon: "download",
    tone: "open",
    means: "So far only data of the past have come.",
  },
  waiting: { label: "Waiting", icon: "clock", tone: "done", means: "Allowed, and nothing has come yet." },
  stale: { label: "Stale", icon: "alert", tone: "warn", means: "Nothing new for longer than a worn device is silent." },
  stopped: { label: "Stopped", icon: "pause", tone: "done", means: "The consent that it needs is not in force." },
  disconnected: {
    label: "Disconnected",
    icon: "unplug",
    tone: "bad",
    means: "Nothing more comes until it is connected again.",
  },
};

export const statuses = Object.keys(statusFacts) as StreamStatus[];

const ends: Record<string, string> = {
  "by-hand": "Disconnected by hand",
  reauthorise: "The sender takes the tokens no more; it must be authorised again",
};

/** Why a connection does not flow, in words; null while it does. */
export function whyNot({ status, why }: Pick<StreamCard, "status" | "why">): string | null {
  if (status === "disconnected" && why) return ends[why] ?? `The sender says: ${why}`;
  return status === "live" || status === "backfilling" ? null : statusFacts[status].means;
}

export const purposeNames: Record<Purpose, string> = {
  coaching: "Coaching",
  "insurer-sharing": "Sharing with the insurer",
  research: "Research",
  marketing: "Marketing",
};
