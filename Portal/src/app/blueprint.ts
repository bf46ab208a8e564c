import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get, inside } from "../api/client";
import type { Blueprint, BlueprintDocument, Phase } from "../api/types";
import { useEcosystem } from "./ecosystem";

export const phaseNames: Record<Phase, string> = {
  discovery: "Discovery",
  integration: "Integration",
  launch: "Launch",
  scale: "Scale",
};

export interface Rules {
  document: BlueprintDocument | null;
  categoryName: (id: string) => string;
  tierName: (id: string) => string;
  /** 1 is the highest tier; an unknown one sorts last. */
  tierRank: (id: string) => number;
  productName: (id: string) => string;
}

function namesOf(rules: readonly { id: string; name: string }[] | undefined) {
  const names = new Map(rules?.map((rule) => [rule.id, rule.name]));
  return (id: string) => names.get(id) ?? id;
}

/** The names and orders that the ecosystem's blueprint gives; before it has arrived, ids stand for names. */
export function useRules(): Rules {
  const ecosystem = useEcosystem();
  const { data } = useQuery({
    queryKey: ["blueprint", ecosystem],
    queryFn: () => get<Blueprint>(inside(ecosystem, "blueprint")),
    staleTime: 5 * 60_000,
  });
  return useMemo(() => {
    const document = data?.document ?? null;
    const ranks = new Map(document?.tiers.map((tier) => [tier.id, tier.rank]));
    return {
      document,
      categoryName: namesOf(document?.categories),
      tierName: namesOf(document?.tiers),
      tierRank: (id) => ranks.get(id) ?? 99,
      productName: namesOf(document?.products),
    };
  }, [data]);
}
