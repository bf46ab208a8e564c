import { useState } from "react";
import type { DeadLetterCard } from "../api/types";
import { canReplay, lettersMax } from "./letters";

/** Which of the letters on the page are chosen. One that took effect meanwhile, or left the page, no longer is. */
export function useChosen(letters: DeadLetterCard[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const choosable = letters.filter(canReplay);
  const chosen = choosable.filter((letter) => ids.has(letter.id));
  const isFull = chosen.length >= lettersMax;
  const choose = (id: string, isOn: boolean) =>
    setIds(new Set([...chosen.map((letter) => letter.id).filter((other) => other !== id), ...(isOn ? [id] : [])]));
  const chooseAll = (isOn: boolean) =>
    setIds(new Set(isOn ? choosable.slice(0, lettersMax).map((letter) => letter.id) : []));
  return { choosable, chosen, isFull, choose, chooseAll };
}
