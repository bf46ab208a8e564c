import type { DeadLetterStatus } from "../api/types";
import { ToneBadge } from "../ui/Badges";
import { statusNames, statusTones } from "./letters";

export function LetterStatus({ status }: { status: DeadLetterStatus }) {
  return <ToneBadge tone={statusTones[status]}>{statusNames[status]}</ToneBadge>;
}
