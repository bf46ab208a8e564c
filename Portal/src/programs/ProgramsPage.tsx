import { Box, Select } from "@mantine/core";
import { useCallback } from "react";
import { Link } from "wouter";
import { inside } from "../api/client";
import { phases, type ProgramCard, type ProgramStatus, type ProgramType } from "../api/types";
import { phaseNames } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { useRest } from "../board/live";
import { useSession } from "../session/session";
import { Ago } from "../ui/Ago";
import { PhaseLabel, ToneBadge } from "../ui/Badges";
import { List, type ListColumn } from "../ui/List";
import { Page } from "../ui/Page";
import { SearchInput } from "../ui/SearchInput";
import { Empty } from "../ui/States";
import { usePages } from "../ui/usePages";
import { useQueryState } from "../ui/useQueryState";
import { useTitle } from "../ui/useTitle";
import { CreateProgram } from "./CreateProgram";
import { Templates } from "./Templates";
import { statusNames, statusTones, typeNames } from "./words";

const filters = ["q", "phase", "status", "type", "partner"] as const;
const optionsOf = <K extends string>(names: Record<K, string>) =>
  Object.entries<string>(names).map(([value, label]) => ({ value, label }));

/** Programs that partners run for customers. */
export default function ProgramsPage() {
  useTitle("Programs");
  useRest();
  const ecosystem = useEcosystem();
  const session = useSession();
  const [filter, change] = useQueryState(filters);
  const source = usePages<ProgramCard>(inside(ecosystem, "programs"), filter);
  const search = useCallback((text: string) => change("q", text), [change]);
  const filtered = filters.some((name) => filter[name] !== "");

  const columns: ListColumn<ProgramCard>[] = [
    { title: "Program", cell: (row) => <Link href={pathTo.program(ecosystem, row.id)}>{row.name}</Link> },
    { title: "Customer", cell: (row) => row.customer, minor: true },
    {
      title: "Partner",
      cell: (row) => <Link href={pathTo.partner(ecosystem, row.partner)}>{row.partnerName ?? row.partner}</Link>,
      minor: true,
    },
    { title: "Type", cell: (row) => typeNames[row.type as ProgramType], minor: true },
    {
      title: "Status",
      cell: (row) => (
        <ToneBadge tone={statusTones[row.status as ProgramStatus]}>
          {statusNames[row.status as ProgramStatus]}
        </ToneBadge>
      ),
    },
    { title: "Phase", cell: (row) => <PhaseLabel phase={row.phase} />, minor: true },
    {
      title: "Enrolled",
      cell: (row) => (row.capacity ? `${row.enrolled} of ${row.capacity}` : row.enrolled),
      numeric: true,
    },
    { title: "Ends", cell: (row) => <Ago at={row.ends} />, minor: true },
  ];

  const select = (
    name: "phase" | "status" | "type",
    label: string,
    data: { value: string; label: string }[],
    width = 140,
  ) => (
    <Select
      size="xs"
      w={width}
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      clearable
      value={filter[name] || null}
      data={data}
      onChange={(value) => change(name, value ?? "")}
    />
  );

  return (
    <Page title="Programs" aside={<CreateProgram compact />}>
      <div className="filter-row">
        <SearchInput value={filter.q} change={search} label="Find by name or customer" />
        {select(
          "phase",
          "Phase",
          phases.map((phase) => ({ value: phase, label: phaseNames[phase] })),
        )}
        {select("status", "Status", optionsOf(statusNames))}
        {select("type", "Type", optionsOf(typeNames), 190)}
      </div>
      <List
        label="Programs"
        source={source}
        columns={columns}
        rowKey={(row) => row.id}
        empty={
          filtered ? (
            <Empty icon="search" title="No program matches">
              Take a filter away to see more.
            </Empty>
          ) : (
            <Empty icon="leaf" title="No programs yet" action={<CreateProgram />}>
              A program is what a partner runs for the people of a customer: an employer, an insurer, a health system, a
              study.
              {session.role === "partner" ? "" : " Create one, or start one from a template below."}
            </Empty>
          )
        }
      />
      {session.role === "partner" ? null : (
        <Box mt={24}>
          <Templates />
        </Box>
      )}
    </Page>
  );
}
