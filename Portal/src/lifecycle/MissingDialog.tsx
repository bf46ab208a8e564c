import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get, inside } from "../api/client";
import type { Deal, Partner, Program } from "../api/types";
import { phaseNames } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { Failure, LoadingRows } from "../ui/States";
import { Checklist } from "./Checklist";
import { missing, phaseAfter } from "./phases";
import { detailKey, type Subject } from "./useAdvance";
import { useComplete } from "./useComplete";

interface Props {
  subject: Subject | null;
  advance: (subject: Subject) => void;
  advancing: boolean;
  close: () => void;
}

/** What stands between a card and its next phase, and the buttons that put it right. */
export function MissingDialog({ subject, ...rest }: Props) {
  return (
    <Modal
      opened={subject !== null}
      onClose={rest.close}
      title={subject ? `${subject.name}: before ${phaseNames[phaseAfter(subject.phase) ?? subject.phase]}` : ""}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {subject ? <Missing subject={subject} {...rest} /> : null}
    </Modal>
  );
}

function Missing({ subject, advance, advancing, close }: Props & { subject: Subject }) {
  const ecosystem = useEcosystem();
  const detail = useQuery({
    queryKey: detailKey(ecosystem, subject.kind, subject.id),
    queryFn: () => get<Partner | Deal | Program>(inside(ecosystem, subject.kind, subject.id)),
    staleTime: 0,
  });
  const { complete, busy } = useComplete(subject);
  if (detail.isPending) return <LoadingRows rows={3} />;
  if (detail.isError) return <Failure error={detail.error} retry={() => void detail.refetch()} />;

  const open = missing(detail.data.checklist, detail.data.phase);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {open.length === 0
          ? "Everything required is done."
          : `${open.length} required ${open.length === 1 ? "item is" : "items are"} still open in ${phaseNames[detail.data.phase]}.`}
      </Text>
      <Checklist items={open} complete={subject.kind === "deals" ? undefined : complete} busy={busy} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          Close
        </Button>
        <Button
          disabled={open.length > 0}
          loading={advancing}
          onClick={() => advance({ ...subject, phase: detail.data.phase })}
        >
          Advance
        </Button>
      </Group>
    </Stack>
  );
}
