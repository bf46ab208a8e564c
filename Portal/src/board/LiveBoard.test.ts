import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Board, Delta, PartnerCard, Phase } from "../api/types";
import type { HubEvents } from "./connection";
import { LiveBoard } from "./LiveBoard";

const card = (id: string, phase: Phase, version = 1): PartnerCard => ({
  kind: "partners",
  id,
  version,
  name: id,
  tier: "gold",
  category: "bank",
  phase,
  since: "2026-01-01T00:00:00Z",
  overdue: false,
  gate: { done: 0, total: 0 },
});

const board = (version: number, ...cards: PartnerCard[]): Board => ({
  version,
  kind: "partners",
  columns: [{ phase: "discovery", count: cards.length, overdue: 0, medianDays: 0, cards }],
});

/** A hub in the test's hands: it notes what is asked of it and says what the test tells it to. */
class Hub {
  readonly asked: (number | null)[] = [];
  opened = 0;
  refuses = false;
  private said: HubEvents | undefined;

  get events(): HubEvents {
    if (!this.said) throw new Error("The hub was not opened.");
    return this.said;
  }

  readonly open = (events: HubEvents) => {
    this.opened++;
    if (this.refuses) return Promise.reject(new Error("refused"));
    this.said = events;
    return Promise.resolve({
      watch: (_: string, __: string, from: number | null) => {
        this.asked.push(from);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    });
  };
}

const subject = { ecosystem: "acme", kind: "partners" as const };
let hub: Hub;
let live: LiveBoard;
let frames: (() => void)[];

/** Lets promises settle and draws one frame. */
async function settle() {
  await vi.advanceTimersByTimeAsync(0);
  for (const frame of frames.splice(0)) frame();
}

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => frames.push(draw));
  vi.stubGlobal("cancelAnimationFrame", (id: number) => void frames.splice(id - 1, 1));
  hub = new Hub();
  live = new LiveBoard(hub.open);
});

afterEach(() => {
  live.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function start() {
  live.watch(subject);
  await settle();
  hub.events.snapshot(board(10, card("a", "discovery")));
  await settle();
}

const delta = (from: number, version: number, ...upserts: PartnerCard[]): Delta => ({ from, version, upserts, removes: [] });

describe("the live board", () => {
  it("asks for a snapshot at first and is live once it is answered", async () => {
    await start();
    expect(hub.asked).toEqual([null]);
    expect(live.current().mode).toBe("live");
    expect(live.current().board?.version).toBe(10);
  });

  it("applies the deltas of a frame at once", async () => {
    await start();
    const told = vi.fn();
    live.subscribe(told);
    hub.events.delta(delta(10, 11, card("a", "integration", 2)));
    hub.events.delta(delta(11, 12, card("b", "scale")));
    expect(told).not.toHaveBeenCalled();
    await settle();
    expect(told).toHaveBeenCalledTimes(1);
    expect(live.current().board?.version).toBe(12);
    expect(live.takeMove("a")?.to).toBe("integration");
    expect(live.takeMove("a")).toBeNull();
  });

  it("asks for a new snapshot after a gap", async () => {
    await start();
    hub.events.delta(delta(15, 16, card("a", "launch")));
    await settle();
    expect(hub.asked).toEqual([null, null]);
    expect(live.current().board?.version).toBe(10);
  });

  it("asks for a new snapshot when the server says so", async () => {
    await start();
    hub.events.resync();
    await settle();
    expect(hub.asked).toEqual([null, null]);
  });

  it("is not live while the connection is lost, and resumes from its version", async () => {
    await start();
    hub.events.lost();
    expect(live.current().mode).toBe("reconnecting");
    await vi.advanceTimersByTimeAsync(600);
    expect(live.current().mode).toBe("live");
    expect(hub.asked).toEqual([null, 10]);
  });

  it("passes over what a lost connection still delivers", async () => {
    await start();
    const stale = hub.events;
    stale.lost();
    await vi.advanceTimersByTimeAsync(600);
    stale.delta(delta(10, 99, card("a", "scale", 9)));
    await settle();
    expect(live.current().board?.version).toBe(10);
  });

  it("shows nothing new while paused and catches up from its version", async () => {
    await start();
    const before = hub.events;
    live.pause();
    before.delta(delta(10, 11, card("a", "launch", 2)));
    await settle();
    expect(live.current().mode).toBe("paused");
    expect(live.current().board?.version).toBe(10);
    live.resume();
    await settle();
    expect(hub.asked).toEqual([null, 10]);
  });

  it("claims nothing while no live page is open", async () => {
    await start();
    live.rest();
    expect(live.current().mode).toBe("idle");
    live.online();
    await settle();
    expect(hub.opened).toBe(1);
    live.watch(subject);
    await settle();
    expect(live.current().mode).toBe("live");
    expect(hub.asked).toEqual([null, 10]);
  });

  it("falls back to snapshots over REST when the hub cannot be opened, and says so", async () => {
    hub.refuses = true;
    const answer = new Response(JSON.stringify(board(7, card("a", "discovery"))), { status: 200 });
    vi.stubGlobal("fetch", vi.fn().mockResolvedValue(answer));
    live.watch(subject);
    await settle();
    expect(live.current().mode).toBe("polling");
    expect(live.current().board?.version).toBe(7);
  });

  it("tells why nothing can be shown when REST fails as well", async () => {
    hub.refuses = true;
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new Error("down")));
    live.watch(subject);
    await settle();
    expect(live.current().board).toBeNull();
    expect(live.current().error).toMatchObject({ code: "portal.unreachable" });
    expect(live.current().mode).toBe("reconnecting");
  });
});
