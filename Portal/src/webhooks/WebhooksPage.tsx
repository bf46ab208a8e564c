import { Tabs } from "@mantine/core";
import { useLocation } from "wouter";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useSession } from "../session/session";
import { useRest } from "../board/live";
import { may } from "../session/roles";
import { CreateEndpoint } from "../endpoints/CreateEndpoint";
import { Endpoints } from "../endpoints/Endpoints";
import { Page } from "../ui/Page";
import { Empty } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { CreateSource } from "./CreateSource";
import { DeadLetters } from "./DeadLetters";
import { Sources } from "./Sources";

type Tab = "sources" | "dead-letters" | "endpoints";

const asides = { sources: <CreateSource compact />, "dead-letters": undefined, endpoints: <CreateEndpoint compact /> };
const paths = { sources: pathTo.webhooks, "dead-letters": pathTo.deadLetters, endpoints: pathTo.endpoints };

export default function WebhooksPage({ tab, letter }: { tab: Tab; letter?: string }) {
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
    <Page title="Webhooks" aside={asides[tab]}>
      <Tabs value={tab} onChange={(next) => navigate(paths[(next ?? "sources") as Tab](ecosystem))} keepMounted={false}>
        <Tabs.List mb={14}>
          <Tabs.Tab value="sources">Sources</Tabs.Tab>
          <Tabs.Tab value="dead-letters">Dead letters</Tabs.Tab>
          <Tabs.Tab value="endpoints">Endpoints</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="sources">
          <Sources />
        </Tabs.Panel>
        <Tabs.Panel value="dead-letters">
          <DeadLetters opened={letter} />
        </Tabs.Panel>
        <Tabs.Panel value="endpoints">
          <Endpoints />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
