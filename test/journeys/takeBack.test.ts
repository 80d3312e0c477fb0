import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { allSent, button, names, onServer, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import { visitor, type Visitor } from "#test/kit/visitor.ts";

const named = names.en;
let sufler: TestSufler;
let browser: Browser;
beforeEach(async () => { [sufler, browser] = await Promise.all([startSufler(), openBrowser()]); });
afterEach(async () => {
  await browser?.close();
  await sufler?.stop();
});

const open = { locale: "en-GB" } as const;
const phone = (page: Page) => page.locator(".phone-bar");
const onTheLine = (page: Page) => phone(page).getByText("On the line").waitFor({ timeout: 30_000 });
const elsewhere = (page: Page) => page.getByText("The phone is open in another tab").waitFor();
const seconds = async (page: Page): Promise<number> => {
  const [minutes = 0, rest = 0] = (await page.getByRole("timer").innerText()).split(":").map(Number);
  return minutes * 60 + rest;
};
const title = (page: Page) => page.locator(".saying-words").first().innerText();
const callFacts = async (who: Visitor) => (await onServer(who, sufler.url)).facts.filter(({ kind }) => (kind.startsWith("call.") && kind !== "call.quality") || kind === "script.opened");
const heard = (who: Visitor) => until("the customer's voice", async () => (await who.hear()).some(({ most }) => most > 0.01), 40_000);

async function talk(who: Visitor): Promise<void> {
  const { page } = who;
  await button(page, named.next).first().click();
  await button(page, named.call).first().click();
  await onTheLine(page);
}

/** What an earlier journey has left open is closed first. */
async function endCall(page: Page): Promise<void> {
  await page.locator(".phone-bar").getByText("Phone is ready").waitFor({ timeout: 20_000 });
  if (!(await button(page, named.save).isVisible())) return;
  await page.keyboard.press("1");
  await button(page, named.save).click();
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

it("[P8] hands a call over to another tab, and says in the first where it went", async () => {
  const who = await visitor(browser, 450, open);
  const { page, context } = who;
  await signIn(page, sufler.url, "agent4@demo.example", sufler.password ?? "", named, "/desk");
  await endCall(page);
  // A third tab waits beside them all the time, and must get nothing.
  const [second, third] = await Promise.all([context.newPage(), context.newPage()]);
  for (const other of [second, third]) {
    await other.goto(`${sufler.url}/desk?lang=en`);
    await elsewhere(other);
  }
  await page.bringToFront();
  await talk(who);
  // A page that has given its phone up begins anew.
  const anew = page.waitForEvent("load");
  await second.locator("body").press("Enter");
  await Promise.all([onTheLine(second), anew]);
  await elsewhere(page);
  // And back again by the button.
  await button(page, "Bring the phone here").click();
  await onTheLine(page);
  await heard(who);
  await Promise.all([elsewhere(second), elsewhere(third)]);
  await Promise.all([second.close(), third.close()]);
  await button(page, named.hangUp).click();
  await button(page, named.save).waitFor();
  await allSent(page, named);
  const last = (await callFacts(who)).slice(-7).map(({ kind }) => kind);
  expect(last).toEqual(["call.dialed", "call.ringing", "call.answered", "script.opened", "call.takenBack", "call.takenBack", "call.ended"]);
  expect(who.errors).toEqual([]);
  await who.close();
});

it("[P8] hands a call over to another computer, with the script and the words taken down", async () => {
  const [first, second] = await Promise.all([visitor(browser, 450, open), visitor(browser, 700, open)]) as [Visitor, Visitor];
  for (const { page } of [first, second]) await signIn(page, sufler.url, "agent4@demo.example", sufler.password ?? "", named, "/desk");
  // Who came first has the phone; the other one says where it is.
  const [here, there] = await until("one of them to hold the phone", async () => {
    for (const [a, b] of [[first, second], [second, first]] as const) if (await b.page.getByText("The phone is on another computer").isVisible() && await phone(a.page).getByText("Phone is ready").isVisible()) return [a, b] as const;
    return false;
  }, 30_000);
  await endCall(here.page);
  await talk(here);
  const before = await title(here.page);
  await here.page.keyboard.press("1");
  const module = await until("the next module", async () => { const now = await title(here.page); return now !== before && now; });
  await here.page.getByLabel(named.words).fill("Ring me in spring");
  await here.page.keyboard.press("Enter");
  await here.page.getByText("Ring me in spring").waitFor();

  await button(there.page, "Bring the phone here").click();
  await onTheLine(there.page);
  await here.page.getByText("The phone is on another computer").waitFor();
  expect(await title(there.page)).toBe(module);
  await there.page.getByText("Ring me in spring").waitFor();
  await heard(there);
  await button(there.page, named.hangUp).click();
  await button(there.page, named.save).waitFor();
  await allSent(there.page, named);
  await until("both devices' facts", async () => {
    const last = (await callFacts(there)).slice(-6).map(({ kind }) => kind);
    return last.join() === "call.dialed,call.ringing,call.answered,script.opened,call.takenBack,call.ended";
  }, 20_000);
  expect([...first.errors, ...second.errors]).toEqual([]);
  await Promise.all([first.close(), second.close()]);
});
