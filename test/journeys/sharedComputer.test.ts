import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { freePort } from "#test/kit/port.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { allSent, button, names, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor } from "#test/kit/visitor.ts";
import type { PullResponse } from "#wire/sync.ts";

// What lies unsent when its page is gone, or its person: the service worker brings it up, under the author's name.

const named = names.ru;
const anna = { email: "agent1@demo.example", first: "Анна" };
const oleg = { email: "agent2@demo.example", first: "Олег" };
let sufler: TestSufler;
let wire: Wire;
let browser: Browser;
beforeEach(async () => {
  const port = await freePort();
  wire = await openWire(port);
  [sufler, browser] = await Promise.all([startSufler({ PORT: String(port), PUBLIC_URL: wire.url }), openBrowser()]);
});
afterEach(async () => {
  await browser?.close();
  await sufler?.stop();
  await wire?.close();
});

const comeIn = (page: Page, who: typeof anna): Promise<void> => signIn(page, wire.url, who.email, sufler.password ?? "", named, "/desk");
const stage = (page: Page, name: string): Promise<void> => button(page, name).first().waitFor({ timeout: 20_000 });
const client = (page: Page): Promise<string> => page.getByRole("heading", { level: 1 }).first().innerText();
/** Skips the open card; the fact of it cannot go up, because the wire is broken by then. */
async function skip(page: Page): Promise<void> {
  const before = await client(page);
  await button(page, "Пропустить").click();
  await until("another card", async () => (await client(page)) !== before);
}
async function goHome(page: Page, who: typeof anna): Promise<void> {
  await page.getByRole("button", { name: who.first }).click();
  await page.getByRole("button", { name: "Выйти" }).click();
  await page.getByRole("button", { name: named.signIn, exact: true }).waitFor({ timeout: 20_000 });
}
/** The person's facts on the server, asked for from another computer. */
async function factsOf({ email }: typeof anna): Promise<readonly Fact[]> {
  const entered = await fetch(`${sufler.url}/api/auth/sign-in/email`, {
    method: "POST", headers: { "content-type": "application/json", origin: sufler.url }, body: JSON.stringify({ email, password: sufler.password }),
  });
  const cookie = entered.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const answer = await fetch(`${sufler.url}/api/sync/pull?since=0`, { headers: { cookie } });
  return ((await answer.json()) as PullResponse).facts;
}
const opened = (facts: readonly Fact[]): number => facts.filter(({ kind }) => kind === "prospect.opened").length;
const databases = (page: Page): Promise<readonly (string | undefined)[]> => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

it("[Y9] brings up what somebody left unsent in a hurry, under their own name, while the next person works and sees nothing of it", async () => {
  const who = await visitor(browser);
  const { page } = who;
  await comeIn(page, oleg);
  await stage(page, named.next);
  await button(page, named.next).click();
  await stage(page, named.call);
  await allSent(page, named);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  // The key that makes it possible can be used here, and taken away by nobody.
  const key = await until("the device's key", () => page.evaluate(async () => {
    const [found] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith("sufler-"));
    const db = await new Promise<IDBDatabase>((resolve) => { const open = indexedDB.open(found?.name ?? ""); open.onsuccess = () => { resolve(open.result); }; });
    const row = await new Promise<{ v: { sign: CryptoKey } } | undefined>((resolve) => {
      const get = db.transaction("meta").objectStore("meta").get("deviceKey");
      get.onsuccess = () => { resolve(get.result as { v: { sign: CryptoKey } } | undefined); };
    });
    db.close();
    return row && { extractable: row.v.sign.extractable, usages: row.v.sign.usages };
  }));
  expect(key).toEqual({ extractable: false, usages: ["sign"] });

  wire.cut();
  await skip(page);
  const last = await client(page);
  await goHome(page, oleg);
  await page.reload();
  await page.getByRole("button", { name: named.signIn, exact: true }).waitFor();
  expect(opened(await factsOf(oleg))).toBe(1);
  wire.mend();
  // The cookie still lies in the browser, and lets nobody in.
  await page.reload();
  await page.getByRole("button", { name: named.signIn, exact: true }).waitFor();
  expect((await who.context.request.get(`${wire.url}/api/me`)).status()).toBe(401);

  await comeIn(page, anna);
  await stage(page, named.next);
  const facts = await until("what Oleg left", async () => {
    const all = await factsOf(oleg);
    return opened(all) === 2 && all;
  }, 30_000);
  expect(facts.map(({ kind }) => kind).sort()).toEqual(["prospect.opened", "prospect.opened", "shift.ended", "shift.ready"]);
  expect(new Set(facts.map(({ by, device }) => `${by} ${device}`)).size).toBe(1);
  await until("Oleg's database to be gone", async () => (await databases(page)).length === 1);
  expect(await databases(page)).not.toContain(`sufler-${facts[0]?.by}`);
  expect(await page.locator("body").innerText()).not.toContain(last);
  expect((await factsOf(anna)).every(({ by }) => by !== facts[0]?.by)).toBe(true);
  expect(who.errors).toEqual([]);
  await who.close();
});

it("brings up what was unsent when the tab was closed, without any page, once", async () => {
  const who = await visitor(browser);
  const { page } = who;
  await comeIn(page, anna);
  await stage(page, named.next);
  await button(page, named.next).click();
  await stage(page, named.call);
  await allSent(page, named);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  const before = await factsOf(anna);
  // The network has silently gone: what the page sends hangs in it, and hangs still when it is back.
  wire.freeze();
  await skip(page);
  await page.getByText("сохранено", { exact: true }).waitFor({ state: "detached" });
  wire.mend();
  await page.close();
  const after = await until("the skipped card", async () => {
    const all = await factsOf(anna);
    return all.length > before.length && all;
  }, 60_000);
  expect(opened(after)).toBe(opened(before) + 1);
  expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
  // The next page finds all of it safe.
  const next = await who.context.newPage();
  await next.goto(`${wire.url}/desk`);
  await stage(next, named.call);
  await allSent(next, named);
  expect(opened(await factsOf(anna))).toBe(opened(before) + 1);
  expect(who.errors).toEqual([]);
  await who.close();
});

it("brings up what was written without a network when its tab is long closed and the browser's Background Sync says that the network is back", async () => {
  const who = await visitor(browser);
  const { page, context } = who;
  await comeIn(page, anna);
  await until("a card or the way to one", async () => (await button(page, named.call).or(button(page, named.next)).count()) > 0, 20_000);
  if ((await button(page, named.call).count()) === 0) await button(page, named.next).click();
  await stage(page, named.call);
  await allSent(page, named);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  const before = await factsOf(anna);
  wire.cut();
  await skip(page);
  await page.getByText("сохранено", { exact: true }).waitFor({ state: "detached" });
  const blank = await context.newPage();
  const browserSide = await context.newCDPSession(blank);
  let registration: string | undefined;
  browserSide.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => { registration ??= registrations.find(({ scopeURL }) => scopeURL.startsWith(wire.url))?.registrationId; });
  await browserSide.send("ServiceWorker.enable");
  await page.close();
  const registrationId = await until("the service worker's registration", () => registration);
  expect(opened(await factsOf(anna))).toBe(opened(before));
  wire.mend();
  // The browser asks again when it likes; a first try while the network was still away may be under way.
  await until("the skipped card", async () => {
    await browserSide.send("ServiceWorker.dispatchSyncEvent", { origin: wire.url, registrationId, tag: "sufler-send", lastChance: false });
    return opened(await factsOf(anna)) === opened(before) + 1;
  }, 60_000);
  const after = await factsOf(anna);
  expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
  expect(who.errors).toEqual([]);
  await who.close();
});
