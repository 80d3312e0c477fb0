import { setTimeout } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { timeOf } from "#domain/base/envelope.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { HOUR, MINUTE } from "#test/kit/facts.ts";
import { allSent, button, names, onServer, ring, signIn, twentySecondsTalked } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor } from "#test/kit/visitor.ts";

const named = names.ru;
let sufler: TestSufler;
let browser: Browser;
beforeEach(async () => { [sufler, browser] = await Promise.all([startSufler(), openBrowser()]); });
afterEach(async () => {
  await browser?.close();
  await sufler?.stop();
});

/** Put into each page before its own code: a computer whose clock is wrong, and is put again by `putClock`. */
function wrongClock(by: number): void {
  const Right = Date;
  const right = Date.now;
  let more = Number(sessionStorage.getItem("put"));
  const now = (): number => right() + by + more;
  Object.assign(globalThis, { putClock: (later: number) => { sessionStorage.setItem("put", String(more += later)); } });
  globalThis.Date = new Proxy(Right, {
    construct: (target, given: [] | [number]) => (given.length === 0 ? new target(now()) : new target(...given)),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name) as unknown),
  });
}

it.each([["30 hours fast", "agent1@demo.example", "Анна Белова", 30 * HOUR], ["3 hours slow", "agent2@demo.example", "Олег Титов", -3 * HOUR]] as const)(
  "[Y3] [Y12] a device whose clock is %s, and is put in the midst of a call, calls, counts and is seen as any other", async (_, email, name, by) => {
    const who = await visitor(browser);
    await who.context.addInitScript(wrongClock, by);
    const { page } = who;
    const password = sufler.password ?? "";
    const began = Date.now();
    await signIn(page, sufler.url, email, password, named, "/desk");
    await button(page, named.next).click();
    await button(page, named.call).click();
    await page.getByText("Приветствие", { exact: true }).first().waitFor({ timeout: 20_000 });
    await page.keyboard.press("1");
    await page.keyboard.press("1");
    // No hand reloads a page within the milliseconds in which the disk takes a key.
    await until("the branch on record", async () => (await onServer(who, sufler.url)).facts.filter(({ kind }) => kind === "module.shown").length === 3);
    // Half way back to the right time, as somebody who notices it would.
    const answeredAt = Date.now();
    await page.evaluate((later) => { (globalThis as unknown as { putClock(later: number): void }).putClock(later); }, -by / 2);
    // And a page that is opened anew measures on: the call is taken back, its seconds are those since the answer.
    await page.reload();
    await page.locator(".phone-bar").getByText("На линии").waitFor({ timeout: 30_000 });
    const [minutes = 0, seconds = 0] = (await page.getByRole("timer").innerText()).split(":").map(Number);
    expect(minutes * 60 + seconds).toBeLessThan((Date.now() - answeredAt) / 1000 + 10);
    await until("twenty seconds of talk", async () => {
      await who.say(600);
      return twentySecondsTalked(page);
    }, 60_000);
    await page.keyboard.press("End");
    const talked = Date.now() - answeredAt;
    await page.keyboard.press("4");
    await page.keyboard.press("Enter");
    await until("the ring to move", async () => (await ring(page, named)).includes(named.of(1)));
    await allSent(page, named);

    // Every fact lies in the minutes in which it happened, the very first one too.
    const { facts } = await onServer(who, sufler.url);
    for (const fact of facts) expect(Math.abs(timeOf(fact) - (began + Date.now()) / 2), fact.kind).toBeLessThan(2 * MINUTE);
    const [answered, ended] = (["call.answered", "call.ended"] as const).map((kind) => facts.find((fact) => fact.kind === kind)?.at ?? 0) as [number, number];
    expect(ended - answered).toBeGreaterThan(20_000);
    expect(ended - answered).toBeLessThan(talked + 30_000);
    expect(facts.filter(({ kind }) => kind === "shift.gap")).toEqual([]);
    // A computer that wakes up weeks ahead forgets nothing of today, neither on this page nor on the disk for the next one.
    await page.evaluate((later) => { (globalThis as unknown as { putClock(later: number): void }).putClock(later); }, 40 * 24 * HOUR);
    for (let opened = 0; opened < 2; opened += 1) {
      await page.reload();
      await until("today's contact", async () => (await ring(page, named)).includes(named.of(1)));
      await allSent(page, named);
    }

    const lead = await visitor(browser);
    // A full day takes a while to come down; who is there is said meanwhile.
    await lead.context.route("**/api/sync/pull*", async (route) => {
      const response = await route.fetch();
      await setTimeout(1000);
      await route.fulfill({ response });
    });
    await signIn(lead.page, sufler.url, "lead@demo.example", password, named, "/lead");
    const row = lead.page.getByRole("row").filter({ hasText: name });
    await until("the same count on the board", async () => /1\s*из 70/.test(await row.innerText()));
    // Who comes last hears of everybody who is there.
    expect(await row.innerText()).not.toContain("нет связи");
    expect(await row.innerText()).toMatch(/готов[\s\S]*00:[0-5]\d/i);
    expect([...who.errors, ...lead.errors]).toEqual([]);
    await who.close();
    await lead.close();
  },
);
