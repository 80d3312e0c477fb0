import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { allSent, button, names, onServer, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor, type Visitor } from "#test/kit/visitor.ts";

// A computer that several people share: whoever leaves leaves nothing behind but what is not safe yet.

const named = names.ru;
const anna = { email: "agent1@demo.example", first: "Анна", home: "/desk" };
let sufler: TestSufler;
let browser: Browser;
beforeEach(async () => { [sufler, browser] = await Promise.all([startSufler(), openBrowser()]); });
afterEach(async () => {
  await browser?.close();
  await sufler?.stop();
});

type Agent = typeof anna;
const comeIn = (page: Page, who: Agent): Promise<void> => signIn(page, sufler.url, who.email, sufler.password ?? "", named, who.home);
const stage = (page: Page, name: string): Promise<void> => button(page, name).first().waitFor({ timeout: 20_000 });
async function goHome(page: Page, who: Agent): Promise<void> {
  await page.getByRole("button", { name: who.first }).click();
  await page.getByRole("button", { name: "Выйти" }).click();
  await page.getByRole("button", { name: named.signIn, exact: true }).waitFor({ timeout: 20_000 });
}
const databases = (page: Page): Promise<number> => page.evaluate(async () => (await indexedDB.databases()).length);
const stored = (page: Page): Promise<string> => page.evaluate(() => Object.entries(localStorage).join());

async function talk({ page }: Visitor): Promise<void> {
  await stage(page, named.next);
  await button(page, named.next).click();
  await stage(page, named.call);
  await button(page, named.call).click();
  await page.getByText("Приветствие", { exact: true }).first().waitFor({ timeout: 20_000 });
}

it("ends the call of somebody who signs out in the middle of it, and keeps what is unfinished for the return", async () => {
  const who = await visitor(browser);
  const { page } = who;
  await comeIn(page, anna);
  await talk(who);
  await goHome(page, anna);
  expect(await databases(page)).toBe(1);

  await comeIn(page, anna);
  await stage(page, named.save);
  expect((await onServer(who, sufler.url)).facts.map(({ kind }) => kind).filter((kind) => kind !== "call.quality" && kind !== "shift.ready").slice(-2)).toEqual(["call.ended", "shift.ended"]);
  await page.keyboard.press("9");
  await page.keyboard.press("Enter");
  await stage(page, named.next);
  await allSent(page, named);
  await goHome(page, anna);
  await until("the database to be gone", async () => (await databases(page)) === 0);
  expect(await stored(page)).not.toContain(anna.email);
  const { facts } = await (async () => { await comeIn(page, anna); return onServer(who, sufler.url); })();
  expect(facts.filter(({ kind }) => (kind.startsWith("call.") && kind !== "call.quality") || kind === "outcome.saved").map(({ kind }) => kind))
    .toEqual(["call.dialed", "call.ringing", "call.answered", "call.ended", "outcome.saved"]);
  expect(who.errors).toEqual([]);
  await who.close();
});

it("takes both tabs of a person along when one of them signs out", async () => {
  const who = await visitor(browser);
  const { page, context } = who;
  await comeIn(page, anna);
  await stage(page, named.next);
  const second = await context.newPage();
  await second.goto(`${sufler.url}/desk`);
  await second.getByText("Телефон открыт в другой вкладке").waitFor();
  await goHome(second, anna);
  await page.getByRole("button", { name: named.signIn, exact: true }).waitFor();
  await until("the database to be gone", async () => (await databases(page)) === 0);
  expect(who.errors).toEqual([]);
  await who.close();
});
