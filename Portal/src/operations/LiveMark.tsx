import classes from "./Operations.module.css";
import type { Freshness } from "./useOperations";

/** The truth about how old the figures are, in words as well as in colour. */
export function LiveMark({ freshness }: { freshness: Freshness }) {
  const words =
    freshness.mode === "stale" ? `Stale since ${freshness.seconds} s` : freshness.mode === "live" ? "Live" : "Asking";
  return (
    <span className={classes.mark} data-mode={freshness.mode} data-testid="freshness">
      <span className={classes.dot} />
      {words}
    </span>
  );
}
