// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepAside, type Aside } from "#client/facts/aside.ts";
import type { Batch, Journal } from "#client/facts/journal.ts";
import { fact, TEN } from "#test/kit/facts.ts";

// The disk is the one part that is played: a real one is filled in the journey of the full disk.

interface PlayedDisk { readonly journal: Journal; says: "yes" | "full" | "nothing"; newest: number; readonly holds: Map<string, unknown> }

function disk(): PlayedDisk {
  const holds = new Map<string, unknown>();
  const waiting: (() => void)[] = [];
  const played: PlayedDisk & { state: PlayedDisk["says"] } = {
    holds, newest: 0, state: "yes",
    get says() { return this.state; },
    set says(next) {
      this.state = next;
      if (next === "yes") for (const go of waiting.splice(0)) go();
    },
    journal: {
      async write({ remember = {} }: Batch) {
        if (played.state === "full") throw new Error("QuotaExceededError");
        if (played.state === "nothing") await new Promise<void>((resolve) => { waiting.push(resolve); });
        for (const [name, value] of Object.entries(remember)) if (value === undefined) holds.delete(name); else holds.set(name, value);
      },
      recall: async (name: string) => holds.get(name),
      newestOwn: async () => (played.newest === 0 ? [] : [fact({ kind: "shift.ready" }, played.newest)]),
    } as unknown as Journal,
  };
  return played;
}

let now = TEN;
let opened: Aside[] = [];
const open = async (on: PlayedDisk, person = "anna"): Promise<Journal> => {
  const aside = await keepAside(person, on.journal, ["drafts", "desk"], sessionStorage, () => now);
  opened.push(aside);
  return aside.journal;
};
/** The page is gone; the tab stays. */
const reload = (): void => { for (const one of opened.splice(0)) one.stop(); };

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  now = TEN;
  opened = [];
});
afterEach(() => {
  reload();
  vi.useRealTimers();
});

it("finds after a reload what a full disk refused, newest first, and nothing of what it was not asked to keep", async () => {
  const full = disk();
  const journal = await open(full);
  await journal.write({ remember: { drafts: "we have", desk: 1 } });
  full.says = "full";
  await expect(journal.write({ remember: { drafts: "we have a supplier", key: {} } })).rejects.toThrow("Quota");
  await expect(journal.write({ remember: { desk: undefined } })).rejects.toThrow("Quota");
  reload();
  const found = await open(full);
  expect(await found.recall("drafts")).toBe("we have a supplier");
  expect(await found.recall("desk")).toBeUndefined();
  expect(JSON.stringify(sessionStorage)).not.toContain("key");
  // Who shares the computer finds nothing of it.
  expect(await (await open(disk(), "boris")).recall("drafts")).toBeUndefined();
});

it("goes to the disk with the next thing that it takes, or by itself, and leaves nothing behind", async () => {
  const full = disk();
  const journal = await open(full);
  full.says = "full";
  await expect(journal.write({ remember: { drafts: "a", desk: 1 } })).rejects.toThrow("Quota");
  full.says = "yes";
  await journal.write({ remember: { desk: 2 } });
  expect(Object.fromEntries(full.holds)).toEqual({ drafts: "a", desk: 2 });
  expect(sessionStorage).toHaveLength(0);

  full.says = "full";
  await expect(journal.write({ remember: { drafts: "b" } })).rejects.toThrow("Quota");
  reload();
  await open(full);
  full.says = "yes";
  await vi.advanceTimersByTimeAsync(60_000);
  expect(full.holds.get("drafts")).toBe("b");
  expect(sessionStorage).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});

it("keeps aside what a disk that does not answer has not taken, and never lets an older word win", async () => {
  const stuck = disk();
  const journal = await open(stuck);
  stuck.says = "nothing";
  const first = journal.write({ remember: { drafts: "a" } });
  await vi.advanceTimersByTimeAsync(1_500);
  const second = journal.write({ remember: { drafts: "ab" } });
  await vi.advanceTimersByTimeAsync(1_500);
  expect(await journal.recall("drafts")).toBe("ab");
  stuck.says = "yes";
  await Promise.all([first, second]);
  await vi.advanceTimersByTimeAsync(0);
  expect(stuck.holds.get("drafts")).toBe("ab");
  expect(sessionStorage).toHaveLength(0);
});

it("is forgotten when another tab has gone on since, and when the person leaves", async () => {
  const full = disk();
  full.says = "full";
  await expect((await open(full)).write({ remember: { drafts: "a" } })).rejects.toThrow("Quota");
  reload();
  full.newest = TEN + 5_000;
  expect(await (await open(full)).recall("drafts")).toBeUndefined();
  expect(sessionStorage).toHaveLength(0);

  now = TEN + 10_000;
  const journal = await open(full);
  await expect(journal.write({ remember: { drafts: "b" } })).rejects.toThrow("Quota");
  opened.at(-1)?.clear();
  expect(sessionStorage).toHaveLength(0);
  expect(await journal.recall("drafts")).toBeUndefined();
});

it("opens when what lies aside cannot be read", async () => {
  sessionStorage.setItem("sufler.aside.anna", "{");
  expect(await (await open(disk())).recall("drafts")).toBeUndefined();
});
