import { Alert, Group, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Link } from "wouter";
import { get, inside } from "../api/client";
import type { Deal } from "../api/types";
import { useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useCardChange, useWatch } from "../board/live";
import { NextStep } from "../lifecycle/NextStep";
import { Stepper } from "../lifecycle/Stepper";
import { Timeline } from "../lifecycle/Timeline";
import { detailKey } from "../lifecycle/useAdvance";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Ago } from "../ui/Ago";
import { ProtectionBadge, StatusBadge } from "../ui/Badges";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { MoneyText } from "../ui/MoneyText";
import { Page, Panel, TwoSides } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { DealActions } from "./DealActions";
import { isClosed, lifecycleHindrance } from "./actions";

/** While the account has not answered, the deal is asked for again this often. */
const pendingMs = 1_000;

export default function DealPage({ id }: { id: string }) {
  const ecosystem = useEcosystem();
  const session = useSession();
  const client = useQueryClient();
  useWatch("deals");
  const deal = useQuery({
    queryKey: detailKey(ecosystem, "deals", id),
    queryFn: () => get<Deal>(inside(ecosystem, "deals", id)),
    refetchInterval: (query) => (query.state.data?.protection === "pending" ? pendingMs : false),
  });
  useTitle(deal.data?.customer.name ?? "Deal");
  const refresh = useCallback(() => {
    void client.invalidateQueries({ queryKey: detailKey(ecosystem, "deals", id) });
    void client.invalidateQueries({ queryKey: ["timeline", ecosystem, "deals", id] });
  }, [client, ecosystem, id]);
  useCardChange(id, refresh);
  const back = { href: pathTo.deals(ecosystem), label: "Deals" };

  if (deal.isPending) {
    return (
      <Page title="Deal" back={back}>
        <TwoSides left={<Skeleton height={320} radius={12} />} right={<LoadingRows rows={6} />} />
      </Page>
    );
  }
  if (deal.isError) {
    return (
      <Page title="Deal" back={back}>
        <Failure error={deal.error} retry={() => void deal.refetch()} title="This deal cannot be shown" />
      </Page>
    );
  }
  const data = deal.data;
  return (
    <Page
      title={data.customer.name}
      back={back}
      aside={
        <Group gap={8}>
          <StatusBadge status={data.status} />
          <ProtectionBadge protection={data.protection} position={data.queuePosition} />
        </Group>
      }
    >
      <TwoSides
        left={
          <>
            {data.reason ? (
              <Alert color="gray" variant="light" title={`${data.status.charAt(0).toUpperCase()}${data.status.slice(1)}`}>
                {data.reason}
              </Alert>
            ) : null}
            <DealActions deal={data} />
            <Panel title="Where it stands">
              <Stepper visits={data.phases} closed={isClosed(data.status)} />
            </Panel>
            {isClosed(data.status) ? null : (
              <NextStep
                subject={{ kind: "deals", id, name: data.customer.name, phase: data.phase }}
                checklist={data.checklist}
                mayAct={may.manage(session)}
                hindrance={lifecycleHindrance(data)}
              />
            )}
            <Panel title="About">
              <About deal={data} />
            </Panel>
          </>
        }
        right={
          <Panel title="Timeline">
            <Timeline kind="deals" id={id} />
          </Panel>
        }
      />
    </Page>
  );
}

function About({ deal }: { deal: Deal }) {
  const ecosystem = useEcosystem();
  const rules = useRules();
  return (
    <Facts
      rows={[
        ["Amount", <MoneyText key="amount" money={deal.amount} />],
        ["Partner", <Link key="partner" href={pathTo.partner(ecosystem, deal.partner)}>{deal.partnerName ?? deal.partner}</Link>],
        ["Product", rules.productName(deal.product)],
        ["Customer's domain", <CopyId key="domain" value={deal.domain} label="domain" />],
        [
          "Protected",
          deal.protectedUntil ? (
            <span key="until">
              ends <Ago at={deal.protectedUntil} />
            </span>
          ) : (
            <span key="until" className="faint">
              no
            </span>
          ),
        ],
        ["Id", <CopyId key="id" value={deal.id} />],
        ["Version", String(deal.version)],
      ]}
    />
  );
}
