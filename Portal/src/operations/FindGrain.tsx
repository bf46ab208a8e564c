import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { get, inside } from "../api/client";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import classes from "./Operations.module.css";

/** Opens any grain of the ecosystem by its kind and id. */
export function FindGrain() {
  const ecosystem = useEcosystem();
  const [, navigate] = useLocation();
  const [kind, setKind] = useState("partner");
  const [id, setId] = useState("");
  const kinds = useQuery({
    queryKey: ["grain-kinds", ecosystem],
    queryFn: () => get<{ kinds: string[] }>(inside(ecosystem, "operations", "grains")),
    staleTime: Infinity,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id.trim()) navigate(pathTo.grain(ecosystem, kind, id.trim()));
  };
  return (
    <form onSubmit={submit} role="search" aria-label="Grains" className={classes.find}>
      <Select
        size="xs"
        w={125}
        aria-label="Kind"
        data={kinds.data?.kinds ?? [kind]}
        value={kind}
        onChange={(next) => setKind(next ?? kind)}
        allowDeselect={false}
        searchable
      />
      <TextInput
        size="xs"
        aria-label="Id of a grain"
        placeholder="Id of a grain"
        autoComplete="off"
        spellCheck={false}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" type="submit">
        Open
      </Button>
    </form>
  );
}
