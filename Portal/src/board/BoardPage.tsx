import { useCallback, useMemo, useState } from "react";
import { useSearch } from "wouter";
import { phases, type Kind } from "../api/types";
import { useRules } from "../app/blueprint";
import { useEcosystem } from "../app/ecosystem";
import { pathTo } from "../app/routes";
import { MissingDialog } from "../lifecycle/MissingDialog";
import { phaseAfter } from "../lifecycle/phases";
import { useAdvance } from "../lifecycle/useAdvance";
import { may } from "../session/roles";
import { useSession } from "../session/session";
import { useNow } from "../ui/now";
import { useTitle } from "../ui/useTitle";
import classes from "./Board.module.css";
import { BoardBody } from "./BoardBody";
import { BoardToolbar } from "./BoardToolbar";
import type { CardActions } from "./CardFace";
import { Filters } from "./Filters";
import { isFiltering, matcher } from "./filter";
import { useLiveBoard, useLiveView, useWatch } from "./live";
import type { LiveCard } from "./model";
import { useFilter } from "./useFilter";

export default function BoardPage({ kind }: { kind: Kind }) {
  useTitle(kind === "deals" ? "Deal board" : "Partner board");
  useWatch(kind);
  const ecosystem = useEcosystem();
  const session = useSession();
  const live = useLiveBoard();
  const view = useLiveView();
  const now = useNow();
  const rules = useRules();
  const [filter, change] = useFilter();
  const asTable = new URLSearchParams(useSearch()).get("view") === "table";
  const [dragged, setDragged] = useState<LiveCard | null>(null);
  const { advance, advancing, blocked, close } = useAdvance();

  const board = live.watching({ ecosystem, kind }) ? view.board : null;
  const filtering = isFiltering(filter);
  const columns = useMemo(() => {
    const matches = matcher(filter, now);
    return phases.map((phase) => {
      const all = board?.columns[phase] ?? [];
      return { phase, cards: filtering ? all.filter(matches) : all, total: board ? all.length : null };
    });
  }, [board, filter, filtering, now]);

  const ask = useCallback(
    (card: LiveCard) => advance({ kind: card.kind, id: card.id, name: card.name, phase: card.phase }),
    [advance],
  );
  const mayAdvance = may.manage(session);
  const actions = useMemo<CardActions>(
    () => ({
      href: (card) => (card.kind === "deals" ? pathTo.deal(ecosystem, card.id) : pathTo.partner(ecosystem, card.id)),
      advance: mayAdvance ? ask : undefined,
      drag: setDragged,
      takeMove: (id) => live.takeMove(id),
    }),
    [ecosystem, mayAdvance, ask, live],
  );
  const drop = () => {
    if (dragged) ask(dragged);
    setDragged(null);
  };

  return (
    <div className={classes.page}>
      <BoardToolbar kind={kind} asTable={asTable} columns={columns} now={now} rules={rules} />
      <Filters filter={filter} change={change} rules={rules} />
      <BoardBody
        kind={kind}
        asTable={asTable}
        columns={columns}
        now={now}
        rules={rules}
        actions={actions}
        unsent={board?.unsent ?? null}
        error={board ? null : view.error}
        retry={() => live.online()}
        accepts={dragged ? (phase) => phaseAfter(dragged.phase) === phase : null}
        onDrop={drop}
      />
      <MissingDialog subject={blocked} advance={advance} advancing={advancing} close={close} />
    </div>
  );
}
