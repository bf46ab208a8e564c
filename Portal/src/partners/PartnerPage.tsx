import { Group, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { get, inside } from "../api/client";
import type { Partner } from "../api/types";
import { useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useCardChange, useWatch } from "../board/live";
import { NextStep } from "../lifecycle/NextStep";
import { Stepper } from "../lifecycle/Stepper";
import { Timeline } from "../lifecycle/Timeline";
import { detailKey } from "../lifecycle/useAdvance";
import { Outcomes } from "../outcomes/Outcomes";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { TierBadge } from "../ui/Badges";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Icon } from "../ui/Icon";
import { Page, Panel, TwoSides } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { categoryIcon } from "../ui/categoryIcon";
import { useTitle } from "../ui/useTitle";
import { PartnerDeals } from "./PartnerDeals";

/** A partner: on the left its state and what can be done now, on the right everything that happened. */
export default function PartnerPage({ id }: { id: string }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const client = useQueryClient();
  useWatch("partners");
  const partner = useQuery({
    queryKey: detailKey(ecosystem, "partners", id),
    queryFn: () => get<Partner>(inside(ecosystem, "partners", id)),
  });
  useTitle(partner.data?.name ?? "Partner");
  const refresh = useCallback(() => {
    void client.invalidateQueries({ queryKey: detailKey(ecosystem, "partners", id) });
    void client.invalidateQueries({ queryKey: ["timeline", ecosystem, "partners", id] });
  }, [client, ecosystem, id]);
  useCardChange(id, refresh);
  const back = session.role === "partner" ? undefined : { href: pathTo.partners(ecosystem), label: "Partners" };

  if (partner.isPending) {
    return (
      <Page title="Partner" back={back}>
        <TwoSides left={<Skeleton height={320} radius={12} />} right={<LoadingRows rows={6} />} />
      </Page>
    );
  }
  if (partner.isError) {
    return (
      <Page title="Partner" back={back}>
        <Failure error={partner.error} retry={() => void partner.refetch()} title="This partner cannot be shown" />
      </Page>
    );
  }
  return (
    <Page title={partner.data.name} back={back} aside={<Tags partner={partner.data} />}>
      <TwoSides
        left={
          <>
            <Panel title="Where it stands">
              <Stepper visits={partner.data.phases} />
            </Panel>
            <NextStep
              subject={{ kind: "partners", id, name: partner.data.name, phase: partner.data.phase }}
              checklist={partner.data.checklist}
              mayAct={may.manage(session)}
            />
            {may.seeOutcomes(session) ? <Outcomes kind="partners" id={id} /> : null}
            <PartnerDeals partner={id} name={partner.data.name} />
            <Panel title="About">
              <About partner={partner.data} />
            </Panel>
          </>
        }
        right={
          <Panel title="Timeline">
            <Timeline kind="partners" id={id} />
          </Panel>
        }
      />
    </Page>
  );
}

function Tags({ partner }: { partner: Partner }) {
  const rules = useRules();
  return (
    <Group gap={10}>
      <Group gap={6} className="faint" fz="sm">
        <Icon name={categoryIcon(partner.category)} size={16} />
        {partner.categoryName}
      </Group>
      <TierBadge name={partner.tierName} rank={rules.tierRank(partner.tier)} />
    </Group>
  );
}

function About({ partner }: { partner: Partner }) {
  return (
    <Facts
      rows={[
        ["Id", <CopyId key="id" value={partner.id} />],
        ["Region", partner.region ?? <span className="faint">not given</span>],
        ["Tier", partner.tierName],
        ["Category", partner.categoryName],
        ["Version", String(partner.version)],
      ]}
    />
  );
}
