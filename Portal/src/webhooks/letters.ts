import type { DeadLetterStatus } from "../api/types";

/** As many as the gateway plans or replays at once. */
export const lettersMax = 100;

export const statusNames: Record<DeadLetterStatus, string> = {
  dead: "Dead",
  replayed: "Replayed",
  ignored: "Ignored",
  received: "Received",
  refused: "Refused",
};
export const statusTones: Record<DeadLetterStatus, string> = {
  dead: "bad",
  replayed: "good",
  ignored: "done",
  received: "open",
  refused: "warn",
};

/** What took no effect can be tried again: a letter that nothing was mapped to, too, once its mapping is mended. */
export const canReplay = ({ status }: { status: DeadLetterStatus }) => status === "dead" || status === "ignored";
