import { useSyncExternalStore } from "react";

/** One clock for the whole page, so that all relative times turn over together and not card by card. */
const tickMs = 30_000;
let current = Date.now();
const listeners = new Set<() => void>();
let timer: number | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    current = Date.now();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time in milliseconds, renewed every thirty seconds. */
export const useNow = () => useSyncExternalStore(subscribe, () => current);
