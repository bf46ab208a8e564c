import { phases } from "../api/types";
import type { Move } from "./model";

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Slides a card in from the side of the phase it came from and lets it glow once. */
export function drawMove(element: HTMLElement, move: Move) {
  if (still()) return;
  const side = phases.indexOf(move.from) < phases.indexOf(move.to) ? -1 : 1;
  element.animate(
    [
      { transform: `translateX(${side * 56}px)`, opacity: 0.25 },
      { transform: "none", opacity: 1 },
    ],
    { duration: 320, easing: "cubic-bezier(0.2, 0.8, 0.2, 1)" },
  );
  element.animate(
    [{ boxShadow: "0 0 0 2px var(--glow), 0 0 22px var(--glow)" }, { boxShadow: "0 0 0 0 transparent, 0 0 0 transparent" }],
    { duration: 1_400, easing: "ease-out" },
  );
}
