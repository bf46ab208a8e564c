import { ageOf, ageText } from "../board/age";
import type { LiveCard } from "../board/model";
import classes from "./AgeBar.module.css";

type Timed = Pick<LiveCard, "sinceMs" | "dueMs" | "overdue">;

/** Days in the phase against its time box: a thin bar and the same in words. */
export function AgeBar({ card, now }: { card: Timed; now: number }) {
  const age = ageOf(card, now);
  return (
    <span className={classes.age} data-tone={age.tone}>
      <span className={`${classes.track} age-track`} data-open={age.share === null || undefined}>
        {age.share === null ? null : <span className={classes.fill} style={{ transform: `scaleX(${age.share})` }} />}
      </span>
      <span className={classes.text}>{ageText(card, now)}</span>
    </span>
  );
}
