import { memo, useLayoutEffect, useRef, type DragEvent, type KeyboardEvent } from "react";
import { Link } from "wouter";
import { phases } from "../api/types";
import { AgeBar } from "../ui/AgeBar";
import { ProtectionBadge, StatusBadge, TierBadge } from "../ui/Badges";
import { Icon } from "../ui/Icon";
import { categoryIcon } from "../ui/categoryIcon";
import { moneyText } from "../ui/money";
import type { Rules } from "../app/blueprint";
import { drawMove } from "./motion";
import type { LiveCard, Move } from "./model";
import classes from "./Card.module.css";

export interface CardActions {
  href: (card: LiveCard) => string;
  /** Undefined for those who may not advance. */
  advance?: (card: LiveCard) => void;
  drag: (card: LiveCard | null) => void;
  takeMove: (id: string) => Move | null;
}

interface Props {
  card: LiveCard;
  now: number;
  rules: Rules;
  actions: CardActions;
  tabbable: boolean;
}

/** "2 of 5: Security review"; without anything left, what comes next. */
export function gateText(card: LiveCard): string {
  const { done, total, next } = card.gate;
  if (total === 0) return "No checklist in this phase";
  return next ? `${done} of ${total}: ${next}` : `${done} of ${total}: all done`;
}

/** One card of the board. Memoised: a delta draws only the cards it names. */
export const CardFace = memo(function CardFace({ card, now, rules, actions, tabbable }: Props) {
  const root = useRef<HTMLElement>(null);
  const canAdvance = actions.advance !== undefined && card.phase !== phases[phases.length - 1];

  useLayoutEffect(() => {
    const move = actions.takeMove(card.id);
    if (move && root.current) drawMove(root.current, move);
  }, [actions, card.id, card.phase]);

  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData("text/plain", card.id);
    event.dataTransfer.effectAllowed = "move";
    actions.drag(card);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!canAdvance || event.key !== "ArrowRight" || !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    actions.advance?.(card);
  };

  return (
    <article
      ref={root}
      className={classes.card}
      draggable={canAdvance}
      onDragStart={onDragStart}
      onDragEnd={() => actions.drag(null)}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head}>
        <span className={classes.icon} title={rules.categoryName(card.category)}>
          <Icon name={categoryIcon(card.category)} size={16} />
        </span>
        <Link href={actions.href(card)} className={classes.name} draggable={false} tabIndex={tabbable ? 0 : -1} data-card-link>
          {card.name}
        </Link>
        {card.kind === "deals" && card.amount ? <span className={classes.amount}>{moneyText(card.amount)}</span> : null}
      </div>
      <Second card={card} rules={rules} />
      <AgeBar card={card} now={now} />
      <div className={classes.foot}>
        <span className={classes.gate}>{gateText(card)}</span>
        {canAdvance ? (
          <button
            type="button"
            className={classes.advance}
            tabIndex={tabbable ? 0 : -1}
            aria-label={`Advance ${card.name}`}
            title="Advance to the next phase (Shift + →)"
            onClick={() => actions.advance?.(card)}
          >
            <Icon name="right" size={14} />
          </button>
        ) : null}
      </div>
    </article>
  );
});

function Second({ card, rules }: { card: LiveCard; rules: Rules }) {
  if (card.kind === "partners") {
    const where = card.region ? ` · ${card.region}` : "";
    return (
      <div className={classes.second}>
        <span className={classes.partner}>{rules.categoryName(card.category) + where}</span>
        <TierBadge name={rules.tierName(card.tier)} rank={rules.tierRank(card.tier)} />
      </div>
    );
  }
  return (
    <div className={classes.second}>
      <span className={classes.partner}>{card.partnerName ?? card.partner}</span>
      {card.status !== "approved" ? <StatusBadge status={card.status} /> : <ProtectionBadge protection={card.protection} />}
    </div>
  );
}
