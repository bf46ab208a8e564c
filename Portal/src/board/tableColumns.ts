import { phases } from "../api/types";
import { phaseNames, type Rules } from "../app/blueprint";
import { moneyText } from "../ui/money";
import { dayMs } from "../ui/time";
import { gateText } from "./CardFace";
import type { LiveCard } from "./model";

export interface TableColumn {
  id: string;
  title: string;
  /** What the cell says; also what is exported. */
  text: (card: LiveCard, now: number) => string;
  /** What it is sorted by, when that is not the text. */
  order?: (card: LiveCard, now: number) => number | string;
  numeric?: boolean;
  width: string;
}

const days = (card: LiveCard, now: number) => Math.floor((now - card.sinceMs) / dayMs);

export function tableColumns(kind: "partners" | "deals", rules: Rules): TableColumn[] {
  const name: TableColumn = {
    id: "name",
    title: kind === "deals" ? "Customer" : "Partner",
    text: (c) => c.name,
    width: "minmax(180px, 2fr)",
  };
  const shared: TableColumn[] = [
    {
      id: "phase",
      title: "Phase",
      text: (c) => phaseNames[c.phase],
      order: (c) => phases.indexOf(c.phase),
      width: "120px",
    },
    { id: "days", title: "Days", text: (c, now) => String(days(c, now)), order: days, numeric: true, width: "72px" },
    {
      id: "due",
      title: "Due",
      text: (c) => (c.dueAt ? c.dueAt.slice(0, 10) : ""),
      order: (c) => c.dueMs ?? Number.MAX_SAFE_INTEGER,
      width: "110px",
    },
    { id: "gate", title: "Next gate", text: gateText, order: (c) => c.gate.total - c.gate.done, width: "minmax(180px, 2fr)" },
  ];
  if (kind === "partners") {
    return [
      name,
      { id: "category", title: "Category", text: (c) => rules.categoryName(c.category), width: "minmax(140px, 1.2fr)" },
      {
        id: "tier",
        title: "Tier",
        text: (c) => rules.tierName(c.tier),
        order: (c) => rules.tierRank(c.tier),
        width: "110px",
      },
      ...shared,
    ];
  }
  return [
    name,
    { id: "partner", title: "Partner", text: (c) => (c.kind === "deals" ? (c.partnerName ?? c.partner) : ""), width: "minmax(140px, 1.2fr)" },
    { id: "status", title: "Status", text: (c) => (c.kind === "deals" ? c.status : ""), width: "100px" },
    {
      id: "amount",
      title: "Amount",
      text: (c) => (c.kind === "deals" && c.amount ? moneyText(c.amount) : ""),
      order: (c) => (c.kind === "deals" && c.amount ? c.amount.minor : -1),
      numeric: true,
      width: "150px",
    },
    ...shared,
  ];
}

export interface Sorting {
  column: string;
  descending: boolean;
}

export function sorted(cards: readonly LiveCard[], columns: TableColumn[], sorting: Sorting, now: number): LiveCard[] {
  const column = columns.find((c) => c.id === sorting.column);
  if (!column) return [...cards];
  const keyOf = column.order ?? ((card: LiveCard) => column.text(card, now).toLowerCase());
  const keyed = cards.map((card) => ({ card, key: keyOf(card, now) }));
  const sign = sorting.descending ? -1 : 1;
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.card.id < b.card.id ? -1 : 1));
  return keyed.map((k) => k.card);
}
