import { Skeleton, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState, type DragEvent, type KeyboardEvent } from "react";
import type { Phase } from "../api/types";
import { phaseNames, type Rules } from "../app/blueprint";
import { isOverdue, medianDays } from "./age";
import { CardFace, type CardActions } from "./CardFace";
import classes from "./Board.module.css";
import type { LiveCard } from "./model";

const cardHeight = 112;
const gap = 8;
/** A lane is at least this wide; a column on a very wide screen shows its cards in two or three. */
const laneWidth = 262;

interface Props {
  phase: Phase;
  cards: readonly LiveCard[];
  /** All cards of the phase before filtering; null while loading. */
  total: number | null;
  now: number;
  rules: Rules;
  actions: CardActions;
  /** Whether the card being dragged may be dropped here; null when none is. */
  accepts: boolean | null;
  onDrop: () => void;
}

export function Column({ phase, cards, total, now, rules, actions, accepts, onDrop }: Props) {
  const [over, setOver] = useState(false);
  const overdue = useMemo(() => cards.reduce((n, card) => n + (isOverdue(card, now) ? 1 : 0), 0), [cards, now]);
  const median = useMemo(() => medianDays(cards, now), [cards, now]);

  const allow = (event: DragEvent) => {
    if (!accepts) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    setOver(true);
  };

  return (
    <section
      className={classes.column}
      aria-label={phaseNames[phase]}
      data-accepts={accepts ?? undefined}
      data-over={(over && accepts) || undefined}
      onDragOver={allow}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      <header className={classes.columnHead}>
        <span className="phase-dot" style={{ background: `var(--phase-${phase})` }} />
        <h2 className={classes.columnName}>{phaseNames[phase]}</h2>
        {total === null ? null : (
          <span className={classes.count}>{cards.length === total ? total : `${cards.length} of ${total}`}</span>
        )}
        <span className={classes.stats}>
          {overdue > 0 ? <span className={classes.overdue}>{overdue} overdue</span> : null}
          {median === null ? null : <span title="Median age in this phase">median {median < 10 ? median : Math.round(median)} d</span>}
        </span>
      </header>
      {total === null ? <ColumnSkeleton /> : null}
      {total !== null && cards.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" py="lg">
          {total === 0 ? "Nothing in this phase" : "Nothing matches the filter"}
        </Text>
      ) : null}
      {cards.length > 0 ? <Lane cards={cards} now={now} rules={rules} actions={actions} /> : null}
    </section>
  );
}

function ColumnSkeleton() {
  return (
    <div className={classes.skeletons} role="status" aria-label="Loading">
      {[0, 1, 2, 3].map((i) => (
        <Skeleton key={i} height={cardHeight} radius={10} />
      ))}
    </div>
  );
}

type LaneProps = Pick<Props, "cards" | "now" | "rules" | "actions">;

/** The scrolling part of a column: only the cards in view are in the page. */
function Lane({ cards, now, rules, actions }: LaneProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [lanes, setLanes] = useState(1);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setLanes(Math.max(1, Math.floor(element.clientWidth / laneWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const rows = Math.ceil(cards.length / lanes);
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeight + gap,
    overscan: 4,
    paddingStart: 2,
    paddingEnd: gap,
  });
  const visible = virtual.getVirtualItems();
  const firstShown = (visible[0]?.index ?? 0) * lanes;
  const lastShown = ((visible[visible.length - 1]?.index ?? 0) + 1) * lanes - 1;
  const tabStop = active >= firstShown && active <= lastShown ? active : firstShown;

  const focusCard = (index: number) => {
    const target = Math.max(0, Math.min(cards.length - 1, index));
    setActive(target);
    virtual.scrollToIndex(Math.floor(target / lanes));
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${target}"] [data-card-link]`)?.focus();
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).closest<HTMLElement>("[data-index]")?.dataset.index;
    if (from === undefined || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = Number(from);
    const step: Record<string, number> = { ArrowDown: lanes, ArrowUp: -lanes };
    if (event.key in step) focusCard(index + (step[event.key] ?? 0));
    else if (event.key === "Home") focusCard(0);
    else if (event.key === "End") focusCard(cards.length - 1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") focusNeighbour(scroller.current, event.key);
    else return;
    event.preventDefault();
  };

  return (
    <div ref={scroller} className={classes.scroller} onKeyDown={onKeyDown}>
      <div role="list" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {visible.flatMap((row) =>
          Array.from({ length: lanes }, (_, lane) => row.index * lanes + lane).map((index) => {
            const card = cards[index];
            if (!card) return null;
            const left = index % lanes;
            return (
              <div
                key={card.id}
                role="listitem"
                aria-setsize={cards.length}
                aria-posinset={index + 1}
                data-index={index}
                className={classes.slot}
                style={{
                  transform: `translate(calc(${left * 100}% + ${left * gap}px), ${row.start}px)`,
                  width: `calc((100% - ${(lanes - 1) * gap}px) / ${lanes})`,
                }}
              >
                <CardFace card={card} now={now} rules={rules} actions={actions} tabbable={index === tabStop} />
              </div>
            );
          }),
        )}
      </div>
    </div>
  );
}

/** Moves the focus to the column on the left or right that has a card in view. */
function focusNeighbour(from: HTMLElement | null, key: string) {
  const columns = [...document.querySelectorAll<HTMLElement>(`.${classes.scroller}`)];
  const at = from ? columns.indexOf(from) : -1;
  const next = columns[at + (key === "ArrowLeft" ? -1 : 1)];
  next?.querySelector<HTMLElement>('[data-card-link][tabindex="0"]')?.focus();
}
