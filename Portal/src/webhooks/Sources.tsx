import { Button, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { inside, post } from "../api/client";
import type { Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { CopyId } from "../ui/CopyId";
import { List, type ListColumn } from "../ui/List";
import { Empty, Failure } from "../ui/States";
import { usePages } from "../ui/usePages";
import { CreateSource } from "./CreateSource";
import { SecretOnce } from "./SecretOnce";
import { schemeNames } from "./schemes";

const count = (n: number) => n.toLocaleString("en");

/** Who sends webhooks here, where to, and what became of them. */
export function Sources() {
  const ecosystem = useEcosystem();
  const session = useSession();
  const source = usePages<Source>(inside(ecosystem, "sources"), {});
  const [rotating, setRotating] = useState<Source | null>(null);

  const columns: ListColumn<Source>[] = [
    {
      title: "Source",
      cell: (row) => (
        <div>
          <div style={{ fontWeight: 600 }}>{row.name}</div>
          <CopyId value={row.id} />
        </div>
      ),
    },
    { title: "Scheme", cell: (row) => schemeNames[row.scheme] ?? row.scheme, minor: true },
    { title: "Address", cell: (row) => <CopyId value={row.url} label="address" />, minor: true },
    { title: "Applied", cell: (row) => count(row.counts.applied), numeric: true },
    { title: "Repeated", cell: (row) => count(row.counts.repeated), numeric: true, minor: true },
    { title: "Batches", cell: (row) => count(row.counts.received), numeric: true, minor: true },
    { title: "Ignored", cell: (row) => count(row.counts.ignored), numeric: true, minor: true },
    {
      title: "Dead",
      cell: (row) =>
        row.counts.deadLettered > 0 ? (
          <Link href={`${pathTo.deadLetters(ecosystem)}?source=${encodeURIComponent(row.id)}`}>{count(row.counts.deadLettered)}</Link>
        ) : (
          0
        ),
      numeric: true,
    },
  ];
  if (may.manage(session)) {
    columns.push({
      title: "Secret",
      cell: (row) => (
        <Button size="compact-xs" variant="default" onClick={() => setRotating(row)} aria-label={`Rotate the secret of ${row.name}`}>
          Rotate
        </Button>
      ),
      numeric: true,
    });
  }

  return (
    <>
      <List
        label="Webhook sources"
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          <Empty icon="webhooks" title="No sources yet" action={<CreateSource />}>
            A source is a system that sends events here, such as a CRM. It gets an address and a secret of its own.
          </Empty>
        }
      />
      <Modal
        opened={rotating !== null}
        onClose={() => setRotating(null)}
        title={rotating ? `Rotate the secret of ${rotating.name}` : ""}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {rotating ? <Rotate source={rotating} close={() => setRotating(null)} /> : null}
      </Modal>
    </>
  );
}

function Rotate({ source, close }: { source: Source; close: () => void }) {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [hours, setHours] = useState<number | string>(24);
  const rotate = useMutation({
    mutationFn: () =>
      post<{ secret: string }>(inside(ecosystem, "sources", source.id, "rotate"), { overlapHours: Number(hours) }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["list"] }),
  });
  if (rotate.data) return <SecretOnce secret={rotate.data.secret} url={source.url} close={close} />;
  return (
    <Stack>
      <Text size="sm">
        A new secret is made. The old one stays valid for the overlap, so that the sender can change over without a gap.
      </Text>
      <NumberInput label="Overlap in hours" min={0} max={168} value={hours} onChange={setHours} allowDecimal={false} />
      {rotate.isError ? <Failure error={rotate.error} title="Not rotated" /> : null}
      <Button onClick={() => rotate.mutate()} loading={rotate.isPending} disabled={hours === ""}>
        Rotate
      </Button>
    </Stack>
  );
}
