import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { inside, post } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import type { Deal, LifecycleKind, Partner, Phase, Program, TimelineKind } from "../api/types";
import { phaseNames } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { phaseAfter } from "./phases";

export interface Subject {
  kind: LifecycleKind;
  id: string;
  name: string;
  phase: Phase;
}

export const detailKey = (ecosystem: string, kind: TimelineKind, id: string) => [kind, ecosystem, id] as const;

/** A refusal that more work on the checklist can turn round; everything else is told as it is. */
const asksForMore = (problem: Problem) => problem.code === "gate-not-met";

/** Advances a partner, deal or program. Where its gate is closed the subject is handed back, to show what is missing. */
export function useAdvance() {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const [blocked, setBlocked] = useState<Subject | null>(null);

  const { mutate, isPending } = useMutation({
    mutationFn: (subject: Subject) =>
      post<Partner | Deal | Program>(inside(ecosystem, subject.kind, subject.id, "advance"), { to: phaseAfter(subject.phase) }),
    onSuccess: (fresh, subject) => {
      client.setQueryData(detailKey(ecosystem, subject.kind, subject.id), fresh);
      void client.invalidateQueries({ queryKey: ["timeline", ecosystem, subject.kind, subject.id] });
      setBlocked(null);
      notifications.show({ message: `${subject.name} is now in ${phaseNames[fresh.phase]}`, color: "silo" });
    },
    onError: (error, subject) => {
      const problem = asProblem(error);
      if (asksForMore(problem)) return setBlocked(subject);
      notifications.show({
        color: "red",
        title: `${subject.name} stays in ${phaseNames[subject.phase]}`,
        message: `${problem.message} (${problem.code})`,
      });
    },
  });
  const close = useCallback(() => setBlocked(null), []);
  return { advance: mutate, advancing: isPending, blocked, close };
}
