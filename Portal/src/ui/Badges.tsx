import type { DealStatus, Phase, Protection } from "../api/types";
import { phaseNames } from "../app/blueprint";
import classes from "./Badges.module.css";

/** The tier, stronger the higher it ranks; the words carry it, the tone only helps. */
export function TierBadge({ name, rank }: { name: string; rank: number }) {
  return (
    <span className={classes.badge} data-rank={Math.min(rank, 4)}>
      {name}
    </span>
  );
}

export function PhaseLabel({ phase }: { phase: Phase }) {
  return (
    <span className={classes.phase}>
      <span className="phase-dot" style={{ background: `var(--phase-${phase})` }} />
      {phaseNames[phase]}
    </span>
  );
}

const statusTones: Record<DealStatus, string> = {
  registered: "open",
  returned: "warn",
  approved: "good",
  withdrawn: "done",
  rejected: "bad",
  won: "good",
  lost: "bad",
};

const protectionTones: Record<Protection, string> = { pending: "open", protected: "good", queued: "warn", none: "done" };

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export function StatusBadge({ status }: { status: DealStatus }) {
  return <ToneBadge tone={statusTones[status]}>{capital(status)}</ToneBadge>;
}

export function ProtectionBadge({ protection, position }: { protection: Protection; position?: number | null }) {
  const text = protection === "none" ? "Not protected" : capital(protection);
  return (
    <ToneBadge tone={protectionTones[protection]}>{position ? `${text}, number ${position} in line` : text}</ToneBadge>
  );
}

export function ToneBadge({ tone, children }: { tone: string; children: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}
