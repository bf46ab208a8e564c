import { QueryClient } from "@tanstack/react-query";
import { whenSessionEnds } from "../api/client";
import { Problem } from "../api/problem";
import { sessionKey } from "../session/session";

/** A refusal will be refused again; only a fault of the network or the server is worth another try. */
function worthRetrying(failures: number, error: unknown): boolean {
  const transient = error instanceof Problem && (error.status === 0 || error.status >= 500 || error.status === 429);
  return transient && failures < 2;
}

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 5_000, retry: worthRetrying, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
  whenSessionEnds(() => client.setQueryData(sessionKey, null));
  return client;
}
