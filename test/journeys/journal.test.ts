import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { journalContract, type OnJournal } from "#test/contract/journal.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { fact, TEN } from "#test/kit/facts.ts";
import { serveModules, type ModuleSite } from "#test/kit/modulePage.ts";

// The journal in the database that it is made for: IndexedDB of a real browser.

let site: ModuleSite;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  site = await serveModules();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  await page?.context().close();
  page = await site.open(browser);
});

const onJournal: OnJournal = (person, ...calls) => {
  return page.evaluate(async ({ person: who, calls: list }) => {
    const { load } = window as unknown as { load: (path: string) => Promise<typeof import("#client/facts/journal.ts")> };
    const module = await load("/src/client/facts/journal.ts");
    const journal = await module.openJournal(who);
    const said: unknown[] = [];
    for (const [method, ...args] of list) {
      if (method === "device") said.push(journal.device);
      else said.push(await (journal as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>)[method as string]?.(...args));
    }
    journal.close();
    return said;
  }, { person, calls: calls as [string, ...unknown[]][] });
};

journalContract(onJournal, () => page.reload());

it("[Y2] lets go of what is old and acknowledged only: what is unsent, was refused, or is of training stays", async () => {
  const DAY = 86_400_000;
  const at = (days: number, more: object = {}) => fact({ kind: "call.answered", call: "c1", ...more }, TEN - days * DAY);
  const [old, refused, training, fresh, unsent, last] = [at(20), at(20), at(20, { call: "practice-1" }), at(2), at(20), at(20)];
  const came = [fact({ kind: "shift.ready" }, TEN - 20 * DAY, { device: "phone" }), fact({ kind: "shift.ready" }, TEN - DAY, { device: "phone" })];
  const said = await onJournal("anna",
    ["write", { facts: [old, refused, training, fresh, unsent, last] }],
    ["acknowledge", 4, [{ n: 2, id: refused.id, why: "author" }]],
    ["receive", { epoch: "e1", since: 0, cursor: 1, facts: came, records: [], documents: [], remember: {} }],
    ["tidy", TEN - 10 * DAY, TEN - 62 * DAY], ["factsSince", 0], ["unsent", 0, 10], ["rowBefore", 2], ["rowBefore", 3],
    ["acknowledge", 6, []], ["tidy", TEN, TEN], ["factsSince", 0],
    // The server has lost them all: what is still here goes up again, and says that nothing stands before it.
    ["acknowledge", 0, []], ["unsent", 0, 10], ["rowBefore", 2]);
  const ids = (facts: unknown): readonly string[] => (facts as Fact[]).map(({ id }) => id).sort();
  expect(ids(said[4])).toEqual(ids([refused, training, fresh, unsent, last, came[1]]));
  expect(said[5]).toEqual([{ n: 5, fact: unsent }, { n: 6, fact: last }]);
  expect(said.slice(6, 8)).toEqual([0, 2]);
  expect(ids(said[10])).toEqual(ids([refused, last]));
  expect(said[12]).toEqual([{ n: 2, fact: refused }, { n: 6, fact: last }]);
  expect(said[13]).toBe(0);
});

/** The same page goes on with one journal, as a desk does all day. */
const onOpenJournal = (person: string, ...calls: readonly (readonly [method: string, ...args: unknown[]])[]): Promise<unknown[]> => page.evaluate(async ({ person: who, calls: list }) => {
  const world = window as unknown as { load: (path: string) => Promise<typeof import("#client/facts/journal.ts")>; journal?: Record<string, (...given: unknown[]) => Promise<unknown>> };
  const { openJournal } = await world.load("/src/client/facts/journal.ts");
  world.journal ??= await openJournal(who) as unknown as NonNullable<typeof world.journal>;
  const said: unknown[] = [];
  for (const [method, ...args] of list) said.push(method === "device" ? world.journal["device"] : await world.journal[method]?.(...args));
  return said;
}, { person, calls: calls as [string, ...unknown[]][] });

const deleteDatabase = (of: Page, name: string): Promise<unknown> => of.evaluate((what) => new Promise((resolve, reject) => {
  const asked = indexedDB.deleteDatabase(what);
  asked.onsuccess = () => resolve(true);
  asked.onerror = () => reject(asked.error as Error);
}), name);

it("[Y2] [Y4] outlives a database that is deleted under its page: what was unsent is written again, as the same device, under numbers that were never acknowledged", async () => {
  const [one, two, three, four, five] = Array.from({ length: 5 }, (_, n) => fact({ kind: "shift.ready" }, TEN + n)) as [Fact, Fact, Fact, Fact, Fact];
  const text = { id: "r1", type: "note", text: "call in March", by: "anna", device: "d", at: TEN } as const;
  const entries = (unsent: unknown): unknown[] => (unsent as { fact?: Fact; record?: object }[]).map(({ fact: of, record }) => of ?? record);
  const numbers = (unsent: unknown): readonly number[] => (unsent as { n: number }[]).map(({ n }) => n);
  const [device] = await onOpenJournal("anna", ["device"], ["write", { facts: [one, two] }], ["acknowledge", 1, []], ["write", { facts: [three], records: [text] }],
    ["receive", { epoch: "e1", since: 0, cursor: 70, facts: [], records: [], documents: [], remember: {} }]);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await deleteDatabase(other, "sufler-anna");

  // The server's mark of before says nothing of what is in the new one.
  const said = await onOpenJournal("anna", ["acknowledge", 4, []], ["unsent", 0, 10], ["write", { facts: [four] }], ["unsent", 0, 10], ["countUnsent"],
    ["receive", { epoch: "e1", since: 70, cursor: 80, facts: [], records: [], documents: [], remember: {} }], ["place"]);
  expect(entries(said[1])).toEqual([two, text, three]);
  expect(entries(said[3])).toEqual([two, text, three, four]);
  expect(Math.min(...numbers(said[3]))).toBeGreaterThan(4);
  expect(said[4]).toBe(4);
  // The rows of others that were in it are asked for again.
  expect(said[6]).toMatchObject({ cursor: 0 });
  const sent = await onOpenJournal("anna", ["acknowledge", Math.max(...numbers(said[3])), []], ["countUnsent"]);
  expect(sent[1]).toBe(0);

  // Deleted once more, and another page was first to make one anew: a device of its own, into which this page writes nothing.
  await deleteDatabase(other, "sufler-anna");
  const [fresh] = await page.context().newPage().then(async (third) => {
    const before = page;
    page = third;
    await third.goto(before.url());
    const found = await onJournal("anna", ["device"]);
    page = before;
    return found;
  });
  expect(fresh).not.toBe(device);
  await expect(onOpenJournal("anna", ["write", { facts: [five] }])).rejects.toThrow("another page");
});

it("[Y2] gives way to a newer page that brings the database to a newer form, and goes on writing", async () => {
  const [one, two] = [fact({ kind: "shift.ready" }, TEN), fact({ kind: "shift.ready" }, TEN + 1)];
  await onOpenJournal("anna", ["write", { facts: [one] }]);
  const newer = await page.context().newPage();
  await newer.goto(page.url());
  // Dexie's versions are tens of the browser's.
  const version = await newer.evaluate(() => new Promise((resolve, reject) => {
    const opened = indexedDB.open("sufler-anna", 1000);
    opened.onupgradeneeded = () => { opened.result.createObjectStore("ofTomorrow"); };
    opened.onblocked = () => { reject(new Error("the old page holds it")); };
    opened.onsuccess = () => { resolve(opened.result.version); };
  }));
  expect(version).toBe(1000);
  const said = await onOpenJournal("anna", ["write", { facts: [two] }], ["unsent", 0, 10], ["acknowledge", 2, []], ["countUnsent"]);
  expect(said.slice(1)).toEqual([[{ n: 1, fact: one }, { n: 2, fact: two }], undefined, 0]);
});

it("[Y2] [Y10] sends what another tab has written, and no text that another tab was told to erase", async () => {
  const [one, two] = [fact({ kind: "shift.ready" }, TEN), fact({ kind: "shift.ready" }, TEN + 1)];
  const text = { id: "r1", type: "note", text: "call in March", by: "anna", device: "d", at: TEN } as const;
  await onOpenJournal("anna", ["write", { facts: [one], records: [text] }]);
  const here = page;
  page = await here.context().newPage();
  await page.goto(here.url());
  await onJournal("anna", ["write", { facts: [two] }], ["receive", { epoch: "e1", since: 0, cursor: 1, facts: [], records: [], documents: [], erased: ["r1"], remember: {} }]);
  page = here;
  expect(await onOpenJournal("anna", ["unsent", 0, 10])).toEqual([[{ n: 1, record: { ...text, text: "" } }, { n: 2, fact: one }, { n: 3, fact: two }]]);
});
