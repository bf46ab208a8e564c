import classes from "../streams/Streams.module.css";
import type { Form } from "./chartOptions";
import { figureText, hoursText, stageNames, stages, type Figure } from "./figures";

interface Props {
  label: string;
  figures: readonly Figure[];
  form: Form;
  unit: string;
  tick: (label: string) => string;
}

type Column = [title: string, cell: (figure: Figure) => string];

function columnsOf(form: Form, unit: string): Column[] {
  switch (form) {
    case "pressure":
      return [
        [`Systolic, ${unit}`, (f) => figureText(f.value)],
        [`Diastolic, ${unit}`, (f) => figureText(f.second)],
      ];
    case "stages":
      return [
        ["Asleep in all", (f) => hoursText(f.value ?? 0)],
        ...stages.map((stage): Column => [
          stageNames[stage],
          (f) => (f.stages?.[stage] ? hoursText(f.stages[stage]) : "–"),
        ]),
      ];
    case "band":
      return [
        [`Mean, ${unit}`, (f) => figureText(f.value)],
        ["Least", (f) => figureText(f.min)],
        ["Greatest", (f) => figureText(f.max)],
        ["Samples", (f) => f.count.toLocaleString("en")],
      ];
    case "bars":
      return [
        [unit, (f) => figureText(f.value)],
        ["Samples", (f) => f.count.toLocaleString("en")],
      ];
  }
}

/** The figures of a chart, newest first, those of which something is known. */
export function FigureTable({ label, figures, form, unit, tick }: Props) {
  const columns = columnsOf(form, unit);
  return (
    <div className={classes.scroll} style={{ maxHeight: 320 }} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">When</th>
            {columns.map(([title]) => (
              <th key={title} scope="col" className="num">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures
            .filter((figure) => figure.value !== null)
            .toReversed()
            .map((figure) => (
              <tr key={figure.label}>
                <td>{tick(figure.label)}</td>
                {columns.map(([title, cell]) => (
                  <td key={title} className="num">
                    {cell(figure)}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
