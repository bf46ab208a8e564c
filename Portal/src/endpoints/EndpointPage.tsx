import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { get, inside } from "../api/client";
import type { Endpoint } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useRest } from "../board/live";
import { Ago } from "../ui/Ago";
import { ToneBadge } from "../ui/Badges";
import { CopyId } from "../ui/CopyId";
import { Facts } from "../ui/Facts";
import { Page, Panel, TwoSides } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { useTitle } from "../ui/useTitle";
import { DeliveryLog } from "./DeliveryLog";
import { EndpointActions } from "./EndpointActions";
import { Trouble } from "./Trouble";
import { endpointKey } from "./endpointKey";
import { statusNames, statusTones } from "./words";

const renewMs = 15_000;

/** An endpoint: what it wants to be told, what can be done with it, and everything it was told. */
export default function EndpointPage({ id }: { id: string }) {
  useRest();
  const ecosystem = useEcosystem();
  const endpoint = useQuery({
    queryKey: endpointKey(ecosystem, id),
    queryFn: () => get<Endpoint>(inside(ecosystem, "endpoints", id)),
    refetchInterval: renewMs,
  });
  const title = endpoint.data?.description ?? `Endpoint ${id}`;
  useTitle(title);
  const back = { href: pathTo.endpoints(ecosystem), label: "Endpoints" };

  if (endpoint.isPending) {
    return (
      <Page title="Endpoint" back={back}>
        <TwoSides left={<LoadingRows rows={6} />} right={<Skeleton height={320} radius={12} />} />
      </Page>
    );
  }
  if (endpoint.isError) {
    return (
      <Page title="Endpoint" back={back}>
        <Failure error={endpoint.error} retry={() => void endpoint.refetch()} title="This endpoint cannot be shown" />
      </Page>
    );
  }
  const data = endpoint.data;
  return (
    <Page
      title={title}
      back={back}
      aside={<ToneBadge tone={statusTones[data.status]}>{statusNames[data.status]}</ToneBadge>}
    >
      <TwoSides
        left={
          <>
            <Trouble endpoint={data} />
            <DeliveryLog endpoint={data} />
          </>
        }
        right={
          <>
            <EndpointActions endpoint={data} />
            <Panel title="About">
              <About endpoint={data} />
            </Panel>
          </>
        }
      />
    </Page>
  );
}

function About({ endpoint }: { endpoint: Endpoint }) {
  const ecosystem = useEcosystem();
  const { counts, partner } = endpoint;
  const catchingUp = endpoint.catchingUpSince ? (
    <span key="catching">
      with what happened since <Ago at={endpoint.catchingUpSince} />
    </span>
  ) : (
    "no"
  );
  return (
    <Facts
      rows={[
        ["Address", <CopyId key="url" value={endpoint.url} label="address" />],
        ["Events", endpoint.types.join(", ") || "all"],
        ["Only of", partner ? <Link href={pathTo.partner(ecosystem, partner)}>{partner}</Link> : "everybody"],
        ["Order", endpoint.order === "fifo" ? "in order" : "as soon as possible"],
        ["At most", endpoint.perSecond ? `${endpoint.perSecond} a second` : "as many as there are"],
        ["Secrets", endpoint.secrets.map((secret) => `…${secret.hint}`).join(", ")],
        ["Catching up", catchingUp],
        ["Pending", counts.pending.toLocaleString("en")],
        ["Delivered", counts.delivered.toLocaleString("en")],
        ["Given up", counts.failed.toLocaleString("en")],
        ["Id", <CopyId key="id" value={endpoint.id} />],
      ]}
    />
  );
}
