import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { inside, post } from "../api/client";
import type { Refusal, Replayed } from "../api/types";
import { useEcosystem } from "../app/ecosystem";

/** Letters a request: few, so that the progress moves. */
const batchSize = 10;

/** What became of letters: null where one took effect, the refusal where it did not. */
export type Outcomes = ReadonlyMap<string, Refusal | null>;

/** Replays letters in their order, a few at a time; what a lost connection keeps from being tried has no outcome. */
export function useReplay() {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const replay = useMutation({
    mutationFn: async (ids: string[]) => {
      const path = inside(ecosystem, "dead-letters", "replay");
      for (let at = 0; at < ids.length; at += batchSize) {
        const answers = await post<Replayed[]>(path, { ids: ids.slice(at, at + batchSize) });
        const known = answers.map(({ id, refusal }) => [id, refusal ?? null] as const);
        setOutcomes((before) => new Map([...before, ...known]));
      }
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["list"] }),
  });
  return { replay, outcomes };
}
