import { Tabs } from "@mantine/core";
import { useLocation } from "wouter";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useSession } from "../session/session";
import { useRest } from "../board/live";
import { may } from "../session/roles";
import { Page } from "../ui/Page";
import { Empty } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { CreateSource } from "./CreateSource";
import { DeadLetters } from "./DeadLetters";
import { Sources } from "./Sources";

export default function WebhooksPage({ tab, letter }: { tab: "sources" | "dead-letters"; letter?: string }) {
  useTitle("Webhooks");
  useRest();
  const ecosystem = useEcosystem();
  const session = useSession();
  const [, navigate] = useLocation();
  if (!may.seeWebhooks(session)) {
    return (
      <Page title="Webhooks">
        <Empty icon="key" title="Not for this role">
          Webhooks are looked after by the managers of the ecosystem.
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Webhooks" aside={tab === "sources" ? <CreateSource compact /> : undefined}>
      <Tabs
        value={tab}
        onChange={(next) => navigate(next === "dead-letters" ? pathTo.deadLetters(ecosystem) : pathTo.webhooks(ecosystem))}
        keepMounted={false}
      >
        <Tabs.List mb={14}>
          <Tabs.Tab value="sources">Sources</Tabs.Tab>
          <Tabs.Tab value="dead-letters">Dead letters</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="sources">
          <Sources />
        </Tabs.Panel>
        <Tabs.Panel value="dead-letters">
          <DeadLetters opened={letter} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
