import { expect, it } from "vitest";
import type { Journal, Place } from "#client/facts/journal.ts";
import { openRecorder } from "#client/facts/recorder.ts";
import { openDownlink } from "#client/sync/downlink.ts";
import type { Answer } from "#client/sync/http.ts";
import type { Fact } from "#domain/fact.ts";
import type { PullResponse } from "#wire/sync.ts";
import { fact, TEN } from "#test/kit/facts.ts";
import { memoryDisk } from "#test/kit/memoryJournal.ts";

/** A server whose facts are numbered from 1; one answer holds at most two. */
function server(): { readonly facts: Fact[]; readonly get: (place: Place) => Promise<Answer<PullResponse>> } {
  const facts: Fact[] = [];
  return {
    facts,
    get: async ({ cursor }) => ({
      ok: true, body: {
        protocol: 1, epoch: "e1", cursor: Math.min(cursor + 2, facts.length), more: cursor + 2 < facts.length, facts: facts.slice(cursor, cursor + 2),
        records: [], documents: [], people: [], now: TEN,
      },
    }),
  };
}

it("[Y6] a wallboard whose disk was full for a while knows every fact, on its page and on the next one", async () => {
  const { facts, get } = server();
  const add = (count: number): void => { for (let n = 0; n < count; n += 1) facts.push(fact({ kind: "shift.ready" }, TEN + facts.length, { by: "anna", device: "anna-laptop" })); };
  let full = false;
  const disk = memoryDisk("lead", undefined, () => full);
  const open = async () => {
    const journal = disk.open() as unknown as Journal;
    const recorder = await openRecorder("lead", journal, { now: () => TEN, offset: () => 0 });
    const downlink = await openDownlink(journal, get, recorder.learn, () => undefined);
    return { pull: () => downlink.pull(), known: () => recorder.known.getState().facts.map(({ id }) => id) };
  };
  const page = await open();
  const ids = (): readonly string[] => facts.map(({ id }) => id);
  add(3);
  await page.pull();
  full = true;
  add(3);
  await page.pull();
  full = false;
  add(3);
  await page.pull();
  expect(page.known()).toEqual(ids());

  const next = await open();
  await next.pull();
  expect([...next.known()].sort()).toEqual([...ids()].sort());
});
