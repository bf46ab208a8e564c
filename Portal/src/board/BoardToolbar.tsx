import { ActionIcon, Button, Group, SegmentedControl, Title, Tooltip } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useLocation, useSearch } from "wouter";
import type { Kind } from "../api/types";
import type { Rules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { RegisterDeal } from "../deals/RegisterDeal";
import { RegisterPartner } from "../partners/RegisterPartner";
import { Icon } from "../ui/Icon";
import classes from "./Board.module.css";
import type { ShownColumn } from "./BoardBody";
import { csvOf, saveFile } from "./csv";
import { tableColumns } from "./tableColumns";

const BoardChart = lazy(() => import("./BoardChart"));

interface Props {
  kind: Kind;
  asTable: boolean;
  columns: ShownColumn[];
  now: number;
  rules: Rules;
}

export function BoardToolbar({ kind, asTable, columns, now, rules }: Props) {
  const ecosystem = useEcosystem();
  const search = useSearch();
  const [path, navigate] = useLocation();
  const [charting, setCharting] = useState(false);

  const showAs = (view: string) => {
    const query = new URLSearchParams(search);
    if (view === "table") query.set("view", "table");
    else query.delete("view");
    navigate(query.size > 0 ? `${path}?${query}` : path, { replace: true });
  };
  const save = () => {
    const cards = columns.flatMap((column) => column.cards);
    const spec = [
      { title: "Id", value: (card: (typeof cards)[number]) => card.id },
      ...tableColumns(kind, rules).map((c) => ({
        title: c.title,
        value: (card: (typeof cards)[number]) => c.text(card, now),
      })),
    ];
    saveFile(`${ecosystem}-${kind}-board.csv`, csvOf(spec, cards));
  };

  return (
    <div className={classes.toolbar}>
      <Title order={1} size="h4" className="visually-hidden">
        Board
      </Title>
      <SegmentedControl
        size="xs"
        aria-label="What the board shows"
        value={kind}
        onChange={(next) => navigate(pathTo.board(ecosystem, next as Kind))}
        data={[
          { value: "partners", label: "Partners" },
          { value: "deals", label: "Deals" },
        ]}
      />
      <SegmentedControl
        size="xs"
        aria-label="How the board is shown"
        value={asTable ? "table" : "board"}
        onChange={showAs}
        data={[
          { value: "board", label: "Board" },
          { value: "table", label: "Table" },
        ]}
      />
      <Group gap={6} className={classes.push}>
        <Tooltip label="Charts" withArrow>
          <ActionIcon variant="default" size={30} aria-label="Charts" onClick={() => setCharting(true)}>
            <Icon name="chart" size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Export what is shown as CSV" withArrow>
          <ActionIcon variant="default" size={30} aria-label="Export what is shown as CSV" onClick={save}>
            <Icon name="download" size={16} />
          </ActionIcon>
        </Tooltip>
        {kind === "deals" ? <RegisterDeal compact /> : <RegisterPartner compact />}
      </Group>
      {charting ? (
        <Suspense fallback={<Button loading size="xs" variant="subtle" aria-label="Loading the charts" />}>
          <BoardChart columns={columns} now={now} close={() => setCharting(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
