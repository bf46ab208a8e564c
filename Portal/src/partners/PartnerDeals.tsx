import { Text } from "@mantine/core";
import { Link } from "wouter";
import { inside } from "../api/client";
import type { DealCard } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { RegisterDeal } from "../deals/RegisterDeal";
import { StatusBadge } from "../ui/Badges";
import { MoneyText } from "../ui/MoneyText";
import { Panel } from "../ui/Page";
import { Failure, LoadingRows } from "../ui/States";
import { usePages } from "../ui/usePages";
import classes from "./PartnerDeals.module.css";

/** The deals that this partner registered. */
export function PartnerDeals({ partner, name }: { partner: string; name: string }) {
  const ecosystem = useEcosystem();
  const { list, items, total } = usePages<DealCard>(inside(ecosystem, "deals"), { partner });
  return (
    <Panel title={total ? `Deals (${total})` : "Deals"} aside={<RegisterDeal compact quiet partner={{ id: partner, name }} />}>
      {list.isPending ? <LoadingRows rows={2} /> : null}
      {list.isError ? <Failure error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && items.length === 0 ? (
        <Text size="sm" c="dimmed">
          No deal yet. A registered deal is protected against other partners for a time.
        </Text>
      ) : null}
      <ul className={classes.deals}>
        {items.map((deal) => (
          <li key={deal.id}>
            <Link href={pathTo.deal(ecosystem, deal.id)}>{deal.name}</Link>
            <StatusBadge status={deal.status} />
            <span className={classes.amount}>
              <MoneyText money={deal.amount} />
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <Link href={`${pathTo.deals(ecosystem)}?partner=${encodeURIComponent(partner)}`} className={classes.all}>
          All {total} deals
        </Link>
      ) : null}
    </Panel>
  );
}
