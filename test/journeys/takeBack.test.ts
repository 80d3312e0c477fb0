import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { allSent, button, names, onServer, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor, type Visitor } from "#test/kit/visitor.ts";

const named = names.en;
let sufler: TestSufler;
let browser: Browser;
beforeAll(async () => { [sufler, browser] = await Promise.all([startSufler(), openBrowser()]); });
afterAll(async () => {
  await browser?.close();
  await sufler?.stop();
});

const open = { locale: "en-GB" } as const;
const phone = (page: Page) => page.locator(".phone-bar");
const onTheLine = (page: Page) => phone(page).getByText("On the line").waitFor({ timeout: 30_000 });
const seconds = async (page: Page): Promise<number> => {
  const [minutes = 0, rest = 0] = (await page.getByRole("timer").innerText()).split(":").map(Number);
  return minutes * 60 + rest;
};
const title = (page: Page) => page.locator(".saying-words").first().innerText();
const callFacts = async (who: Visitor) => (await onServer(who, sufler.url)).facts.filter(({ kind }) => kind.startsWith("call.") || kind === "script.opened");
const heard = (who: Visitor) => until("the customer's voice", async () => (await who.hear()).some(({ most }) => most > 0.01), 40_000);

async function talk(who: Visitor): Promise<void> {
  const { page } = who;
  await button(page, named.next).first().click();
  await button(page, named.call).first().click();
  await onTheLine(page);
}

it("[P8] keeps a call through a reload: voices, script, draft, mute and clock, and one call in the books", async () => {
  const who = await visitor(browser, 450, open);
  const { page } = who;
  await signIn(page, sufler.url, "agent4@demo.example", sufler.password ?? "", named, "/desk");
  await talk(who);
  const before = await title(page);
  await page.keyboard.press("1");
  const here = await until("the next module", async () => { const now = await title(page); return now !== before && now; });
  await page.keyboard.press("m");
  await page.getByLabel(named.words).fill("We have no need of");
  await until("some seconds of talk", async () => (await seconds(page)) >= 3);
  const talked = await seconds(page);

  await page.reload();
  await onTheLine(page);
  expect(await title(page)).toBe(here);
  expect(await seconds(page)).toBeGreaterThanOrEqual(talked);
  expect(await page.getByLabel(named.words).inputValue()).toBe("We have no need of");
  await phone(page).getByText("you are muted").waitFor();
  await page.locator("body").press("m");
  await phone(page).getByText("you are muted").waitFor({ state: "detached" });
  await heard(who);
  // And the customer hears: whoever speaks after silence is answered.
  await who.say(1500);
  await heard(who);

  await button(page, named.hangUp).click();
  await button(page, named.save).waitFor();
  await allSent(page, named);
  expect((await callFacts(who)).map(({ kind }) => kind)).toEqual(["call.dialed", "call.ringing", "call.answered", "script.opened", "call.takenBack", "call.ended"]);
  expect(who.errors).toEqual([]);
  await who.close();
});
