import { describe, expect, it, vi } from "vitest";
import type { UnsentRows } from "#client/facts/journal.ts";
import { sendAll } from "#client/sync/sendAll.ts";
import { createUplink } from "#client/sync/uplink.ts";
import { backOff } from "#client/sync/backOff.ts";
import type { Answer } from "#client/sync/http.ts";
import type { Entry, PushRequest, PushResponse } from "#wire/sync.ts";
import { fact, TEN } from "#test/kit/facts.ts";

/** What the uplink needs of a journal, in memory: rows numbered from 1, one acknowledged number. */
function memoryJournal(count: number): UnsentRows & { add(): void } {
  const rows: Entry[] = [];
  let acked = 0;
  let refusals = 0;
  const add = (): void => void rows.push({ n: rows.length + 1, fact: fact({ kind: "shift.ready" }, TEN + rows.length) });
  for (let i = 0; i < count; i += 1) add();
  return {
    device: "anna-laptop", add,
    rowBefore: async (n) => rows.findLast((row) => row.n < n)?.n ?? 0,
    unsent: async (after, limit) => rows.filter((row) => row.n > Math.max(after, acked)).slice(0, limit),
    acknowledge: async (upTo, refused) => { acked = Math.min(upTo, rows.length); refusals += refused.length; },
    countUnsent: async () => rows.length - acked,
    countRefused: async () => refusals,
  };
}

/** A server that takes each id once. `chance` decides what happens to the message on its way; a seed makes it repeatable. */
function server(chance: () => number): { readonly taken: Map<string, number>; post(body: PushRequest): Promise<Answer<PushResponse>> } {
  const taken = new Map<string, number>();
  return {
    taken,
    async post({ entries }) {
      const luck = chance();
      if (luck > 0.7) return { ok: false, status: 0, why: "unreachable" };
      for (const entry of entries) if ("fact" in entry) taken.set(entry.fact.id, (taken.get(entry.fact.id) ?? 0) + 1);
      // Taken, but the answer is lost: the device must send the batch again.
      if (luck > 0.5) return { ok: false, status: 0, why: "unreachable" };
      return { ok: true, body: { acked: entries[entries.length - 1]?.n ?? 0, refused: [], now: TEN } };
    },
  };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

describe("the uplink", () => {
  it("says that something is unsent while a silent network keeps it", async () => {
    vi.useFakeTimers();
    const journal = memoryJournal(0);
    const uplink = createUplink(journal, () => new Promise(() => undefined), () => undefined);
    uplink.wake();
    await vi.advanceTimersByTimeAsync(1000);
    expect(uplink.state.getState().unsent).toBe(0);
    journal.add();
    uplink.wake();
    await vi.advanceTimersByTimeAsync(300);
    expect(uplink.state.getState().unsent).toBe(1);
    journal.add();
    uplink.wake();
    await vi.advanceTimersByTimeAsync(300);
    expect(uplink.state.getState().unsent).toBe(2);
    uplink.stop();
    vi.useRealTimers();
  });

  it("[Y2] brings every entry to the server, however often messages and answers are lost", async () => {
    vi.useFakeTimers();
    for (let seed = 1; seed <= 30; seed += 1) {
      const journal = memoryJournal(2500);
      const far = server(seeded(seed));
      const uplink = createUplink(journal, (body) => far.post(body), () => undefined);
      uplink.wake();
      for (let round = 0; round < 20; round += 1) {
        journal.add();
        uplink.wake();
        await vi.advanceTimersByTimeAsync(100);
      }
      for (let round = 0; round < 100 && (await journal.countUnsent()) > 0; round += 1) await vi.advanceTimersByTimeAsync(31_000);
      expect(far.taken.size, `seed ${seed}`).toBe(2520);
      expect(uplink.state.getState(), `seed ${seed}`).toMatchObject({ unsent: 0, reachable: true });
      uplink.stop();
    }
    vi.useRealTimers();
  });

  it("[Y2] does not take a batch as safe before the server has said so", async () => {
    const journal = memoryJournal(3);
    const uplink = createUplink(journal, async () => ({ ok: false, status: 503, why: "restart" }), () => undefined);
    await uplink.flush();
    expect(uplink.state.getState()).toMatchObject({ unsent: 3, reachable: true });
    uplink.stop();
  });

  it("stops when nobody is signed in, and goes on after the next wake", async () => {
    const journal = memoryJournal(3);
    let answer: Answer<PushResponse> = { ok: false, status: 401, why: "signedOut" };
    const uplink = createUplink(journal, async () => answer, () => undefined);
    await uplink.flush();
    expect(uplink.state.getState().stopped).toBe("signedOut");
    answer = { ok: true, body: { acked: 3, refused: [], now: TEN } };
    uplink.wake();
    await uplink.flush();
    expect(uplink.state.getState()).toEqual({ reachable: true, unsent: 0, refused: 0 });
  });

  it("[Y7] counts what the server refused and goes on behind it", async () => {
    const journal = memoryJournal(3);
    const uplink = createUplink(journal, async () => ({ ok: true, body: { acked: 3, refused: [{ n: 2, id: "x", why: "author" }], now: TEN } }), () => undefined);
    await uplink.flush();
    expect(uplink.state.getState()).toMatchObject({ unsent: 0, refused: 1 });
  });

  it("[Y2] [Y8] has the next full batch on its way while one is stored; when that fails, nothing is acknowledged, and nobody else sends before both have ended", async () => {
    const journal = memoryJournal(6);
    const under: { readonly from: number; readonly end: (answer: Answer<PushResponse>) => void }[] = [];
    let ended = false;
    const sent = sendAll({ journal, size: 2, post: ({ entries }) => new Promise((end) => { under.push({ from: entries[0]?.n ?? 0, end }); }) }).finally(() => { ended = true; });
    const ok = (acked: number): Answer<PushResponse> => ({ ok: true, body: { acked, refused: [], now: TEN } });
    await vi.waitFor(() => { expect(under.map(({ from }) => from)).toEqual([1, 3]); });
    under[0]?.end(ok(2));
    await vi.waitFor(() => { expect(under.map(({ from }) => from)).toEqual([1, 3, 5]); });
    under[1]?.end({ ok: false, status: 0, why: "unreachable" });
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(ended).toBe(false);
    under[2]?.end(ok(6));
    expect(await sent).toEqual({ all: false, status: 0 });
    expect((await journal.unsent(0, 9)).map(({ n }) => n)).toEqual([3, 4, 5, 6]);
  });

  it("[Y2] [Y8] sends a batch once more at once when it has overtaken the one below it, and the acknowledged number does not go back meanwhile", async () => {
    const journal = memoryJournal(6);
    const marks: number[] = [];
    // The server's own rule: entries above a hole are stored, and acknowledged is what stands below it.
    let mark = 0;
    const taken = new Set<number>();
    const late: (() => void)[] = [];
    const sent: number[] = [];
    const all = await sendAll({
      journal: { ...journal, acknowledge: async (upTo, refused) => { marks.push(upTo); await journal.acknowledge(upTo, refused); } }, size: 2,
      async post({ after = 0, entries }) {
        sent.push(after);
        // The first batch comes in after the second one.
        if (sent.length === 1) await new Promise<void>((resolve) => { late.push(resolve); });
        for (const { n } of entries) taken.add(n);
        if (after <= mark) mark = Math.max(mark, entries.at(-1)?.n ?? 0);
        late.pop()?.();
        return { ok: true, body: { acked: mark, refused: [], now: TEN } };
      },
    });
    expect(all).toEqual({ all: true });
    expect(await journal.countUnsent()).toBe(0);
    expect(marks).toEqual(marks.toSorted((a, b) => a - b));
    expect(marks.at(-1)).toBe(6);
    expect(taken.size).toBe(6);
  });

  it("sends less at once when a batch is too large for the server", async () => {
    const journal = memoryJournal(100);
    const sizes: number[] = [];
    const uplink = createUplink(journal, async ({ entries }) => {
      sizes.push(entries.length);
      return entries.length > 30 ? { ok: false, status: 413, why: "tooLarge" } : { ok: true, body: { acked: entries[entries.length - 1]?.n ?? 0, refused: [], now: TEN } };
    }, () => undefined);
    await uplink.flush();
    expect(sizes).toEqual([100, 50, 50, 25, 25, 25, 25]);
    expect(uplink.state.getState().unsent).toBe(0);
    uplink.stop();
  });

  it("goes back when the server has lost entries", async () => {
    const journal = memoryJournal(3);
    const sent: number[][] = [];
    const uplink = createUplink(journal, async ({ entries }) => {
      sent.push(entries.map((entry) => entry.n));
      return { ok: true, body: { acked: 3, refused: [], now: TEN } };
    }, () => undefined);
    await uplink.flush();
    await uplink.heardMark(1);
    await uplink.flush();
    expect(sent).toEqual([[1, 2, 3], [2, 3]]);
  });

  it("waits longer with every failure, never all at the same moment", () => {
    expect(backOff(0, () => 0)).toBe(250);
    expect(backOff(3, () => 1)).toBe(4000);
    expect(backOff(40, () => 1)).toBe(8_000);
    expect(backOff(40, () => 0)).toBe(4_000);
  });
});
