import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";

/** A list's filter in the address: values by name, the empty text for none. */
export function useQueryState<N extends string>(names: readonly N[]) {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const values = useMemo(() => {
    const query = new URLSearchParams(search);
    return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ""])) as Record<N, string>;
  }, [search, names]);
  const change = useCallback(
    (name: N, value: string) => {
      const query = new URLSearchParams(search);
      if (value) query.set(name, value);
      else query.delete(name);
      navigate(query.size > 0 ? `${path}?${query}` : path, { replace: true });
    },
    [search, path, navigate],
  );
  return [values, change] as const;
}
