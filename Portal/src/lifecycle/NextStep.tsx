import { Button, Group, Text, Tooltip } from "@mantine/core";
import type { ChecklistItem } from "../api/types";
import { phaseNames } from "../app/blueprint";
import { Panel } from "../ui/Page";
import { Checklist } from "./Checklist";
import { MissingDialog } from "./MissingDialog";
import { missing, phaseAfter } from "./phases";
import { useAdvance, type Subject } from "./useAdvance";
import { useComplete } from "./useComplete";

interface Props {
  subject: Subject;
  checklist: readonly ChecklistItem[];
  mayAct: boolean;
  /** Why nothing can be done here, when the subject is closed or not yet decided. */
  hindrance?: string | null;
}

/** The checklist of the current phase, and the way into the next one with the reason where it is shut. */
export function NextStep({ subject, checklist, mayAct, hindrance }: Props) {
  const { complete, busy } = useComplete(subject);
  const { advance, advancing, blocked, close } = useAdvance();
  const items = checklist.filter((item) => item.phase === subject.phase);
  const open = missing(checklist, subject.phase);
  const next = phaseAfter(subject.phase);
  const reason = hindrance ?? (open.length > 0 ? `Needs: ${open.map((item) => item.title).join("; ")}` : null);

  if (items.length === 0 && next === null) return null;
  return (
    <Panel title={items.length === 0 ? "Next phase" : `Checklist of ${phaseNames[subject.phase].toLowerCase()}`}>
      {items.length === 0 ? null : <Checklist items={items} complete={mayAct && !hindrance ? complete : undefined} busy={busy} />}
      {next === null ? (
        <Text size="sm" c="dimmed" mt={12}>
          This is the last phase.
        </Text>
      ) : (
        <Group mt={items.length === 0 ? 0 : 12} gap={12} wrap="nowrap" align="center">
          {mayAct ? (
            <Tooltip label={reason} disabled={reason === null} withArrow multiline maw={320}>
              <Button
                data-disabled={reason !== null || undefined}
                aria-disabled={reason !== null}
                loading={advancing}
                onClick={() => reason === null && advance(subject)}
              >
                Advance to {phaseNames[next].toLowerCase()}
              </Button>
            </Tooltip>
          ) : null}
          {reason ? (
            <Text size="sm" c="dimmed" style={{ flex: 1 }}>
              {hindrance ??
                `${open.length} required ${open.length === 1 ? "item is" : "items are"} open before ${phaseNames[next].toLowerCase()}.`}
            </Text>
          ) : null}
        </Group>
      )}
      <MissingDialog subject={blocked} advance={advance} advancing={advancing} close={close} />
    </Panel>
  );
}
