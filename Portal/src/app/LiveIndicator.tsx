import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLiveBoard, useLiveView } from "../board/live";
import type { LiveMode } from "../board/LiveBoard";
import classes from "./Frame.module.css";

function words(mode: LiveMode, seconds: number): string {
  switch (mode) {
    case "idle":
      return "";
    case "live":
      return "Live";
    case "connecting":
      return "Connecting";
    case "reconnecting":
      return `Reconnecting since ${seconds} s`;
    case "polling":
      return "Not live, asking every 10 s";
    case "paused":
      return "Paused";
  }
}

const explanations: Record<LiveMode, string> = {
  idle: "",
  live: "Changes appear as they happen. Click to pause.",
  connecting: "The live connection is being opened.",
  reconnecting: "The live connection was lost; what is shown may be out of date.",
  polling: "The live connection cannot be opened; a snapshot is taken every ten seconds instead.",
  paused: "Changes are not shown. Click to catch up.",
};

/** The truth about the live connection, in words as well as in colour. A click pauses and resumes. */
export function LiveIndicator() {
  const live = useLiveBoard();
  const { mode, modeSince } = useLiveView();
  const seconds = useSeconds(modeSince, mode === "reconnecting");
  if (mode === "idle") return null;
  const toggle = () => (mode === "paused" ? live.resume() : live.pause());
  return (
    <Tooltip label={explanations[mode]} withArrow multiline maw={260}>
      <button type="button" className={classes.live} data-mode={mode} onClick={toggle} aria-pressed={mode === "paused"}>
        <span className={classes.dot} />
        <span>{words(mode, seconds)}</span>
      </button>
    </Tooltip>
  );
}

function useSeconds(since: number, running: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, [running, since]);
  return Math.max(0, Math.round((now - since) / 1_000));
}
