import { Chip, Group, Select } from "@mantine/core";
import { useCallback } from "react";
import { Link } from "wouter";
import { inside } from "../api/client";
import { phases, type PartnerCard } from "../api/types";
import { phaseNames, useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useWatch } from "../board/live";
import { toLive } from "../board/model";
import { AgeBar } from "../ui/AgeBar";
import { PhaseLabel, TierBadge } from "../ui/Badges";
import { Icon } from "../ui/Icon";
import { List, type ListColumn } from "../ui/List";
import { Page } from "../ui/Page";
import { SearchInput } from "../ui/SearchInput";
import { Empty } from "../ui/States";
import { categoryIcon } from "../ui/categoryIcon";
import { useNow } from "../ui/now";
import { usePages } from "../ui/usePages";
import { useQueryState } from "../ui/useQueryState";
import { useTitle } from "../ui/useTitle";
import { RegisterPartner } from "./RegisterPartner";

const filters = ["q", "phase", "tier", "category", "overdue"] as const;

export default function PartnersPage() {
  useTitle("Partners");
  useWatch("partners");
  const ecosystem = useEcosystem();
  const rules = useRules();
  const now = useNow();
  const [filter, change] = useQueryState(filters);
  const source = usePages<PartnerCard>(inside(ecosystem, "partners"), filter);
  const search = useCallback((text: string) => change("q", text), [change]);
  const filtered = filters.some((name) => filter[name] !== "");

  const columns: ListColumn<PartnerCard>[] = [
    {
      title: "Partner",
      cell: (row) => (
        <Group gap={8} wrap="nowrap">
          <span className="faint" style={{ display: "grid" }}>
            <Icon name={categoryIcon(row.category)} size={16} />
          </span>
          <Link href={pathTo.partner(ecosystem, row.id)}>{row.name}</Link>
        </Group>
      ),
    },
    { title: "Category", cell: (row) => rules.categoryName(row.category), minor: true },
    { title: "Tier", cell: (row) => <TierBadge name={rules.tierName(row.tier)} rank={rules.tierRank(row.tier)} />, minor: true },
    { title: "Phase", cell: (row) => <PhaseLabel phase={row.phase} /> },
    { title: "In phase", cell: (row) => <AgeBar card={toLive(row)} now={now} /> },
    {
      title: "Gate",
      cell: (row) => (row.gate.total === 0 ? <span className="faint">none</span> : `${row.gate.done} of ${row.gate.total}`),
      numeric: true,
      minor: true,
    },
  ];

  return (
    <Page title="Partners" aside={<RegisterPartner compact />}>
      <div className="filter-row">
        <SearchInput value={filter.q} change={search} label="Find by name" />
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
        <Select
          size="xs"
          w={140}
          aria-label="Tier"
          placeholder="Any tier"
          clearable
          value={filter.tier || null}
          data={(rules.document?.tiers ?? []).map((tier) => ({ value: tier.id, label: tier.name }))}
          onChange={(value) => change("tier", value ?? "")}
        />
        <Select
          size="xs"
          w={190}
          aria-label="Category"
          placeholder="Any category"
          clearable
          searchable
          value={filter.category || null}
          data={(rules.document?.categories ?? []).map((category) => ({ value: category.id, label: category.name }))}
          onChange={(value) => change("category", value ?? "")}
        />
        <Chip size="xs" checked={filter.overdue === "true"} onChange={(on) => change("overdue", on ? "true" : "")}>
          Overdue
        </Chip>
      </div>
      <List
        label="Partners"
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          filtered ? (
            <Empty icon="search" title="No partner matches">
              Take a filter away to see more.
            </Empty>
          ) : (
            <Empty icon="partners" title="No partners yet" action={<RegisterPartner />}>
              A partner is an organisation in your program. It starts in discovery with the checklist of its category.
            </Empty>
          )
        }
      />
    </Page>
  );
}
