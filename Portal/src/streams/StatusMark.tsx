import type { StreamStatus } from "../api/types";
import badges from "../ui/Badges.module.css";
import { Icon } from "../ui/Icon";
import { statusFacts } from "./status";

/** The state of a connection by icon and word; the colour only helps. */
export function StatusMark({ status }: { status: StreamStatus }) {
  const facts = statusFacts[status];
  return (
    <span className={badges.badge} data-tone={facts.tone} style={{ gap: 5 }} title={facts.means}>
      <Icon name={facts.icon} size={13} />
      {facts.label}
    </span>
  );
}
