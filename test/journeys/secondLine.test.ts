/** The second line as an agent meets it: the built server, the desk by its keys, a colleague on a telephone of JsSIP. */
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, it, onTestFailed } from "vitest";
import type { PhoneAccount } from "#wire/api.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { names, onServer, ring, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";
import type { FarPage } from "./pages/farPage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: FarPage;

let sufler: TestSufler;
let browser: Browser;
let served: ServedPage;
beforeEach(async () => {
  [sufler, browser, served] = await Promise.all([startSufler(), openBrowser(), servePage("farPage.ts")]);
});
afterEach(async () => {
  await browser?.close();
  await served?.close();
  await sufler?.stop();
});

interface Asked { readonly notices: string[]; awake: number }
/** What the page has asked of the browser. */
const asked = (desk: Page): Promise<Asked> => desk.evaluate(() => (window as unknown as { asked: Asked }).asked);

/** Put into each page before its own code: looks on while the browser is asked for notices and to keep the screen awake, and lets it do both. */
function lookOn(): void {
  const seen: Asked = { notices: [], awake: 0 };
  Object.assign(window, { asked: seen });
  window.Notification = class extends Notification {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      seen.notices.push(title);
    }
  };
  const request = navigator.wakeLock.request.bind(navigator.wakeLock);
  navigator.wakeLock.request = async (type) => {
    const lock = await request(type);
    seen.awake += 1;
    lock.addEventListener("release", () => { seen.awake -= 1; });
    return lock;
  };
}

async function desk(email: string): Promise<{ readonly desk: Page; readonly account: PhoneAccount }> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 640 }, locale: "en", permissions: ["notifications", "microphone", "screen-wake-lock"] });
  await context.addInitScript(lookOn);
  const own = await context.newPage();
  await own.goto(`${sufler.url}/sign-in?lang=en`);
  await signIn(own, sufler.url, email, sufler.password ?? "", names.en, "/desk");
  const account = (await (await own.request.get(`${sufler.url}/api/phone/account`)).json()) as PhoneAccount;
  return { desk: own, account };
}

it("takes a call, misses one, and asks a colleague while a client waits; nothing of it counts", async () => {
  const mine = await desk("agent1@demo.example");
  const agent = mine.desk;
  onTestFailed(async () => { await agent.screenshot({ path: "test-results/secondLine.png" }).catch(() => undefined); });
  const colleague = await desk("agent2@demo.example");
  await colleague.desk.close();
  const far = await (await browser.newContext()).newPage();
  await far.goto(served.url);
  await far.evaluate(([given, tone]) => page.start(given as never, tone as never), [colleague.account, 700] as const);
  const beside = agent.getByRole("region", { name: "Second line" });
  const says = (text: string | RegExp) => beside.getByText(text).waitFor({ timeout: 30_000 });
  const kinds = async () => (await onServer({ context: agent.context() }, sufler.url)).facts.map(({ kind }) => kind);
  await agent.getByText("Phone is ready").waitFor();

  await until("the screen to be kept awake", async () => (await asked(agent)).awake === 1);
  // The agent is in another window when the call comes: a browser without windows has to be told so.
  await agent.evaluate(() => { document.hasFocus = () => false; });

  const callUs = () => far.evaluate((to) => page.call(to), mine.account.uri);
  await callUs();
  await says("Incoming call");
  await says(colleague.account.username);
  expect(await agent.title()).toMatch(/^☎ /);
  await until("a notice of the browser's", async () => (await asked(agent)).notices.some((notice) => notice.endsWith(" is calling")));
  await agent.keyboard.press("a");
  await says("On the line:");
  await until("the caller's call to be up", async () => (await far.evaluate(() => page.events)).includes("confirmed"));
  await agent.keyboard.press("End");
  await beside.waitFor({ state: "detached" });
  expect(await agent.title()).not.toMatch(/☎/);
  await callUs();
  await says("Incoming call");
  await far.evaluate(() => page.hangUp());
  await says(/^Missed call/);

  await agent.keyboard.press("Enter");
  await agent.getByRole("button", { name: names.en.call }).waitFor();
  await agent.keyboard.press("Enter");
  await agent.locator(".phone-bar").getByText("On the line").waitFor({ timeout: 60_000 });
  await agent.keyboard.press("t");
  const field = agent.getByLabel("Number or extension");
  await field.fill(colleague.account.username);
  await field.press("Enter");
  await says("On the line:");
  await says("The client is on hold and hears nothing.");
  // The page goes and comes: both lines with it, and the colleague's name (rule B7).
  const confirmed = () => far.evaluate(() => page.events.filter((event) => event === "confirmed").length);
  const before = await confirmed();
  // Whoever closes the page by mistake is asked; so is whoever loads it anew, and says yes.
  const question = agent.waitForEvent("dialog");
  await agent.close({ runBeforeUnload: true });
  expect((await question).type()).toBe("beforeunload");
  await (await question).dismiss();
  expect((await asked(agent)).awake).toBe(1);
  agent.once("dialog", (dialog) => void dialog.accept());
  await agent.reload();
  await until("the colleague on the new page's line", async () => (await confirmed()) > before);
  await until("the client there too", async () => (await kinds()).includes("call.takenBack"));
  await says("On the line:");
  await says("The client is on hold and hears nothing.");
  await says(colleague.account.username);
  await agent.keyboard.press("x");
  await says("On hold:");
  await agent.keyboard.press("j");
  await says("All three of you hear each other");
  await agent.keyboard.press("c");
  await beside.waitFor({ state: "detached" });
  // A practice customer has nobody to be passed on to, and says so: the client is back.
  await agent.keyboard.press("t");
  await field.fill(colleague.account.username);
  await field.press("Shift+Enter");
  await says(/^The client was not passed on/);
  await agent.keyboard.press("End");
  await until("the facts on the server", async () => (await kinds()).filter((kind) => kind.startsWith("side.") || kind === "call.joined" || kind === "call.ended").length >= 10);
  expect((await kinds()).filter((kind) => kind.startsWith("side."))).toEqual(["side.rang", "side.answered", "side.ended", "side.rang", "side.ended", "side.dialed", "side.answered", "side.ended"]);
  expect(await ring(agent, names.en)).toBe("0 of 70");
});
