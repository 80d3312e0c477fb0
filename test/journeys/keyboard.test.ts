import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, expect, it, onTestFailed } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { latinKeyboard, russianKeyboard, type Keyboard } from "#test/kit/keys.ts";
import { names, onServer } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";

// Whole calls without a mouse, in a browser as people have it: sound needs a key or a click, the microphone a permission.

let sufler: TestSufler;
let browser: Browser;
beforeEach(async () => {
  [sufler, browser] = await Promise.all([startSufler(), openBrowser({ easy: false, args: ["--use-fake-device-for-media-stream"] })]);
});
afterEach(async () => {
  await browser?.close();
  await sufler?.stop();
});

/** Put into the page before its own code: notes what plays, and changes nothing. */
function notice(): void {
  const [contexts, elements]: [AudioContext[], HTMLMediaElement[]] = [[], []];
  const Native = window.AudioContext;
  window.AudioContext = class extends Native {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  const play = Reflect.get(HTMLMediaElement.prototype, "play") as () => Promise<void>;
  HTMLMediaElement.prototype.play = function noticed(this: HTMLMediaElement) {
    elements.push(this);
    return play.call(this);
  };
  Object.assign(window, {
    testRunning: () => contexts.filter(({ state }) => state === "running").length,
    testPlaying: () => elements.some((element) => !element.paused && !element.muted && element.currentTime > 0.2),
  });
}
const running = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { testRunning: () => number }).testRunning());
const playing = (page: Page): Promise<boolean> => page.evaluate(() => (window as unknown as { testPlaying: () => boolean }).testPlaying());

interface Person { readonly context: BrowserContext; readonly page: Page; readonly errors: readonly string[] }

async function person(name: string, microphone: boolean, language: string): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 640 } });
  if (microphone) await context.grantPermissions(["microphone"], { origin: sufler.url });
  await context.addInitScript(notice);
  const page = await context.newPage();
  onTestFailed(async () => { await page.screenshot({ path: `test-results/keyboard-${name}.png` }).catch(() => undefined); });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${sufler.url}/sign-in?lang=${language}`);
  return { context, page, errors };
}

const shown = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor({ timeout: 20_000 });
const focused = (page: Page): Promise<string> => page.evaluate(() => (document.activeElement === document.body ? "" : document.activeElement?.textContent ?? ""));
const factsOf = async ({ context }: Person): Promise<readonly string[]> => (await onServer({ context }, sufler.url)).facts.map(({ kind }) => kind);

async function tabTo(page: Page, keys: Keyboard, text: string): Promise<void> {
  for (let tabs = 0; !(await focused(page)).includes(text); tabs += 1) {
    if (tabs > 30) throw new Error(`Tab never comes to: ${text}`);
    await keys.press("Tab");
  }
}

it("takes a newcomer by the keyboard from the sign-in through the welcome and a call with sound to a saved outcome", async () => {
  const who = await person("latin", true, "en");
  const { page } = who;
  const keys = latinKeyboard(page);
  await page.getByLabel(names.en.email).waitFor();
  await keys.type("agent4@demo.example");
  await keys.press("Tab");
  await keys.type(sufler.password ?? "");
  await keys.press("Enter");

  // The first visit: the fake device speaks for the person.
  await shown(page, "A minute to get ready");
  await keys.press("KeyW");
  await shown(page, "You are heard well");
  await shown(page, /Fake.*Audio/i);
  await keys.press("KeyW");
  await shown(page, /We play two notes/);
  await until("the microphone's meter to rest", async () => (await running(page)) === 0);
  await keys.press("KeyW");
  await until("the notes to play", async () => (await running(page)) === 1);
  await keys.press("KeyW");
  await shown(page, "Practice call");
  await keys.press("KeyW");

  await page.getByRole("button", { name: names.en.call }).first().waitFor();
  await keys.press("Enter");
  await until("the ring-back tone", async () => (await page.getByText("Ringing").first().isVisible()) && (await running(page)) > 0, 20_000);
  await shown(page, "On the line");
  await until("the client's voice", () => playing(page));
  await keys.press("Digit1");
  await shown(page, "Reason for the call");
  await keys.press("Slash");
  await keys.type("expensiv");
  await keys.press("Enter");
  await shown(page, /back to: /i);
  await keys.press("Backspace");
  await keys.press("Quote");
  await keys.type("full until May");
  await keys.press("Enter");
  await shown(page, "full until May");
  await keys.press("Escape");
  await keys.press("KeyM");
  await shown(page, "you are muted");
  await keys.press("KeyM", "End");

  // Arrows walk the outcomes, Enter saves from there, Z opens what was saved again.
  await page.getByRole("radiogroup").waitFor();
  await keys.press("Digit2");
  await tabTo(page, keys, (await page.getByRole("radio", { checked: true }).getAttribute("aria-label")) ?? "");
  await keys.press("ArrowDown");
  await until("the third outcome", async () => (await page.getByRole("radio").nth(2).getAttribute("aria-checked")) === "true");
  await keys.press("Enter");
  await shown(page, /^Saved: /);
  await keys.press("KeyZ");
  await page.getByRole("radiogroup").waitFor();
  await keys.press("Digit1", "Enter");
  await page.getByRole("button", { name: names.en.next }).waitFor();
  await until("everything to be on the server", async () => (await factsOf(who)).filter((kind) => kind === "outcome.saved").length === 2, 20_000);
  const facts = await factsOf(who);
  expect(facts).toContain("verbatim.taken");
  expect(facts).toContain("handler.shown");
  expect(facts.filter((kind) => kind === "call.dialed")).toHaveLength(1);

  // The welcome is over on this device; the person's menu brings it back.
  await page.reload();
  await page.getByRole("button", { name: names.en.next }).waitFor();
  expect(await page.getByText("A minute to get ready").count()).toBe(0);
  await tabTo(page, keys, "Emma");
  await keys.press("Enter");
  await tabTo(page, keys, "Check microphone and sound");
  await keys.press("Enter");
  await shown(page, "A minute to get ready");
  await keys.press("Escape");
  await until("the welcome to go", async () => (await page.getByText("A minute to get ready").count()) === 0);
  expect(who.errors).toEqual([]);
  await who.context.close();
});

it("works a whole call under a Russian layout", async () => {
  const who = await person("russian", true, "ru");
  const { page } = who;
  const keys = await russianKeyboard(page);
  await page.getByLabel(names.ru.email).waitFor();
  await tabTo(page, keys, "Анна Белова");
  await keys.press("Enter");
  await shown(page, "Минута на подготовку");
  await keys.press("Escape");
  await until("the welcome to go", async () => (await page.getByText("Минута на подготовку").count()) === 0);
  await keys.press("Enter");
  await page.getByRole("button", { name: names.ru.call }).first().waitFor();
  await keys.press("Enter");
  await shown(page, "На линии");
  await keys.press("Digit1");
  await shown(page, "Повод");

  const find = page.getByLabel(names.ru.find);
  await keys.press("Slash");
  await keys.type("дорого");
  expect(await find.inputValue()).toBe("дорого");
  await keys.press("Enter");
  await shown(page, /назад к: /);
  await keys.press("Backspace");
  await keys.press("Quote");
  await keys.type("э. уже есть склад");
  expect(await page.getByLabel(names.ru.words, { exact: true }).inputValue()).toBe("э. уже есть склад");
  await keys.press("Enter", "Escape");
  await shown(page, "э. уже есть склад");
  await keys.press("KeyM");
  await shown(page, "вас не слышно");
  await keys.press("KeyM", "KeyH");
  await shown(page, /На удержании/);
  await keys.press("KeyH");

  // The help sheet shows what stands on these keys.
  await keys.press("F1");
  const sheet = page.getByRole("dialog");
  await sheet.waitFor();
  const signs = await sheet.locator("kbd").evaluateAll((all) => all.map((sign) => sign.getAttribute("data-sign")));
  expect(signs).toEqual(expect.arrayContaining([".", "Э", "Ь", "Р", "Я", "⇧."]));
  expect(signs).not.toContain("M");
  await keys.press("Escape", "End");

  await page.getByRole("radiogroup").waitFor();
  await keys.press("KeyD", "Digit4", "Enter");
  await shown(page, /^Сохранено: /);
  await keys.press("KeyZ");
  await page.getByRole("radiogroup").waitFor();
  await keys.press("Enter");
  await page.getByRole("button", { name: names.ru.next }).waitFor();
  await until("the outcome on the server", async () => (await factsOf(who)).includes("outcome.saved"), 20_000);
  // Saved again without a change, it is no second fact.
  expect((await factsOf(who)).filter((kind) => kind === "outcome.saved")).toHaveLength(1);
  expect(who.errors).toEqual([]);
  await who.context.close();
});

it("says kindly that the microphone is denied, and lets everything else go on", async () => {
  const who = await person("denied", false, "en");
  const { page } = who;
  const keys = latinKeyboard(page);
  await who.context.grantPermissions([], { origin: sufler.url });
  await tabTo(page, keys, "James Porter");
  await keys.press("Enter");
  await shown(page, "A minute to get ready");
  await keys.press("KeyW");
  await shown(page, /does not let us use the microphone/);
  await shown(page, /open without a microphone/);
  await keys.press("KeyW", "KeyW", "KeyW", "KeyW");

  // The card, its first words, the day, a break: all there. A call says why it could not begin, and is on record.
  await page.getByRole("button", { name: names.en.call }).first().waitFor();
  await shown(page, /nobody would hear you/);
  await keys.press("KeyL");
  await page.getByRole("dialog").waitFor();
  await keys.press("Escape", "Enter");
  await shown(page, "the microphone would not start");
  await keys.press("Enter");
  await page.getByRole("button", { name: names.en.next }).waitFor();
  await until("the failed call on the server", async () => (await factsOf(who)).includes("outcome.saved"), 20_000);

  // Allowed meanwhile, it is noticed without a reload.
  await who.context.grantPermissions(["microphone"], { origin: sufler.url });
  await until("the strip to go", async () => (await page.getByText(/nobody would hear you/).count()) === 0);
  expect(who.errors).toEqual([]);
  await who.context.close();
});

it("keeps the way in where it is when the demo people and the typeface arrive late", async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 640 } });
  await context.addInitScript(() => {
    const moved: number[] = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) moved.push((entry as PerformanceEntry & { readonly value: number }).value); }).observe({ type: "layout-shift", buffered: true });
    Object.assign(window, { testMoved: () => moved.reduce((sum, one) => sum + one, 0) });
  });
  const page = await context.newPage();
  await page.route("**/api/demo**", async (route) => { await new Promise((resolve) => { setTimeout(resolve, 700); }); await route.continue(); });
  await page.goto(`${sufler.url}/sign-in?lang=ru`);
  await shown(page, "Анна Белова");
  await page.evaluate(() => document.fonts.ready);
  expect(await page.evaluate(() => (window as unknown as { testMoved: () => number }).testMoved())).toBeLessThan(0.01);
  await context.close();
});
