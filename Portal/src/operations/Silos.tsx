import type { Cluster, Silo } from "../api/types";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { Panel } from "../ui/Page";
import { Empty } from "../ui/States";
import classes from "./Operations.module.css";
import { addressText, bytesText, countText, figureText, processText, versionText } from "./figures";

const states: Record<Silo["state"], { tone: string; word: string }> = {
  joining: { tone: "open", word: "Joining" },
  active: { tone: "good", word: "Active" },
  stopping: { tone: "warn", word: "Stopping" },
  dead: { tone: "done", word: "Dead" },
};

function State({ silo }: { silo: Silo }) {
  if (silo.state === "active" && !silo.process) return <ToneBadge tone="bad">Does not answer</ToneBadge>;
  return <ToneBadge tone={states[silo.state].tone}>{states[silo.state].word}</ToneBadge>;
}

const grainsOf = (silo: Silo) => (silo.process?.active ?? []).reduce((all, one) => all + one.count, 0);

/** Every silo that the cluster remembers, and how busy it is. */
export function Silos({ cluster }: { cluster: Cluster }) {
  if (cluster.silos.length === 0) {
    return (
      <Panel title="Silos">
        <Empty icon="gears" title="No silo answers">
          Nothing is known of silos until one can be reached. Commands are answered with 503 meanwhile.
        </Empty>
      </Panel>
    );
  }
  const living = cluster.silos.filter((silo) => silo.state !== "dead");
  const dead = cluster.silos.filter((silo) => silo.state === "dead");
  return (
    <Panel title="Silos">
      <Table silos={living} label="Silos" />
      {dead.length > 0 ? (
        <details>
          <summary style={{ padding: "10px 0 4px", fontSize: 13, cursor: "pointer" }}>
            {countText(dead.length)} that are gone, of the last day
          </summary>
          <Table silos={dead} label="Silos that are gone" />
        </details>
      ) : null}
      <p className={classes.sub} style={{ margin: "10px 0 0" }}>
        Answered by {processText(cluster.process.name)}, {cluster.process.role}, version{" "}
        {versionText(cluster.process.version)}.
      </p>
    </Panel>
  );
}

function Table({ silos, label }: { silos: Silo[]; label: string }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Silo</th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              CPU
            </th>
            <th scope="col" className="num">
              Memory
            </th>
            <th scope="col" className="num" data-minor="true">
              Grains
            </th>
            <th scope="col" className="num" data-minor="true">
              Under way
            </th>
            <th scope="col" className="num" data-minor="true">
              Handled
            </th>
            <th scope="col" data-minor="true">
              Version
            </th>
            <th scope="col" data-minor="true">
              Started
            </th>
          </tr>
        </thead>
        <tbody>
          {silos.map((silo) => (
            <Row key={silo.address} silo={silo} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ silo }: { silo: Silo }) {
  const { process } = silo;
  return (
    <tr>
      <td>
        <div>{silo.name}</div>
        <div className={classes.sub}>{addressText(silo.address)}</div>
      </td>
      <td>
        <State silo={silo} />
        {silo.state === "active" && process ? null : silo.lastSignAt ? (
          <div className={classes.sub}>
            last sign <Ago at={silo.lastSignAt} />
          </div>
        ) : null}
      </td>
      <td className="num">{process?.cpuPercent == null ? "–" : `${figureText(process.cpuPercent)} %`}</td>
      <td className="num">{process ? bytesText(process.memoryBytes) : "–"}</td>
      <td className="num" data-minor="true">
        {process ? countText(grainsOf(silo)) : "–"}
      </td>
      <td className="num" data-minor="true">
        {process ? countText(process.underWay) : "–"}
      </td>
      <td className="num" data-minor="true">
        {process ? countText(process.handled) : "–"}
      </td>
      <td data-minor="true">{process ? versionText(process.version) : "–"}</td>
      <td data-minor="true">{silo.startedAt ? <Ago at={silo.startedAt} /> : "–"}</td>
    </tr>
  );
}
