import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Entry, Refusal } from "#wire/sync.ts";
import type { UnsentRows } from "./journal.ts";

/**
 * A journal for the time in which the disk takes nothing: rows in memory, gone with the page, on their way straight to the server.
 * It is a device of its own (rule Y4), for it numbers its rows from 1.
 */
export interface MemoryJournal extends UnsentRows {
  /** @returns when the server has them; rejects when it refused one of them for ever */
  add(facts: readonly Fact[], records: readonly PrivateRecord[]): Promise<void>;
}

interface Waiting { readonly upTo: number; readonly from: number; readonly resolve: () => void; readonly reject: (error: Error) => void }

export function createMemoryJournal(): MemoryJournal {
  let rows: readonly Entry[] = [];
  let last = 0;
  let refusals = 0;
  let waiting: readonly Waiting[] = [];
  return {
    device: crypto.randomUUID(),
    add(facts, records) {
      const from = last + 1;
      // As on the disk: no acknowledged fact may name a text that the server has not got.
      rows = [...rows, ...records.map((record) => ({ n: (last += 1), record })), ...facts.map((fact) => ({ n: (last += 1), fact }))];
      return new Promise((resolve, reject) => { waiting = [...waiting, { from, upTo: last, resolve, reject }]; });
    },
    unsent: async (after, limit) => rows.filter(({ n }) => n > after).slice(0, limit),
    rowBefore: async (n) => n - 1,
    async acknowledge(upTo, refused: readonly Refusal[]) {
      rows = rows.filter(({ n }) => n > upTo);
      refusals += refused.length;
      const done = waiting.filter((one) => one.upTo <= upTo);
      waiting = waiting.filter((one) => one.upTo > upTo);
      for (const { from, upTo: to, resolve, reject } of done) {
        if (refused.some(({ n }) => n >= from && n <= to)) reject(new Error("the server refused it"));
        else resolve();
      }
    },
    countUnsent: async () => rows.length,
    countRefused: async () => refusals,
  };
}
