import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { post } from "../api/client";
import { asProblem } from "../api/problem";

interface Command {
  path: string;
  body?: unknown;
}

interface Options<T> {
  /** Where the answer is shown: the query whose data it replaces. */
  shownAt?: QueryKey;
  /** Queries that the command changes besides. Lists are renewed in any case. */
  stale?: QueryKey[];
  done?: (fresh: T) => void;
  /** A dialog that shows the refusal itself; without one it is told in a notification. */
  refused?: (error: unknown) => void;
}

/** Sends commands of a page and shows what came of them. */
export function useCommand<T>({ shownAt, stale = [], done, refused }: Options<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: Command) => post<T>(path, body),
    onSuccess: (fresh) => {
      if (shownAt) client.setQueryData(shownAt, fresh);
      for (const queryKey of [["list"], ...stale]) void client.invalidateQueries({ queryKey });
      done?.(fresh);
    },
    onError: (error) => {
      if (refused) return refused(error);
      const problem = asProblem(error);
      notifications.show({ color: "red", title: "Not done", message: `${problem.message} (${problem.code})` });
    },
  });
}
