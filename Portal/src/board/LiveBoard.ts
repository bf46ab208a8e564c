import { get, inside } from "../api/client";
import type { Board, Delta, Kind } from "../api/types";
import { openHub, type BoardHub, type HubEvents } from "./connection";
import { applyDeltas, fromSnapshot, type BoardState, type Move } from "./model";

export type LiveMode = "idle" | "connecting" | "live" | "reconnecting" | "polling" | "paused";

export interface LiveView {
  board: BoardState | null;
  mode: LiveMode;
  /** When the mode began; for "reconnecting since 4 s". */
  modeSince: number;
  error: unknown;
}

export interface Subject {
  ecosystem: string;
  kind: Kind;
}

type Entry = { snapshot: Board } | { delta: Delta };

/** Deltas waiting for the next frame. A hidden tab draws no frames; beyond this many they are applied at once. */
const queueLimit = 500;
/** Waits between attempts to reach the hub; the last one repeats. Short at first: most losses are brief. */
const retryMs = [500, 1_000, 2_000, 5_000, 10_000];
/** After this many failed attempts the board falls back to asking for snapshots, and says so. */
const attemptsBeforePolling = 3;
/** How long a move is worth drawing; a card scrolled into view later has simply arrived. */
const moveLifeMs = 1_500;

/**
 * The board as it is on the server: a snapshot, then deltas, buffered and applied once per animation frame. One
 * instance serves the whole portal and watches one subject at a time.
 */
export class LiveBoard {
  constructor(private readonly open: (events: HubEvents) => Promise<BoardHub> = openHub) {}

  private view: LiveView = { board: null, mode: "idle", modeSince: Date.now(), error: null };
  private subject: Subject | null = null;
  private hub: BoardHub | null = null;
  /** Counts connections; what a superseded one still reports is ignored. */
  private generation = 0;
  private failures = 0;
  private timer: number | undefined;
  private frame: number | undefined;
  private queue: Entry[] = [];
  private readonly moves = new Map<string, Move>();
  private readonly listeners = new Set<() => void>();
  private readonly changeListeners = new Set<(ids: ReadonlySet<string>) => void>();

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly current = () => this.view;

  /** Told which cards changed, after they have; for pages that show one of them in full. */
  onChange(listener: (ids: ReadonlySet<string>) => void) {
    this.changeListeners.add(listener);
    return () => void this.changeListeners.delete(listener);
  }

  watching(subject: Subject): boolean {
    return this.subject?.ecosystem === subject.ecosystem && this.subject.kind === subject.kind;
  }

  watch(subject: Subject) {
    if (this.watching(subject)) {
      if (this.view.mode !== "idle") return;
      this.enter("connecting");
      return this.connect();
    }
    this.subject = subject;
    this.queue = [];
    this.moves.clear();
    this.set({ board: null, error: null });
    if (this.view.mode !== "live") this.enter("connecting");
    if (this.hub) void this.ask(null);
    else this.connect();
  }

  /** A page that shows nothing live is open: the connection is given up, what was shown is kept to resume from. */
  rest() {
    this.drop();
    this.enter("idle");
  }

  pause() {
    this.drop();
    this.enter("paused");
  }

  resume() {
    if (this.view.mode !== "paused") return;
    this.failures = 0;
    this.enter("connecting");
    this.connect();
  }

  stop() {
    this.drop();
    this.subject = null;
    this.failures = 0;
    this.moves.clear();
    this.view = { board: null, mode: "idle", modeSince: Date.now(), error: null };
  }

  /** The network said goodbye: nothing shown may count as live from now on. */
  offline() {
    if (!this.wanted()) return;
    this.drop();
    this.enter("reconnecting");
    this.retryLater();
  }

  online() {
    if (this.view.mode === "live" || !this.wanted()) return;
    this.failures = 0;
    this.connect();
  }

  /** The card's move if it has just happened and was not drawn yet; asking for it uses it up. */
  takeMove(id: string): Move | null {
    const move = this.moves.get(id);
    if (!move) return null;
    this.moves.delete(id);
    return Date.now() - move.at < moveLifeMs ? move : null;
  }

  /** Whether a page wants the connection; not while it is paused or rests. */
  private wanted(): boolean {
    return this.subject !== null && this.view.mode !== "paused" && this.view.mode !== "idle";
  }

  private set(change: Partial<LiveView>) {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }

  private enter(mode: LiveMode) {
    if (mode !== this.view.mode) this.set({ mode, modeSince: Date.now() });
  }

  private drop() {
    this.generation++;
    window.clearTimeout(this.timer);
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.queue = [];
    const hub = this.hub;
    this.hub = null;
    // Closing is best effort: a connection that is gone already needs no goodbye.
    void hub?.close().catch(() => undefined);
  }

  private connect() {
    this.drop();
    const mine = this.generation;
    const ifCurrent = <A extends unknown[]>(act: (...args: A) => void) => (...args: A) => {
      if (mine === this.generation) act(...args);
    };
    this.open({
      snapshot: ifCurrent((snapshot: Board) => this.receive({ snapshot })),
      delta: ifCurrent((delta: Delta) => this.receive({ delta })),
      resync: ifCurrent(() => void this.ask(null)),
      lost: ifCurrent(() => this.lost()),
    }).then(
      (hub) => {
        if (mine !== this.generation) return void hub.close().catch(() => undefined);
        this.hub = hub;
        return this.ask(this.view.board?.version ?? null);
      },
      ifCurrent(() => this.unreachable()),
    );
  }

  /** Asks the hub for what follows a version, or for a new snapshot when it is null. */
  private async ask(fromVersion: number | null) {
    const { hub, subject, generation } = this;
    if (!hub || !subject) return;
    this.queue = [];
    try {
      await hub.watch(subject.ecosystem, subject.kind, fromVersion);
      if (generation !== this.generation || this.subject !== subject) return;
      this.failures = 0;
      this.set({ error: null });
      this.enter("live");
    } catch {
      if (generation === this.generation) this.unreachable();
    }
  }

  private lost() {
    this.drop();
    this.enter("reconnecting");
    this.retryLater();
  }

  private unreachable() {
    this.drop();
    this.failures++;
    if (this.failures >= attemptsBeforePolling || this.view.board === null) void this.poll();
    else this.enter("reconnecting");
    this.retryLater();
  }

  private retryLater() {
    window.clearTimeout(this.timer);
    const wait = retryMs[Math.min(this.failures, retryMs.length - 1)];
    this.timer = window.setTimeout(() => this.connect(), wait);
  }

  /** Without the hub a snapshot over REST is asked for at every attempt. */
  private async poll() {
    const subject = this.subject;
    if (!subject) return;
    const stillWanted = () => this.subject === subject && this.view.mode !== "live" && this.wanted();
    try {
      const board = await get<Board>(inside(subject.ecosystem, "board"), { kind: subject.kind });
      if (!stillWanted()) return;
      this.set({ board: fromSnapshot(board), error: null });
      this.enter("polling");
    } catch (error) {
      if (!stillWanted()) return;
      this.set({ error });
      this.enter("reconnecting");
    }
  }

  private receive(entry: Entry) {
    // A snapshot of what was watched before may still be under way when the subject changes.
    if ("snapshot" in entry && entry.snapshot.kind !== this.subject?.kind) return;
    this.queue.push(entry);
    if (this.queue.length >= queueLimit) this.flush();
    else this.frame ??= requestAnimationFrame(() => this.flush());
  }

  private flush() {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    const entries = this.queue;
    this.queue = [];
    const last = entries.findLastIndex((e) => "snapshot" in e);
    const snapshot = last >= 0 ? entries[last] : undefined;
    const deltas = entries.slice(last + 1).flatMap((e) => ("delta" in e ? [e.delta] : []));
    const base = snapshot && "snapshot" in snapshot ? fromSnapshot(snapshot.snapshot) : this.view.board;
    if (base === null) return;
    const now = Date.now();
    const applied = applyDeltas(base, deltas, now);
    for (const [id, move] of this.moves) if (now - move.at > moveLifeMs) this.moves.delete(id);
    for (const [id, move] of applied.moves) this.moves.set(id, move);
    this.set({ board: applied.state });
    if (applied.changed.size > 0) for (const listener of this.changeListeners) listener(applied.changed);
    if (applied.gap) void this.ask(null);
  }
}
