import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { journalContract, type OnJournal } from "#test/contract/journal.ts";
import { openBrowser } from "#test/kit/browser.ts";
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
