import { ActionIcon, Menu, Modal } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { inside } from "../api/client";
import type { Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { CopyId } from "../ui/CopyId";
import { Icon } from "../ui/Icon";
import { List, type ListColumn } from "../ui/List";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { CreateSource } from "./CreateSource";
import { MappingForm } from "./MappingForm";
import { Rotate } from "./Rotate";
import { SettingsForm } from "./SettingsForm";
import { useSchemes } from "./useSchemes";

const count = (n: number) => n.toLocaleString("en");

type Dialog = "mapping" | "settings" | "rotate";

const titles: Record<Dialog, string> = {
  mapping: "Mapping of",
  settings: "Settings of",
  rotate: "Rotate the secret of",
};

/** Who sends webhooks here, where to, and what became of them. */
export function Sources() {
  const ecosystem = useEcosystem();
  const session = useSession();
  const source = usePages<Source>(inside(ecosystem, "sources"), {});
  const [opened, setOpened] = useState<{ dialog: Dialog; row: Source } | null>(null);
  const close = () => setOpened(null);
  const schemes = useSchemes();
  const schemeOf = (row: Source) => schemes.find((known) => known.name === row.scheme);
  const openedScheme = opened ? schemeOf(opened.row) : undefined;

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
    {
      title: "Address",
      cell: (row) => (
        <div style={{ maxWidth: 190 }} title={row.url}>
          <CopyId value={row.url} label="address" shown={new URL(row.url).pathname} />
        </div>
      ),
      minor: true,
    },
    { title: "Applied", cell: (row) => count(row.counts.applied), numeric: true },
    { title: "Repeated", cell: (row) => count(row.counts.repeated), numeric: true, minor: true },
    { title: "Batches", cell: (row) => count(row.counts.received), numeric: true, minor: true },
    { title: "Ignored", cell: (row) => count(row.counts.ignored), numeric: true, minor: true },
    { title: "Refused", cell: (row) => count(row.counts.refused), numeric: true, minor: true },
    {
      title: "Dead",
      cell: (row) =>
        row.counts.deadLettered > 0 ? (
          <Link href={`${pathTo.deadLetters(ecosystem)}?source=${encodeURIComponent(row.id)}`}>
            {count(row.counts.deadLettered)}
          </Link>
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
        <Changes
          name={row.name}
          hasSettings={Boolean(schemeOf(row)?.settings.length)}
          open={(dialog) => setOpened({ dialog, row })}
        />
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
        opened={opened !== null}
        onClose={close}
        size={opened?.dialog === "mapping" ? "lg" : undefined}
        title={opened ? `${titles[opened.dialog]} ${opened.row.name}` : ""}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {opened?.dialog === "rotate" ? <Rotate source={opened.row} close={close} /> : null}
        {opened?.dialog === "mapping" ? <MappingForm source={opened.row} close={close} /> : null}
        {opened?.dialog === "settings" && openedScheme ? (
          <SettingsForm source={opened.row} scheme={openedScheme} close={close} />
        ) : null}
      </Modal>
    </>
  );
}

function Changes({ name, hasSettings, open }: { name: string; hasSettings: boolean; open: (dialog: Dialog) => void }) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={`Change ${name}`}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="code" size={15} />} onClick={() => open("mapping")}>
          Mapping
        </Menu.Item>
        {hasSettings ? (
          <Menu.Item leftSection={<Icon name="gears" size={15} />} onClick={() => open("settings")}>
            Settings
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<Icon name="key" size={15} />} onClick={() => open("rotate")}>
          Rotate the secret
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
