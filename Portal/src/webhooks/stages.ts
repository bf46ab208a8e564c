import { phases } from "../api/types";

/** What a sender's stage can mean here. */
export const stageTargets: readonly string[] = [...phases, "won", "lost"];

/** "qualified = discovery", one a line. */
export const stagesText = (stages: Record<string, string> | undefined) =>
  Object.entries(stages ?? {})
    .map(([theirs, ours]) => `${theirs} = ${ours}`)
    .join("\n");

/** Reads the lines back; the error names the first line that is not of that form. */
export function readStages(text: string): { stages: Record<string, string>; error: string | null } {
  const stages: Record<string, string> = {};
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const at = line.lastIndexOf("=");
    const theirs = line.slice(0, Math.max(at, 0)).trim();
    const ours = line.slice(at + 1).trim().toLowerCase();
    if (at < 0 || theirs === "" || !stageTargets.includes(ours)) {
      return { stages, error: `Line ${index + 1}: write "their stage = ours", ours one of ${stageTargets.join(", ")}.` };
    }
    stages[theirs] = ours;
  }
  return { stages, error: null };
}
