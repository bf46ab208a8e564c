import type { Money } from "../api/types";
import { moneyText } from "./money";

export function MoneyText({ money }: { money?: Money | null }) {
  return money ? <span className="money">{moneyText(money)}</span> : <span className="faint">no amount</span>;
}
