import { Pill, Select } from "@mantine/core";
import { useCallback } from "react";
import { Link } from "wouter";
import { inside } from "../api/client";
import { phases, type DealCard } from "../api/types";
import { phaseNames, useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useWatch } from "../board/live";
import { useSession } from "../session/session";
import { PhaseLabel, ProtectionBadge, StatusBadge } from "../ui/Badges";
import { List, type ListColumn } from "../ui/List";
import { MoneyText } from "../ui/MoneyText";
import { Page } from "../ui/Page";
import { SearchInput } from "../ui/SearchInput";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { useQueryState } from "../ui/useQueryState";
import { useTitle } from "../ui/useTitle";
import { RegisterDeal } from "./RegisterDeal";
import { dealStatuses } from "./actions";

const filters = ["q", "phase", "status", "partner"] as const;

export default function DealsPage() {
  useTitle("Deals");
  useWatch("deals");
  const ecosystem = useEcosystem();
  const session = useSession();
  const rules = useRules();
  const [filter, change] = useQueryState(filters);
  const source = usePages<DealCard>(inside(ecosystem, "deals"), filter);
  const search = useCallback((text: string) => change("q", text), [change]);
  const filtered = filters.some((name) => filter[name] !== "");

  const columns: ListColumn<DealCard>[] = [
    { title: "Customer", cell: (row) => <Link href={pathTo.deal(ecosystem, row.id)}>{row.name}</Link> },
    {
      title: "Partner",
      cell: (row) => <Link href={pathTo.partner(ecosystem, row.partner)}>{row.partnerName ?? row.partner}</Link>,
      minor: true,
    },
    { title: "Product", cell: (row) => rules.productName(row.product), minor: true },
    { title: "Status", cell: (row) => <StatusBadge status={row.status} /> },
    { title: "Protection", cell: (row) => <ProtectionBadge protection={row.protection} />, minor: true },
    { title: "Phase", cell: (row) => <PhaseLabel phase={row.phase} />, minor: true },
    { title: "Amount", cell: (row) => <MoneyText money={row.amount} />, numeric: true },
  ];

  return (
    <Page title="Deals" aside={<RegisterDeal compact />}>
      <div className="filter-row">
        <SearchInput value={filter.q} change={search} label="Find by customer" />
        <Select
          size="xs"
          w={140}
          aria-label="Status"
          placeholder="Any status"
          clearable
          value={filter.status || null}
          data={dealStatuses}
          onChange={(value) => change("status", value ?? "")}
        />
        <Select
          size="xs"
          w={140}
          aria-label="Phase"
          placeholder="Any phase"
          clearable
          value={filter.phase || null}
          data={phases.map((phase) => ({ value: phase, label: phaseNames[phase] }))}
          onChange={(value) => change("phase", value ?? "")}
        />
        {filter.partner && session.role !== "partner" ? (
          <Pill
            size="md"
            withRemoveButton
            onRemove={() => change("partner", "")}
            removeButtonProps={{ "aria-label": "Show all partners", "aria-hidden": false, tabIndex: 0 }}
          >
            {filter.partner}
          </Pill>
        ) : null}
      </div>
      <List
        label="Deals"
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          filtered ? (
            <Empty icon="search" title="No deal matches">
              Take a filter away to see more.
            </Empty>
          ) : (
            <Empty icon="deals" title="No deals yet" action={<RegisterDeal />}>
              A partner registers a deal with a customer; the first to do so is protected for that customer and product.
            </Empty>
          )
        }
      />
    </Page>
  );
}
