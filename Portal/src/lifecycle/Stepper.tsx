import type { CSSProperties } from "react";
import { phases, type PhaseVisit } from "../api/types";
import { phaseNames } from "../app/blueprint";
import { ageText } from "../board/age";
import { Icon } from "../ui/Icon";
import { useNow } from "../ui/now";
import { calendarDay } from "../ui/time";
import classes from "./Lifecycle.module.css";

/** The four phases with when each was entered and left, and how the current one stands against its time box. */
export function Stepper({ visits, closed }: { visits: readonly PhaseVisit[]; closed?: boolean }) {
  const now = useNow();
  const current = visits[visits.length - 1];
  return (
    <ol className={classes.stepper} aria-label="Phases">
      {phases.map((phase) => {
        const visit = visits.findLast((v) => v.phase === phase);
        const isCurrent = visit !== undefined && visit === current && !closed;
        const state = isCurrent ? "current" : visit ? "done" : "ahead";
        return (
          <li
            key={phase}
            className={classes.step}
            data-state={state}
            aria-current={isCurrent ? "step" : undefined}
            style={{ "--phase": `var(--phase-${phase})` } as CSSProperties}
          >
            <span className={classes.stepName}>
              {phaseNames[phase]}
              {state === "done" && visit?.leftAt ? <Icon name="check" size={13} /> : null}
            </span>
            {visit ? <Dates visit={visit} now={now} current={isCurrent} /> : <span className={classes.stepNote}>ahead</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Dates({ visit, now, current }: { visit: PhaseVisit; now: number; current: boolean }) {
  const entered = Date.parse(visit.enteredAt);
  const due = visit.dueAt ? Date.parse(visit.dueAt) : null;
  if (!current) {
    const left = visit.leftAt ? ` to ${calendarDay(Date.parse(visit.leftAt), now)}` : "";
    return <span className={classes.stepNote}>{calendarDay(entered, now) + left}</span>;
  }
  const timed = { sinceMs: entered, dueMs: due, overdue: Boolean(visit.overdueSince) };
  const late = due !== null && now >= due;
  return (
    <>
      <span className={classes.stepNote}>since {calendarDay(entered, now)}</span>
      {due === null ? null : <span className={classes.stepNote}>due {calendarDay(due, now)}</span>}
      <span className={classes.stepNote} data-red={late || undefined}>
        {ageText(timed, now)}
      </span>
    </>
  );
}
