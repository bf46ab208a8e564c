import { createContext, useContext, useEffect, useSyncExternalStore } from "react";
import type { Kind } from "../api/types";
import { useEcosystem } from "../app/ecosystem";
import { LiveBoard } from "./LiveBoard";

export const LiveContext = createContext<LiveBoard | null>(null);

export function useLiveBoard(): LiveBoard {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("No live board: this page must be rendered inside the frame.");
  return live;
}

export function useLiveView() {
  const live = useLiveBoard();
  return useSyncExternalStore(live.subscribe, live.current);
}

/** Watches the cards of this kind while the page is open. */
export function useWatch(kind: Kind) {
  const live = useLiveBoard();
  const ecosystem = useEcosystem();
  useEffect(() => live.watch({ ecosystem, kind }), [live, ecosystem, kind]);
}

/** For pages that show nothing live, so that no indicator claims otherwise. */
export function useRest() {
  const live = useLiveBoard();
  useEffect(() => live.rest(), [live]);
}

/** Calls back when the card with this id changes on the server. */
export function useCardChange(id: string, changed: () => void) {
  const live = useLiveBoard();
  useEffect(() => live.onChange((ids) => ids.has(id) && changed()), [live, id, changed]);
}
