import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { get, post, remove } from "../api/client";
import { Problem } from "../api/problem";
import type { Role, Session } from "../api/types";

export const sessionKey = ["session"] as const;

async function readSession(): Promise<Session | null> {
  try {
    return await get<Session>("/api/session");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

export type Credentials = { key: string } | { role: Role; ecosystem: string; partner?: string };

/** Opens a session; a role is turned into a token first, which only a gateway in development hands out. */
export async function openSession(credentials: Credentials): Promise<Session> {
  if ("key" in credentials) return post<Session>("/api/session", { key: credentials.key });
  const { token } = await post<{ token: string }>("/dev/token", credentials);
  return post<Session>("/api/session", { token });
}

export function useSessionQuery() {
  return useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: 60_000, refetchOnWindowFocus: true });
}

/**
 * Somebody else is signed in from now on, or nobody: what was fetched before is forgotten. The session itself is
 * overwritten and not removed, because what watches a removed query never hears of its successor.
 */
export async function takeOver(client: QueryClient, session: Session | null) {
  // Asked before, answered after: who was signed in then is no news any more.
  await client.cancelQueries({ queryKey: sessionKey });
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  client.setQueryData(sessionKey, session);
}

export function useOpenSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: openSession,
    onSuccess: (session) => takeOver(client, session),
  });
}

export function useCloseSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => remove<void>("/api/session"),
    onSettled: () => takeOver(client, null),
  });
}

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. Only pages behind the sign-in use it. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("No session: this page must be rendered behind the sign-in.");
  return session;
}
