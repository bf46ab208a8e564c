import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { inside, post } from "../api/client";
import { asProblem } from "../api/problem";
import type { Partner, Program } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { detailKey, type Subject } from "./useAdvance";

/** Completes an item of a partner's or program's checklist. */
export function useComplete(subject: Pick<Subject, "kind" | "id">) {
  const ecosystem = useEcosystem();
  const client = useQueryClient();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (item: string) =>
      post<Partner | Program>(inside(ecosystem, subject.kind, subject.id, "checklist", item, "complete")),
    onSuccess: (fresh) => {
      client.setQueryData(detailKey(ecosystem, subject.kind, subject.id), fresh);
      void client.invalidateQueries({ queryKey: ["timeline", ecosystem, subject.kind, subject.id] });
    },
    onError: (error) => {
      const problem = asProblem(error);
      notifications.show({ color: "red", title: "Not completed", message: `${problem.message} (${problem.code})` });
    },
  });
  return { complete: mutate, busy: isPending ? variables : null };
}
