import { ActionIcon, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useLocation } from "wouter";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { Icon } from "../ui/Icon";

/** Opens a person by id. People cannot be searched for by name: their names are encrypted where they are stored. */
export function FindPerson() {
  const ecosystem = useEcosystem();
  const [, navigate] = useLocation();
  const [id, setId] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id.trim()) navigate(pathTo.person(ecosystem, id.trim()));
  };
  return (
    <form onSubmit={submit} role="search">
      <TextInput
        size="xs"
        w={190}
        aria-label="Open a person by id"
        placeholder="Open a person by id"
        autoComplete="off"
        leftSection={<Icon name="person" size={14} />}
        rightSection={
          <ActionIcon type="submit" size={24} variant="subtle" color="gray" aria-label="Open the person">
            <Icon name="right" size={14} />
          </ActionIcon>
        }
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
    </form>
  );
}
