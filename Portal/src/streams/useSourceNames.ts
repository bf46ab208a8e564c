import { useQuery } from "@tanstack/react-query";
import { get, inside } from "../api/client";
import type { Page, Source } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { may } from "../session/roles";
import { useSession } from "../session/session";

/** The webhook sources of the ecosystem, and their names by id. A partner may not list them and sees ids. */
export function useSourceNames() {
  const ecosystem = useEcosystem();
  const session = useSession();
  const { data } = useQuery({
    queryKey: ["sources", ecosystem],
    queryFn: () => get<Page<Source>>(inside(ecosystem, "sources"), { limit: 200 }),
    enabled: may.seeWebhooks(session),
  });
  const sources = data?.items ?? [];
  return { sources, nameOf: (id: string) => sources.find((source) => source.id === id)?.name ?? id };
}
