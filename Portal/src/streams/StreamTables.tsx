import { Text } from "@mantine/core";
import type { Stream } from "../api/types";
import { Ago } from "../ui/Ago";
import classes from "./Streams.module.css";
import { measureNames } from "./measures";

/** How far each measure has come, and whether its past is complete. */
export function Watermarks({ stream }: { stream: Stream }) {
  if (stream.watermarks.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing has come yet.
      </Text>
    );
  }
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label="Measures of this stream">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Oldest</th>
            <th scope="col">Newest</th>
            <th scope="col" className="num">
              Samples
            </th>
            <th scope="col">Past</th>
          </tr>
        </thead>
        <tbody>
          {stream.watermarks.map((mark) => (
            <tr key={mark.measure}>
              <td>{mark.measure ? measureNames[mark.measure] : "Unknown"}</td>
              <td>
                <Ago at={mark.oldest} />
              </td>
              <td>
                <Ago at={mark.newest} />
              </td>
              <td className="num">{mark.samples.toLocaleString("en")}</td>
              <td>
                {mark.backfilledAt ? (
                  "complete"
                ) : stream.backfillFrom ? (
                  "still coming"
                ) : (
                  <span className="faint">not asked for</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Stable reason codes of the gateway in words; an unknown one is shown as it is. */
const reasons: Record<string, string> = {
  "not-a-number": "is not a number",
  "out-of-range": "is more or less than a living person's device can report",
  "time-missing": "has no time",
  "time-implausible": "has a time that cannot be right",
  "end-before-start": "ends before it starts",
  "unit-unknown": "is in an unknown unit",
  "no-length": "is a sleep of no length",
  "detail-too-long": "has too long a description",
  "id-too-long": "has too long an id",
  "user-missing": "does not say whose it is",
};

/** The newest values that were not taken while the others of their delivery were. */
export function SetAsideValues({ values }: { values: Stream["recentlySetAside"] }) {
  if (values.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Their details are no longer kept.
      </Text>
    );
  }
  return (
    <ul className={classes.list} aria-label="The newest values set aside">
      {values.map((value, place) => (
        <li key={place}>
          <span>
            <strong>{measureNames[value.what as keyof typeof measureNames] ?? value.what}</strong>{" "}
            {reasons[value.reason] ?? value.reason}
          </span>
          <span className={`mono faint ${classes.end}`}>{value.path}</span>
        </li>
      ))}
    </ul>
  );
}
