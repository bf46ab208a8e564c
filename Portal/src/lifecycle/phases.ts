import { phases, type ChecklistItem, type Phase } from "../api/types";

/** The phase after this one, or null after the last. */
export function phaseAfter(phase: Phase): Phase | null {
  return phases[phases.indexOf(phase) + 1] ?? null;
}

export const isDone = (item: ChecklistItem) => item.doneAt !== null && item.doneAt !== undefined;

/** What must still be done before the current phase can be left. */
export function missing(checklist: readonly ChecklistItem[], phase: Phase): ChecklistItem[] {
  return checklist.filter((item) => item.phase === phase && item.required && !isDone(item));
}
