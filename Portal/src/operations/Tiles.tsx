import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Operations } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useSession } from "../session/session";
import { Ago } from "../ui/Ago";
import classes from "./Operations.module.css";
import { countText, figureText, livingSilos, millisecondsText, processesOf } from "./figures";

type Tone = "calm" | "warn" | "bad";

function Tile({ name, value, tone = "calm", children }: { name: string; value: string; tone?: Tone; children?: ReactNode }) {
  return (
    <div className={classes.tile} data-tone={tone}>
      <dt className={classes.tileName}>{name}</dt>
      <dd style={{ margin: 0 }}>
        <div className={classes.tileValue}>{value}</div>
        <div className={classes.tileNote}>{children}</div>
      </dd>
    </div>
  );
}

/** A deadline that waits longer than this is overdue: it is looked for every second, and tried again after five. */
const overdueMs = 30_000;

/** The figures that say whether all is well. */
export function Tiles({ operations }: { operations: Operations }) {
  const { cluster, deadLetters } = operations;
  const { commands, journal } = cluster;
  const living = livingSilos(cluster);
  const answering = living.filter((silo) => silo.process).length;
  const processes = processesOf(cluster);
  const sum = (of: (one: (typeof processes)[number]) => number) => processes.reduce((all, one) => all + of(one), 0);
  const lag = Math.max(0, ...(journal?.readers ?? []).map((reader) => reader.lag));
  const isOverdue = journal?.oldestDueAt
    ? Date.parse(cluster.at) - Date.parse(journal.oldestDueAt) > overdueMs
    : false;
  const silent = living.length - answering;
  return (
    <dl className={classes.tiles} style={{ margin: 0 }} aria-label="Figures">
      <Tile name="Silos" value={cluster.silosAnswer ? `${answering} of ${living.length}` : "–"} tone={silent > 0 || !cluster.silosAnswer ? "bad" : "calm"}>
        {cluster.silosAnswer ? (silent > 0 ? `${silent} do not answer` : "all answer") : "no silo answers"}
      </Tile>
      <Tile name="Commands a second" value={figureText(commands.perSecond)}>
        {commands.perSecond == null ? "measured from now on" : "of the last minute"}
      </Tile>
      <Tile name="Command, p99" value={millisecondsText(commands.p99Milliseconds)}>
        p50 {millisecondsText(commands.p50Milliseconds)}
      </Tile>
      <Tile name="Under way" value={countText(sum((one) => one.underWay))}>
        not answered yet
      </Tile>
      <Tile name="Readers behind" value={journal ? countText(lag) : "–"} tone={journal ? "calm" : "bad"}>
        {journal ? "events, at most" : "the journal does not answer"}
      </Tile>
      <Tile
        name="Deadlines due"
        value={journal ? `${countText(journal.deadlinesDue)}${journal.deadlinesMore ? "+" : ""}` : "–"}
        tone={isOverdue ? "warn" : "calm"}
      >
        {journal?.oldestDueAt ? (
          <>
            oldest <Ago at={journal.oldestDueAt} />
          </>
        ) : journal ? (
          "none waits"
        ) : null}
      </Tile>
      <Tile name="Dead letters" value={countText(deadLetters.reduce((all, one) => all + one.count, 0))}>
        <Letters operations={operations} />
      </Tile>
      <Tile name="Conflicts" value={countText(sum((one) => one.conflicts))}>
        {countText(sum((one) => one.overloads))} overloads
      </Tile>
    </dl>
  );
}

/** Where they lie, each a way to where they are looked at. */
function Letters({ operations }: { operations: Operations }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const some = operations.deadLetters.filter((one) => one.count > 0);
  if (some.length === 0) return <>none waits</>;
  const titleOf = (id: string) => session.ecosystems.find((one) => one.id === id)?.title ?? id;
  return (
    <>
      {some.map((one, i) => (
        <span key={one.ecosystem}>
          {i > 0 ? ", " : ""}
          <Link href={`${pathTo.deadLetters(one.ecosystem)}?status=dead`}>
            {one.ecosystem === ecosystem && some.length === 1 ? "Look at them" : `${titleOf(one.ecosystem)} ${countText(one.count)}`}
          </Link>
        </span>
      ))}
    </>
  );
}
