// `npm run pictures`: the README's pictures, taken of a running demo: the desk in a call, the lead listening to it, a handler being written.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startSufler } from "./bench/sufler.mjs";
import { findBrowser } from "./setup/browser.mjs";
import { ensureBuilt } from "./setup/build.mjs";
import { PROJECT } from "./setup/place.mjs";

const size = { width: 1366, height: 640 };
const folder = join(PROJECT, "docs/pictures");

/** Puts a clock back by so many milliseconds. Runs in the server and in the pages alike: a demo looks like a demo in working hours only. */
function shiftClock(back) {
  const Native = Date;
  globalThis.Date = class extends Native {
    constructor(...given) {
      if (given.length === 0) super(Native.now() - back);
      else super(...given);
    }
    static now() {
      return Native.now() - back;
    }
  };
}

/** From now back to the last 11:07 in Moscow (UTC+3), where the demo company works. */
function sinceElevenSeven() {
  const day = 24 * 60 * 60_000;
  return (Date.now() + 3 * 60 * 60_000 - (11 * 60 + 7) * 60_000) % day;
}

/**
 * Runs in an agent's page: the morning of that agent as facts, pushed as from another device of theirs.
 * @param {{ contacts: number, others: number }} morning
 */
async function pushMorning({ contacts, others }) {
  const get = async (path) => (await fetch(path)).json();
  const [{ person, protocol }, { documents }] = await Promise.all([get("/api/me"), get("/api/sync/pull?since=0")]);
  const campaign = documents.findLast(({ type, body }) => type === "campaign" && !body.practice && body.language === person.language).body;
  const good = campaign.outcomes.filter(({ counts }) => counts);
  const silent = campaign.outcomes.filter(({ after }) => after === "unanswered");
  const device = crypto.randomUUID();
  const entries = [];
  const put = (what) => entries.push({ n: entries.length + 1, ...what });
  const calls = contacts + others;
  const begin = Date.now() - 125 * 60_000;
  for (let index = 0; index < calls; index += 1) {
    const [call, number] = [crypto.randomUUID(), crypto.randomUUID()];
    const at = Math.round(begin + (index * 122 * 60_000) / calls);
    const counts = Math.floor(((index + 1) * contacts) / calls) > Math.floor((index * contacts) / calls);
    const fact = (after, body) => put({ fact: { ...body, id: crypto.randomUUID(), at: at + after, offset: 0, by: person.id, device } });
    put({ record: { id: number, type: "number", text: "+74950000000", by: person.id, device, at } });
    fact(0, { kind: "call.dialed", call, campaign: campaign.id, prospect: crypto.randomUUID(), number });
    if (counts) fact(6_000, { kind: "call.answered", call });
    fact(counts ? 70_000 : 24_000, { kind: "call.ended", call, why: counts ? "clientHungUp" : "noAnswer" });
    fact(80_000, { kind: "outcome.saved", call, outcome: (counts ? good : silent)[index % (counts ? good : silent).length].code, decisionMaker: counts });
  }
  const answer = await fetch("/api/sync/push", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ protocol, device, entries }) });
  const { refused } = await answer.json();
  if (!answer.ok || refused.length > 0) throw new Error(`the server refused the morning: ${answer.status} ${JSON.stringify(refused)}`);
}

async function main() {
  await ensureBuilt();
  mkdirSync(folder, { recursive: true });
  const back = sinceElevenSeven();
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --import=data:text/javascript,${encodeURIComponent(`(${shiftClock.toString()})(${back})`)}`;
  const sufler = await startSufler();
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: [
      "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required",
      "--disable-features=WebRtcHideLocalIpsWithMdns", "--disable-quic", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });

  /** Somebody of the demo at a computer of their own, signed in, in English. */
  async function enter(email, path) {
    const context = await browser.newContext({ viewport: size, colorScheme: "light", locale: "en-GB", reducedMotion: "reduce" });
    await context.addInitScript(shiftClock, back);
    const page = await context.newPage();
    await page.goto(`${sufler.url}/sign-in?lang=en`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(sufler.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`**${path}`);
    return page;
  }
  async function agent(name, morning) {
    const page = await enter(`${name}@demo.example`, "/desk");
    await page.getByRole("button", { name: "Next prospect" }).waitFor();
    await page.keyboard.press("Escape");
    await page.evaluate(pushMorning, morning);
    return page;
  }
  async function call(page) {
    await page.getByText("Phone is ready").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Call", exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("On the line").waitFor();
  }
  async function take(page, name) {
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(`docs/pictures/${name}.png`);
  }

  try {
    const lead = await enter("lead@demo.example", "/lead");
    const resting = await agent("agent1", { contacts: 17, others: 22 });
    await agent("agent2", { contacts: 11, others: 31 });
    const second = await agent("agent5", { contacts: 14, others: 25 });
    const desk = await agent("agent4", { contacts: 16, others: 24 });
    await resting.keyboard.press("b");
    await resting.getByRole("dialog").getByRole("button").nth(1).click();
    await call(second);
    await second.keyboard.press("1");

    await call(desk);
    await desk.keyboard.press("1");
    const row = lead.getByRole("row").filter({ hasText: "Emma Clarke" });
    await row.getByRole("button", { name: "Listen" }).click();
    await desk.keyboard.press("'");
    await desk.keyboard.type("we are full up until New Year");
    await desk.keyboard.press("Enter");
    await desk.keyboard.press("Escape");
    await desk.keyboard.press("1");
    await desk.keyboard.press("'");
    await desk.keyboard.type("and the overtime on Saturdays hurts");
    await desk.keyboard.press("Enter");
    await desk.keyboard.press("Escape");
    await lead.getByText("overtime on Saturdays").first().waitFor();
    await lead.getByText(/Both voices/).first().waitFor();
    await row.getByText("Emma Clarke").click();
    // Both are caught while somebody speaks: levels at zero would look like a broken line.
    const speaking = (page) => page.locator(".level i.on").nth(4).waitFor();
    await desk.getByRole("timer").filter({ hasText: /^00:1[2-9]$/ }).first().waitFor();
    await speaking(desk);
    await take(desk, "desk");
    await speaking(lead);
    await take(lead, "lead");

    const editor = await enter("editor@demo.example", "/scripts");
    await editor.getByRole("radiogroup", { name: "Script" }).getByText("English").click();
    await editor.getByRole("button", { name: "New handler" }).first().click();
    await editor.getByLabel("Objection", { exact: true }).fill("We are building our own hangar");
    await editor.getByLabel("Gist", { exact: true }).fill("Do not argue with the hangar. Ask where the stock lives until it opens.");
    await editor.getByLabel("Phrasing 1", { exact: true }).fill("That is a big step, congratulations! Until it opens, where does the stock go that does not fit? We could take just that part, and only until then.");
    await take(editor, "scripts");
  } finally {
    await browser.close();
    await sufler.stop();
  }
}

await main();
