import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { get } from "../api/client";
import type { Page } from "../api/types";

type Query = Record<string, string | number | boolean | null | undefined>;

/** Rows a request; a screen and a half on a large display. */
const pageSize = 50;
/** Lists are renewed this often, so that an open one does not grow old. */
const renewMs = 15_000;

/** A list by cursor: what has been loaded, how many there are, and a way to load more. */
export function usePages<T>(path: string, query: Query) {
  const list = useInfiniteQuery({
    queryKey: ["list", path, query],
    queryFn: ({ pageParam }) => get<Page<T>>(path, { ...query, limit: pageSize, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (current) => ((current.state.data?.pages.length ?? 0) <= 2 ? renewMs : false),
  });
  return {
    list,
    items: list.data?.pages.flatMap((page) => page.items) ?? [],
    total: list.data?.pages[0]?.total ?? null,
  };
}
