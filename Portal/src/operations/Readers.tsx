import { Text } from "@mantine/core";
import type { Cluster } from "../api/types";
import { ToneBadge } from "../ui/Badges";
import { Panel } from "../ui/Page";
import classes from "./Operations.module.css";
import { countText, holderText, readerText } from "./figures";

/** What one process at a time does for all, how far it is behind, and who does it. */
export function Readers({ cluster }: { cluster: Cluster }) {
  const { journal } = cluster;
  if (!journal) {
    return (
      <Panel title="Readers and leases">
        <Text size="sm" c="dimmed">
          The journal does not answer. Commands are refused with 503 until it does; what is held in memory is still shown.
        </Text>
      </Panel>
    );
  }
  return (
    <Panel title="Readers and leases">
      <div className={classes.scroll} tabIndex={0} role="group" aria-label="Readers and leases">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Reader</th>
              <th scope="col" className="num">
                Behind
              </th>
              <th scope="col" className="num" data-minor="true">
                At
              </th>
              <th scope="col">Held by</th>
            </tr>
          </thead>
          <tbody>
            {journal.readers.map((reader) => (
              <tr key={reader.name}>
                <td>
                  <div>{readerText(reader.name)}</div>
                  <div className={classes.sub}>{reader.name}</div>
                </td>
                <td className="num">{countText(reader.lag)}</td>
                <td className="num" data-minor="true">
                  {countText(reader.position)}
                </td>
                <td>
                  {reader.holder ? holderText(cluster, reader.holder) : <ToneBadge tone="warn">Nobody</ToneBadge>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.sub} style={{ margin: "10px 0 0" }}>
        The journal ends at {countText(journal.lastPosition)}.
      </p>
    </Panel>
  );
}
