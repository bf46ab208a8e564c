import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { get, inside } from "../api/client";
import type { DealCard, Page, PartnerCard } from "../api/types";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/iconPaths";
import { categoryIcon } from "../ui/categoryIcon";
import { phaseNames } from "./blueprint";
import { useEcosystem } from "./ecosystem";
import { pathTo, railOf } from "./routes";

interface Hit {
  id: string;
  label: string;
  description: string;
  icon: IconName;
  path: string;
}

/** Results of each kind; more would push the next group out of sight. */
const hitsPerKind = 6;

function useHits(query: string): { partners: Hit[]; deals: Hit[]; searching: boolean } {
  const ecosystem = useEcosystem();
  const ask = { q: query, limit: hitsPerKind };
  const enabled = query.length > 0;
  const partners = useQuery({
    queryKey: ["palette", "partners", ecosystem, query],
    queryFn: () => get<Page<PartnerCard>>(inside(ecosystem, "partners"), ask),
    enabled,
    placeholderData: keepPreviousData,
  });
  const deals = useQuery({
    queryKey: ["palette", "deals", ecosystem, query],
    queryFn: () => get<Page<DealCard>>(inside(ecosystem, "deals"), ask),
    enabled,
    placeholderData: keepPreviousData,
  });
  if (!enabled) return { partners: [], deals: [], searching: false };
  return {
    partners: (partners.data?.items ?? []).map((card) => ({
      id: `partner/${card.id}`,
      label: card.name,
      description: `Partner in ${phaseNames[card.phase]}`,
      icon: categoryIcon(card.category),
      path: pathTo.partner(ecosystem, card.id),
    })),
    deals: (deals.data?.items ?? []).map((card) => ({
      id: `deal/${card.id}`,
      label: card.name,
      description: `Deal of ${card.partnerName ?? card.partner}, ${card.status}`,
      icon: "deals",
      path: pathTo.deal(ecosystem, card.id),
    })),
    searching: partners.isFetching || deals.isFetching,
  };
}

function usePages(query: string): Hit[] {
  const session = useSession();
  const ecosystem = useEcosystem();
  const wanted = query.toLowerCase();
  const pages = railOf(session, ecosystem).map((entry) => ({ ...entry, id: entry.path, description: "Page" }));
  const others = session.ecosystems
    .filter((e) => e.id !== ecosystem)
    .map((e) => ({
      id: e.id,
      label: `Switch to ${e.title}`,
      description: "Ecosystem",
      icon: "building" as const,
      path: pathTo.board(e.id),
    }));
  return [...pages, ...others].filter((hit) => hit.label.toLowerCase().includes(wanted));
}

/** Ids of people: lower-case letters, digits and hyphens. Names are encrypted and cannot be searched. */
const personId = /^[a-z0-9][a-z0-9-]{2,63}$/;

function usePerson(query: string): Hit[] {
  const session = useSession();
  const ecosystem = useEcosystem();
  if (!may.seePeople(session) || !personId.test(query)) return [];
  return [
    {
      id: `person/${query}`,
      label: query,
      description: "Open the person with this id",
      icon: "person",
      path: pathTo.person(ecosystem, query),
    },
  ];
}

/** Search and jump from anywhere: Ctrl K, or Cmd K on a Mac. */
export function Palette() {
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), 120);
  const { partners, deals, searching } = useHits(query);
  const pages = usePages(text.trim());
  const people = usePerson(text.trim());
  const nothing = pages.length + partners.length + deals.length + people.length === 0;
  return (
    <Spotlight.Root query={text} onQueryChange={setText} shortcut={["mod + K"]} scrollable maxHeight="60vh">
      <Modal.Title className="visually-hidden">Search and commands</Modal.Title>
      <Spotlight.Search
        placeholder="Find a partner or a deal by name, or jump to a page"
        aria-label="Search"
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        <Hits label="Pages" hits={pages} />
        <Hits label="Partners" hits={partners} />
        <Hits label="Deals" hits={deals} />
        <Hits label="People" hits={people} />
        {nothing ? <Spotlight.Empty>{searching ? "Searching" : "Nothing by this name"}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Hits({ label, hits }: { label: string; hits: Hit[] }) {
  const [, navigate] = useLocation();
  if (hits.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label}>
      {hits.map((hit) => (
        <Spotlight.Action
          key={hit.id}
          label={hit.label}
          description={hit.description}
          leftSection={<Icon name={hit.icon} />}
          onClick={() => navigate(hit.path)}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
