import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get } from "../api/client";
import type { Operations } from "../api/types";

export const operationsKey = ["operations"] as const;

/** How often the page asks; an answer takes four seconds at most. */
const renewMs = 3_000;

/** Older than this the figures are not called live any more: one question may be late, two are not. */
const liveMs = 8_000;

export const useOperations = () =>
  useQuery({
    queryKey: operationsKey,
    queryFn: () => get<Operations>("/api/operations"),
    refetchInterval: renewMs,
    staleTime: 0,
    retry: false,
  });

export type Freshness = { mode: "connecting" | "live" } | { mode: "stale"; seconds: number };

export function freshnessOf(updatedAt: number, failed: boolean, now: number): Freshness {
  if (updatedAt === 0) return { mode: "connecting" };
  const age = Math.max(0, now - updatedAt);
  return age < liveMs && !failed ? { mode: "live" } : { mode: "stale", seconds: Math.round(age / 1_000) };
}

/** How old the figures are, by a clock of its own: an answer that does not come changes nothing else. */
export function useFreshness(updatedAt: number, failed: boolean): Freshness {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return freshnessOf(updatedAt, failed, Math.max(now, updatedAt));
}
