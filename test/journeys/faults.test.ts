import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { freePort } from "#test/kit/port.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { allSent, button, names, onServer, ring, signIn, twentySecondsTalked } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor, type Visitor } from "#test/kit/visitor.ts";

// Between any two steps the page may be reloaded, the tab closed, the server killed, the wire cut:
// nothing recorded is lost, nothing counts twice.

const named = names.ru;
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

/** The kinds of a day's facts, call by call, so that a difference can be read. */
function told(facts: readonly Fact[]): string[] {
  const calls = [...new Set(facts.flatMap((one) => ("call" in one ? [one.call] : [])))];
  // How the line was is told of calls long enough to judge it by.
  return calls.map((call) => facts.filter((one) => "call" in one && one.call === call && one.kind !== "call.quality")
    .map((one) => (one.kind === "call.ended" ? `ended:${one.why}` : one.kind === "outcome.saved" ? `outcome:${one.outcome}` : one.kind)).join(" "));
}

async function newTab(who: Visitor): Promise<Page> {
  const page = await who.context.newPage();
  await page.goto(`${wire.url}/desk`);
  return page;
}

/** The client's words as they lie in the person's database, typed and not yet taken down. */
function draftOnDisk(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const [found] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith("sufler-"));
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open(found?.name ?? "");
      open.onsuccess = () => { resolve(open.result); };
      open.onerror = () => { reject(new Error("the database does not open")); };
    });
    const row = await new Promise<{ v?: { words?: string } } | undefined>((resolve) => {
      const get = db.transaction("meta").objectStore("meta").get("drafts");
      get.onsuccess = () => { resolve(get.result as { v?: { words?: string } } | undefined); };
    });
    db.close();
    return row?.v?.words;
  });
}

const stage = (page: Page, name: string) => button(page, name).first().waitFor({ timeout: 20_000 });

async function dialTo(page: Page): Promise<void> {
  await button(page, named.next).click();
  await button(page, named.call).click();
  await stage(page, named.hangUp);
}

async function answered(page: Page): Promise<void> {
  await page.getByText("Добрый день!", { exact: false }).first().waitFor({ timeout: 20_000 });
  await until("the call to be answered", () => page.getByText("Приветствие", { exact: true }).first().isVisible(), 20_000);
}

it("[D5] loses nothing and counts nothing twice by a reload, a closed tab, a killed server, a cut wire", async () => {
  const who = await visitor(browser);
  const { page } = who;
  await signIn(page, wire.url, "agent1@demo.example", sufler.password ?? "", named, "/desk");
  await stage(page, named.next);

  // 1. A reload with the card open: the card is still there. A reload in the call: it is taken back (rule P8).
  await button(page, named.next).click();
  await stage(page, named.call);
  const client = page.getByRole("heading", { name: "Ирина Сергеевна Орлова" }).first();
  await client.waitFor();
  await page.reload();
  await stage(page, named.call);
  await client.waitFor();
  await button(page, named.call).click();
  await answered(page);
  await page.keyboard.press("Quote");
  await page.keyboard.type("не сейчас");
  await until("the draft to be on the disk", async () => (await draftOnDisk(page)) === "не сейчас");
  await page.reload();
  await page.getByText("На линии", { exact: true }).first().waitFor({ timeout: 30_000 });
  // The unsaved words are still in their field.
  expect(await page.getByLabel(named.words).inputValue()).toBe("не сейчас");
  await page.keyboard.press("End");
  await stage(page, named.save);
  await page.keyboard.press("9");
  await page.keyboard.press("Enter");
  await stage(page, named.next);

  // 2. The tab is closed in wrap-up, and opened again: the outcome can be saved.
  await dialTo(page);
  await answered(page);
  await page.keyboard.press("End");
  await stage(page, named.save);
  await page.close();
  const second = await newTab(who);
  await stage(second, named.save);
  await second.keyboard.press("6");
  await second.keyboard.press("Enter");
  await stage(second, named.next);

  // 3. The server is killed in the call: hanging up and saving work, and go up when it is back.
  await dialTo(second);
  await answered(second);
  await sufler.kill9();
  await second.keyboard.press("1");
  await second.keyboard.press("End");
  await stage(second, named.save);
  await second.keyboard.press("9");
  await second.keyboard.press("Enter");
  await stage(second, named.next);
  await second.getByText("нет связи").first().waitFor();
  await sufler.restart();
  await allSent(second, named);

  // 4. The wire is cut in wrap-up of a call that counts; the page is even reloaded while it is cut.
  await until("the phone to be back", () => second.getByText("Телефон готов").isVisible(), 40_000);
  await dialTo(second);
  await answered(second);
  await second.keyboard.press("1");
  await second.keyboard.press("1");
  await until("twenty seconds of talk", async () => {
    await second.evaluate(() => (window as unknown as { testSay: (ms: number) => Promise<void> }).testSay(600));
    return twentySecondsTalked(second);
  }, 40_000);
  await second.keyboard.press("End");
  await stage(second, named.save);
  wire.cut();
  await second.reload();
  await stage(second, named.save);
  await second.keyboard.press("4");
  await second.keyboard.press("Enter");
  await until("the ring to move without a network", async () => (await ring(second, named)).includes(named.of(1)));
  // The next prospect comes out of the stock on the device.
  await button(second, named.next).click();
  await stage(second, named.call);

  // 5. A call that finds no server is begun again by one key when the line is back: the same person (rule D5).
  await button(second, named.call).click();
  await second.getByRole("button", { name: "Набрать снова" }).waitFor({ timeout: 60_000 });
  wire.mend();
  await until("the phone to be back", () => second.getByText("Телефон готов").isVisible(), 40_000);
  await second.locator("body").press("y");
  await stage(second, named.hangUp);
  await until("the second call on record", async () => (await onServer(who, sufler.url)).facts.filter(({ kind }) => kind === "call.dialed").length === 6);
  await second.keyboard.press("End");
  await stage(second, named.save);
  await second.keyboard.press("1");
  await second.keyboard.press("Enter");
  await stage(second, named.next);
  await button(second, named.next).click();
  await stage(second, named.call);
  await allSent(second, named);

  // 6. What the server has taken, but whose answer was lost, is sent again and counts once.
  wire.swallowAnswers();
  await second.getByRole("button", { name: /Пропустить/ }).click();
  await until("the server to have taken what the page has no answer to", async () =>
    (await onServer(who, sufler.url)).facts.filter(({ kind }) => kind === "prospect.opened").length === 7);
  await until("the page to say that it is not sure", async () => (await second.getByText("сохранено", { exact: true }).count()) === 0);
  wire.cut();
  wire.mend();
  await allSent(second, named);

  const here = { ...who, page: second };
  const { facts, records } = await onServer(here, wire.url);
  const calls = told(facts);
  const dialed = facts.filter((one) => one.kind === "call.dialed");
  expect(dialed.at(-1)?.prospect).toBe(dialed.at(-2)?.prospect);
  expect(calls[4]).toBe("call.dialed ended:serverDown outcome:notConnected");
  expect(calls[5]).toMatch(/^call\.dialed .*ended:(agentHungUp|cancelled) outcome:/);
  expect(calls.slice(0, 4)).toEqual([
    "call.dialed call.ringing call.answered script.opened module.shown call.takenBack ended:agentHungUp verbatim.taken outcome:hungUp",
    "call.dialed call.ringing call.answered script.opened module.shown ended:agentHungUp outcome:gatekeeper",
    "call.dialed call.ringing call.answered script.opened module.shown module.shown ended:agentHungUp outcome:hungUp",
    "call.dialed call.ringing call.answered script.opened module.shown module.shown mark.set module.shown ended:agentHungUp outcome:refused",
  ]);
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  expect(facts.filter(({ kind }) => kind === "shift.ready")).toHaveLength(1);
  expect(facts.filter(({ kind }) => kind === "prospect.opened")).toHaveLength(7);
  expect(records.filter(({ type }) => type === "number")).toHaveLength(6);
  expect(records.filter(({ type }) => type === "verbatim").map(({ text }) => text)).toEqual(["не сейчас"]);
  expect(await ring(second, named)).toContain(named.of(1));

  // The lead's board, folded from the server's facts, says the same.
  const lead = await visitor(browser);
  await signIn(lead.page, wire.url, "lead@demo.example", sufler.password ?? "", named, "/lead");
  const row = lead.page.getByRole("row").filter({ hasText: "Анна Белова" });
  await until("the same count on the board", async () => /1\s*из 70/.test(await row.innerText()));
  expect(who.errors).toEqual([]);
}, 240_000);
