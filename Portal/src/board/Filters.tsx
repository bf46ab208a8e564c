import { Button, Chip, Pill, Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Rules } from "../app/blueprint";
import { Icon } from "../ui/Icon";
import { isFiltering, noFilter, type BoardFilter } from "./filter";
import classes from "./Board.module.css";

interface Props {
  filter: BoardFilter;
  change: (filter: BoardFilter) => void;
  rules: Rules;
}

const toggled = (list: readonly string[], id: string) =>
  list.includes(id) ? list.filter((each) => each !== id) : [...list, id];

/** The filter as chips: what is on is visible, and one click takes it off. */
export function Filters({ filter, change, rules }: Props) {
  const tiers = [...(rules.document?.tiers ?? [])].sort((a, b) => a.rank - b.rank);
  const open = (rules.document?.categories ?? []).filter((c) => !filter.categories.includes(c.id));
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <TextFilter text={filter.text} change={(text) => change({ ...filter, text })} />
      <Chip size="xs" checked={filter.overdue} onChange={(overdue) => change({ ...filter, overdue })}>
        Overdue
      </Chip>
      {tiers.map((tier) => (
        <Chip
          key={tier.id}
          size="xs"
          checked={filter.tiers.includes(tier.id)}
          onChange={() => change({ ...filter, tiers: toggled(filter.tiers, tier.id) })}
        >
          {tier.name}
        </Chip>
      ))}
      <Select
        size="xs"
        w={150}
        aria-label="Add a category to the filter"
        placeholder="Category"
        searchable
        value={null}
        data={open.map((c) => ({ value: c.id, label: c.name }))}
        onChange={(id) => id && change({ ...filter, categories: [...filter.categories, id] })}
        nothingFoundMessage="No such category"
        comboboxProps={{ width: 280, position: "bottom-start" }}
      />
      {filter.categories.map((id) => (
        <Pill
          key={id}
          size="md"
          withRemoveButton
          onRemove={() => change({ ...filter, categories: toggled(filter.categories, id) })}
          removeButtonProps={{ "aria-label": `Remove ${rules.categoryName(id)}`, "aria-hidden": false, tabIndex: 0 }}
        >
          {rules.categoryName(id)}
        </Pill>
      ))}
      {isFiltering(filter) ? (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => change(noFilter)}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}

/** How long typing rests before the board is filtered; a key stroke itself must never wait for it. */
const restMs = 120;

function TextFilter({ text, change }: { text: string; change: (text: string) => void }) {
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  useEffect(() => {
    if (draft === text) return;
    const timer = window.setTimeout(() => change(draft), restMs);
    return () => window.clearTimeout(timer);
  }, [draft, text, change]);
  return (
    <TextInput
      size="xs"
      w={190}
      aria-label="Filter by name"
      placeholder="Filter by name"
      leftSection={<Icon name="filter" size={14} />}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
    />
  );
}
