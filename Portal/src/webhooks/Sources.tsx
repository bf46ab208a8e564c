import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { inside } from "../api/client";
import type { Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { CopyId } from "../ui/CopyId";
import { List, type ListColumn } from "../ui/List";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { CreateSource } from "./CreateSource";
import { MappingForm } from "./MappingForm";
import { Rotate } from "./Rotate";
import { SettingsForm } from "./SettingsForm";
import { useSchemes } from "./useSchemes";

const count = (n: number) => n.toLocaleString("en");

/** Who sends webhooks here, where to, and what became of them. */
export function Sources() {
  const ecosystem = useEcosystem();
  const session = useSession();
  const source = usePages<Source>(inside(ecosystem, "sources"), {});
  const [rotating, setRotating] = useState<Source | null>(null);
  const [mapping, setMapping] = useState<Source | null>(null);
  const [setting, setSetting] = useState<Source | null>(null);
  const schemes = useSchemes();
  const schemeOf = (row: Source) => schemes.find((known) => known.name === row.scheme);
  const settingScheme = setting ? schemeOf(setting) : undefined;

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
    { title: "Scheme", cell: (row) => schemeOf(row)?.label ?? row.scheme, minor: true },
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
      title: "Change",
      cell: (row) => (
        <Group gap={6} wrap="nowrap" justify="flex-end">
          <Button size="compact-xs" variant="default" onClick={() => setMapping(row)} aria-label={`Mapping of ${row.name}`}>
            Mapping
          </Button>
          {schemeOf(row)?.settings.length ? (
            <Button size="compact-xs" variant="default" onClick={() => setSetting(row)} aria-label={`Settings of ${row.name}`}>
              Settings
            </Button>
          ) : null}
          <Button size="compact-xs" variant="default" onClick={() => setRotating(row)} aria-label={`Rotate the secret of ${row.name}`}>
            Rotate
          </Button>
        </Group>
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
      <Modal
        opened={mapping !== null}
        onClose={() => setMapping(null)}
        size="lg"
        title={mapping ? `Mapping of ${mapping.name}` : ""}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {mapping ? <MappingForm source={mapping} close={() => setMapping(null)} /> : null}
      </Modal>
      <Modal
        opened={setting !== null}
        onClose={() => setSetting(null)}
        title={setting ? `Settings of ${setting.name}` : ""}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {setting && settingScheme ? <SettingsForm source={setting} scheme={settingScheme} close={() => setSetting(null)} /> : null}
      </Modal>
    </>
  );
}
