import { useQuery } from "@tanstack/react-query";
import { get, inside } from "../api/client";
import type { Page, Scheme } from "../api/types";
import { useEcosystem } from "../app/ecosystem";

/** The kinds of sender that the gateway knows, with what each needs. They change with the build only. */
export function useSchemes(): Scheme[] {
  const ecosystem = useEcosystem();
  const schemes = useQuery({
    queryKey: ["schemes", ecosystem],
    queryFn: () => get<Page<Scheme>>(inside(ecosystem, "schemes")),
    staleTime: Infinity,
  });
  return schemes.data?.items ?? [];
}
