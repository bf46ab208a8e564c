import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { Link } from "wouter";
import type { Rules } from "../app/blueprint";
import { Icon } from "../ui/Icon";
import { isOverdue } from "./age";
import type { LiveCard } from "./model";
import { sorted, tableColumns, type Sorting, type TableColumn } from "./tableColumns";
import classes from "./Table.module.css";

interface Props {
  kind: "partners" | "deals";
  cards: readonly LiveCard[];
  now: number;
  rules: Rules;
  href: (card: LiveCard) => string;
}

const rowHeight = 38;

/** The same cards as rows: sortable, and only those in view are in the page. */
export function TableView({ kind, cards, now, rules, href }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<Sorting>({ column: "", descending: false });
  const columns = useMemo(() => tableColumns(kind, rules), [kind, rules]);
  const rows = useMemo(() => sorted(cards, columns, sorting, now), [cards, columns, sorting, now]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const template = { gridTemplateColumns: columns.map((c) => c.width).join(" ") };

  return (
    <div ref={scroller} className={classes.scroller} tabIndex={0} aria-label="Table of cards" role="region">
      <div role="table" aria-rowcount={rows.length + 1} className={classes.table}>
        <div role="row" className={classes.headRow} style={template}>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sorting={sorting} sort={setSorting} />
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map((item) => {
            const card = rows[item.index];
            if (!card) return null;
            return (
              <div
                key={card.id}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes.row}
                style={{ ...template, transform: `translateY(${item.start}px)` }}
              >
                {columns.map((column) => (
                  <div key={column.id} role="cell" className={column.numeric ? `${classes.cell} num` : classes.cell}>
                    {column.id === "name" ? (
                      <Link href={href(card)} className={classes.name}>
                        {card.name}
                      </Link>
                    ) : (
                      <span data-red={(column.id === "due" && isOverdue(card, now)) || undefined}>
                        {column.text(card, now)}
                      </span>
                    )}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface HeadProps {
  column: TableColumn;
  sorting: Sorting;
  sort: (sorting: Sorting) => void;
}

function HeadCell({ column, sorting, sort }: HeadProps) {
  const on = sorting.column === column.id;
  const direction = on ? (sorting.descending ? "descending" : "ascending") : "none";
  return (
    <div role="columnheader" aria-sort={direction} className={column.numeric ? `${classes.head} num` : classes.head}>
      <button type="button" onClick={() => sort({ column: column.id, descending: on && !sorting.descending })}>
        {column.title}
        <span className={classes.arrow} data-on={on || undefined} data-up={(on && !sorting.descending) || undefined}>
          <Icon name="down" size={12} />
        </span>
      </button>
    </div>
  );
}
