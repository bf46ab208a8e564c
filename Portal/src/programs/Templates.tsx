import { Button, Modal, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get, inside } from "../api/client";
import type { Page, Template } from "../api/types";
import { useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Panel } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { StartTemplate } from "./StartTemplate";
import classes from "./Programs.module.css";
import { typeNames } from "./words";

/** Strategic integrations that the blueprint has templates for, each with the button that starts one. */
export function Templates() {
  const ecosystem = useEcosystem();
  const session = useSession();
  const rules = useRules();
  const [opened, setOpened] = useState<Template | null>(null);
  const templates = useQuery({
    queryKey: ["templates", ecosystem],
    queryFn: () => get<Page<Template>>(inside(ecosystem, "templates")),
    staleTime: 5 * 60_000,
  });
  const close = () => setOpened(null);
  return (
    <Panel title="Templates of strategic integrations">
      {templates.isPending ? <LoadingRows rows={2} /> : null}
      {templates.isError ? <Failure error={templates.error} retry={() => void templates.refetch()} /> : null}
      {templates.data?.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          The blueprint in force has none.
        </Text>
      ) : null}
      <ul className={classes.templates}>
        {templates.data?.items.map((template) => (
          <li key={template.id}>
            <span>
              <strong>{template.name}</strong>
              <span className={classes.note}>
                {typeNames[template.programType]}; {rules.categoryName(template.category)}; {template.checklist.length}{" "}
                checklist {template.checklist.length === 1 ? "item" : "items"} of its own; data by {template.scheme}
              </span>
            </span>
            {may.register(session) ? (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setOpened(template)}
                aria-label={`Start ${template.name}`}
              >
                Start
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Modal
        opened={opened !== null}
        onClose={close}
        title={opened ? `Start ${opened.name}` : ""}
        closeOnClickOutside={false}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {opened ? <StartTemplate template={opened} close={close} /> : null}
      </Modal>
    </Panel>
  );
}
