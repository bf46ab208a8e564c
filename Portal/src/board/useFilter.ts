import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { readFilter, writeFilter, type BoardFilter } from "./filter";

/** The filter in the address and a way to change it. Changing it replaces the entry: back leaves the board. */
export function useFilter(): [BoardFilter, (filter: BoardFilter) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const filter = useMemo(() => readFilter(search), [search]);
  const change = useCallback(
    (next: BoardFilter) => {
      const query = writeFilter(search, next);
      navigate(query ? `${path}?${query}` : path, { replace: true });
    },
    [search, path, navigate],
  );
  return [filter, change];
}
