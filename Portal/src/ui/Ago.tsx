import { Tooltip } from "@mantine/core";
import { useNow } from "./now";
import { ago, exactTime } from "./time";

/** A relative time; the exact one shows on hover and is what a screen reader's time element carries. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  const ms = Date.parse(at);
  // An event may be newer than the last tick of the page's clock; it is never shown as lying in the future.
  const text = ago(ms, Math.max(now, ms < now + 60_000 ? ms : now));
  return (
    <Tooltip label={exactTime(ms)} withArrow openDelay={200}>
      <time dateTime={at}>{text}</time>
    </Tooltip>
  );
}
