import { useQuery } from "@tanstack/react-query";
import { get, inside } from "../api/client";
import type { EventType, Page } from "../api/types";
import { useEcosystem } from "../app/ecosystem";

/** The kinds of event that endpoints can be told. They change with the build only. */
export function useEventTypes(): string[] {
  const ecosystem = useEcosystem();
  const types = useQuery({
    queryKey: ["event-types", ecosystem],
    queryFn: () => get<Page<EventType>>(inside(ecosystem, "event-types")),
    staleTime: Infinity,
  });
  return types.data?.items.map((known) => known.type) ?? [];
}
