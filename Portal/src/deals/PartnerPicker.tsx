import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get, inside } from "../api/client";
import type { Page, PartnerCard } from "../api/types";
import { useEcosystem } from "../app/ecosystem";

interface Props {
  value: string;
  error?: string;
  change: (id: string) => void;
}

/** Chooses a partner by typing part of its name; the server searches. */
export function PartnerPicker({ value, error, change }: Props) {
  const ecosystem = useEcosystem();
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<{ value: string; label: string } | null>(null);
  const [asked] = useDebouncedValue(text === picked?.label ? "" : text, 200);
  const found = useQuery({
    queryKey: ["palette", "partners", ecosystem, asked],
    queryFn: () => get<Page<PartnerCard>>(inside(ecosystem, "partners"), { q: asked, limit: 20 }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).map((p) => ({ value: p.id, label: p.name }));
  const data = picked && !options.some((o) => o.value === picked.value) ? [picked, ...options] : options;
  return (
    <Select
      label="Partner"
      required
      searchable
      placeholder="Type a name"
      data={data}
      filter={({ options: all }) => all}
      value={value || null}
      error={error}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={found.isFetching ? "Searching" : "No partner by this name"}
      onChange={(id, option) => {
        change(id ?? "");
        setPicked(id && option ? { value: id, label: option.label } : null);
      }}
    />
  );
}
