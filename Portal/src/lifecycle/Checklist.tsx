import { Button, Text } from "@mantine/core";
import type { ChecklistItem } from "../api/types";
import { Ago } from "../ui/Ago";
import { Icon } from "../ui/Icon";
import classes from "./Lifecycle.module.css";
import { isDone } from "./phases";

interface Props {
  items: readonly ChecklistItem[];
  /** Undefined for those who may not complete items, or where the phase is over. */
  complete?: (item: string) => void;
  /** The item whose completion is under way. */
  busy?: string | null;
}

/** The items of a phase: done ones with who and when, open ones with the button that completes them. */
export function Checklist({ items, complete, busy }: Props) {
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        This phase has no checklist.
      </Text>
    );
  }
  return (
    <ul className={classes.checklist}>
      {items.map((item) => (
        <li key={item.item} className={classes.item} data-done={isDone(item) || undefined}>
          <span className={classes.tick}>{isDone(item) ? <Icon name="check" size={13} /> : null}</span>
          <span className={classes.itemText}>
            <span>
              {item.title}
              {item.required ? null : <span className="faint"> · optional</span>}
            </span>
            {item.doneAt ? (
              <span className={classes.itemNote}>
                {item.doneBy ?? "someone"}, <Ago at={item.doneAt} />
              </span>
            ) : null}
          </span>
          {!isDone(item) && complete ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={busy === item.item}
              disabled={busy !== null && busy !== undefined && busy !== item.item}
              onClick={() => complete(item.item)}
              aria-label={`Complete: ${item.title}`}
            >
              Complete
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
