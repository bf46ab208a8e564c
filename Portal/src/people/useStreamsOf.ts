import { inside } from "../api/client";
import type { StreamCard } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { usePages } from "../ui/usePages";

/** A person's streams: 32 at most, so that one page holds them all. */
export function useStreamsOf(person: string) {
  const ecosystem = useEcosystem();
  return usePages<StreamCard>(inside(ecosystem, "streams"), { person });
}
