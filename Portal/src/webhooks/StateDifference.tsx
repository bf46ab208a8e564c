import type { StateChange } from "../api/types";
import classes from "./DryRun.module.css";
import { sidesOf } from "./stateText";

/** What would be different in a grain's state: signs and words tell before from after, the colour only helps. */
export function StateDifference({ changes }: { changes: StateChange[] }) {
  return (
    <table className={classes.difference} role="table" aria-label="What would be different">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Path
          </th>
          <th role="columnheader" scope="col">
            Before
          </th>
          <th role="columnheader" scope="col">
            After
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {changes.map((change) => {
          const [before, after] = sidesOf(change.before, change.after);
          return (
            <tr key={change.path} role="row">
              <th role="rowheader" scope="row">
                {change.path.replace(/^\$\.?/, "") || "everything"}
              </th>
              <td role="cell" data-side="before">
                <Side value={before} sign="−" />
              </td>
              <td role="cell" data-side="after">
                <Side value={after} sign="+" />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Side({ value, sign }: { value: string | null; sign: string }) {
  if (value === null) return <span className="faint">nothing</span>;
  return (
    <>
      <span className={classes.sign} aria-hidden="true">
        {sign}
      </span>
      <span className={classes.value}>{value}</span>
    </>
  );
}
