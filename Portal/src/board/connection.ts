import type { HubConnection } from "@microsoft/signalr";
import type { Board, Delta, Kind } from "../api/types";

export interface HubEvents {
  snapshot: (board: Board) => void;
  delta: (delta: Delta) => void;
  resync: () => void;
  lost: () => void;
}

/** One open connection to the board's hub. It reports when it is lost and is then of no further use. */
export interface BoardHub {
  watch: (ecosystem: string, kind: Kind, fromVersion: number | null) => Promise<void>;
  close: () => Promise<void>;
}

/** No word from the server for this long, pings included, and the connection counts as lost. */
const silenceMs = 30_000;

/** Opens the hub. SignalR is loaded on first use, so that the sign-in page does not carry it. */
export async function openHub(events: HubEvents): Promise<BoardHub> {
  const { HubConnectionBuilder, LogLevel } = await import("@microsoft/signalr");
  const connection: HubConnection = new HubConnectionBuilder()
    .withUrl("/hubs/board", { headers: { "X-Requested-With": "portal" } })
    .configureLogging(LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = silenceMs;
  connection.on("Snapshot", events.snapshot);
  connection.on("Delta", events.delta);
  connection.on("Resync", events.resync);
  connection.onclose(() => events.lost());
  await connection.start();
  return {
    watch: (ecosystem, kind, fromVersion) => connection.invoke("Watch", ecosystem, kind, null, fromVersion),
    close: () => connection.stop(),
  };
}
