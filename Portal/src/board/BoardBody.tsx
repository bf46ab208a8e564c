import { Alert } from "@mantine/core";
import type { Kind, Phase } from "../api/types";
import type { Rules } from "../app/blueprint";
import { RegisterDeal } from "../deals/RegisterDeal";
import { RegisterPartner } from "../partners/RegisterPartner";
import { Icon } from "../ui/Icon";
import { Empty, Failure, LoadingRows } from "../ui/States";
import classes from "./Board.module.css";
import type { CardActions } from "./CardFace";
import { Column } from "./Column";
import type { LiveCard } from "./model";
import { TableView } from "./TableView";

export interface ShownColumn {
  phase: Phase;
  cards: readonly LiveCard[];
  /** Before filtering; null while loading. */
  total: number | null;
}

interface Props {
  kind: Kind;
  asTable: boolean;
  columns: ShownColumn[];
  now: number;
  rules: Rules;
  actions: CardActions;
  unsent: Readonly<Record<Phase, number>> | null;
  error: unknown;
  retry: () => void;
  accepts: ((phase: Phase) => boolean) | null;
  onDrop: () => void;
}

export function BoardBody(props: Props) {
  const { kind, columns, now, rules, actions, unsent, error } = props;
  if (error) {
    return (
      <div className={classes.notice}>
        <Failure error={error} retry={props.retry} title="The board cannot be loaded" />
      </div>
    );
  }
  if (columns.every((column) => column.total === 0)) return <Nothing kind={kind} />;

  const left = unsent ? Object.values(unsent).reduce((sum, n) => sum + n, 0) : 0;
  return (
    <>
      {left > 0 ? (
        <Alert className={classes.notice} color="yellow" icon={<Icon name="alert" />} py={8}>
          {left} more cards are not shown here. Use the lists to find them.
        </Alert>
      ) : null}
      {props.asTable && columns.some((column) => column.total === null) ? (
        <LoadingRows rows={12} />
      ) : props.asTable ? (
        <TableView kind={kind} cards={columns.flatMap((c) => c.cards)} now={now} rules={rules} href={actions.href} />
      ) : (
        <div className={classes.columns} role="group" aria-label="Phases" tabIndex={0}>
          {columns.map((column) => (
            <Column
              key={column.phase}
              {...column}
              now={now}
              rules={rules}
              actions={actions}
              accepts={props.accepts ? props.accepts(column.phase) : null}
              onDrop={props.onDrop}
            />
          ))}
        </div>
      )}
    </>
  );
}

function Nothing({ kind }: { kind: Kind }) {
  if (kind === "deals") {
    return (
      <Empty icon="deals" title="No open deals" action={<RegisterDeal />}>
        A registered deal appears here and moves through the four phases until it is won or lost.
      </Empty>
    );
  }
  return (
    <Empty icon="partners" title="No partners yet" action={<RegisterPartner />}>
      Partners appear here as they are registered, here or by a webhook, and move through the four phases.
    </Empty>
  );
}
