/** Real calls over the embedded switch by clients that nobody here wrote: JsSIP and sip.js in Chromium, with voices as tones. */
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { build } from "vite";
import { openBrowser } from "#test/kit/browser.ts";
import { until } from "#test/kit/until.ts";
import { domain, openBed, passwordOf } from "#test/server/switch/kit.ts";
import type { Bed } from "#test/server/switch/kit.ts";

let browser: Browser;
let script: string;
let bed: Bed;

beforeAll(async () => {
  const entry = fileURLToPath(new URL("switchPage.ts", import.meta.url));
  const built = await build({ configFile: false, logLevel: "error", build: { write: false, minify: false, lib: { entry, formats: ["iife"], name: "page" } }, define: { "process.env.NODE_ENV": '"test"', global: "globalThis" } });
  const output = (Array.isArray(built) ? built[0] : built) as { output: { type: string; code?: string }[] };
  script = output.output[0]?.code ?? "";
  browser = await openBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  bed = await openBed({}, "<!doctype html><title>phone</title>");
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await bed.stop();
});

const tones = { agent1: 500, agent2: 700, agent3: 900 } as const;
type Who = keyof typeof tones;

async function person(who: Who, kind: "jssip" | "sipjs" = "jssip", url = bed.url): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(bed.url.replace(/^ws(.*)\/sip$/, "http$1/"));
  const passwords = Object.fromEntries(Object.keys(tones).map((user) => [user, passwordOf(user)]));
  await page.evaluate((setup) => Object.assign(window, { setup }), { url, domain, passwords });
  await page.addScriptTag({ content: script });
  await page.evaluate(([how, user, tone]) => window.phone.start(how, user, tone), [kind, who, tones[who]] as const);
  return page;
}

const uri = (who: Who) => `sip:${who}@${domain}`;
const events = (page: Page) => page.evaluate(() => window.phone.events);
const happens = (page: Page, event: string) => until(`"${event}"`, async () => (await events(page)).some((one) => one.startsWith(event)));
const dial = (page: Page, who: Who) => page.evaluate((target) => window.phone.call(target), uri(who));
const answer = (page: Page) => page.evaluate(() => window.phone.answer());
const hangUp = (page: Page) => page.evaluate(() => window.phone.hangUp());

/** The tone of the other side stands well above one that nobody makes. */
async function hears(page: Page, who: Who): Promise<void> {
  await until(`${who} is heard`, async () => {
    const [level, other] = await page.evaluate((tone) => [window.phone.hears(tone), window.phone.hears(1234)], tones[who]);
    return level !== undefined && other !== undefined && level > -60 && level > other + 25;
  });
}

async function talk(a: Page, who: Who, b: Page, other: Who): Promise<void> {
  await dial(a, other);
  await happens(b, "ringing");
  await answer(b);
  await Promise.all([happens(a, "answered"), happens(b, "answered")]);
  await Promise.all([hears(a, other), hears(b, who)]);
}

test.each([["jssip", "jssip"], ["jssip", "sipjs"], ["sipjs", "jssip"], ["sipjs", "sipjs"]] as const)("%s calls %s: both hear each other, and hanging up ends it for both", async (first, second) => {
  const [a, b] = [await person("agent1", first), await person("agent2", second)];
  await talk(a, "agent1", b, "agent2");
  await hangUp(b);
  await Promise.all([happens(a, "ended"), happens(b, "ended")]);
  expect(bed.sip.load().dialogs).toBe(0);
});

test("hold by re-INVITE and by UPDATE, DTMF by INFO", async () => {
  const [a, b] = [await person("agent1"), await person("agent2")];
  await talk(a, "agent1", b, "agent2");
  for (const by of ["invite", "update"] as const) {
    await a.evaluate((way) => window.phone.hold(true, way), by);
    await until(`held by ${by}`, async () => (await events(b)).at(-1) === "held");
    await a.evaluate((way) => window.phone.hold(false, way), by);
    await until(`resumed by ${by}`, async () => (await events(b)).at(-1) === "resumed");
  }
  await hears(b, "agent1");
  await a.evaluate(() => window.phone.dtmf("5"));
  await happens(b, "dtmf 5");
});

test("a line at two places rings at both; one answers, the other stops", async () => {
  const [a, desk, home] = [await person("agent1"), await person("agent2"), await person("agent2", "sipjs")];
  await dial(a, "agent2");
  await Promise.all([happens(desk, "ringing"), happens(home, "ringing")]);
  await answer(desk);
  await Promise.all([happens(a, "answered"), happens(home, "ended")]);
  await Promise.all([hears(a, "agent2"), hears(desk, "agent1")]);
  expect((await events(a)).filter((event) => event.startsWith("ended"))).toEqual([]);
});

test("blind transfer: REFER goes through, NOTIFY tells how it went, and the two that are left hear each other", async () => {
  const [a, b, c] = [await person("agent1"), await person("agent2"), await person("agent3")];
  await talk(a, "agent1", b, "agent2");
  const told = a.evaluate((target) => window.phone.transfer(target), uri("agent3"));
  await happens(c, "ringing");
  await answer(c);
  expect(await told).toBe("200");
  await hangUp(a);
  await Promise.all([hears(b, "agent3"), hears(c, "agent2")]);
});

test("a page that crashes in a call: the other side is told", async () => {
  const [a, b] = [await person("agent1"), await person("agent2")];
  await talk(a, "agent1", b, "agent2");
  a.goto("chrome://crash").catch(() => undefined);
  await happens(b, "ended");
  expect((await events(b)).at(-1)).toContain("Connection lost");
});

test("CANCEL from a caller who gives up stops the ringing", async () => {
  const [a, b] = [await person("agent1"), await person("agent2", "sipjs")];
  await dial(a, "agent2");
  await Promise.all([happens(b, "ringing"), happens(a, "progress")]);
  await hangUp(a);
  await Promise.all([happens(b, "cancelled"), happens(a, "ended: Canceled")]);
});

/** A cable that can be pulled out: what goes through it is cut at once for both ends, without a farewell. */
async function cable(): Promise<{ url: string; pull(): void; stop(): void }> {
  const through = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(bed.url).port), "127.0.0.1");
    near.pipe(far).pipe(near);
    for (const end of [near, far]) through.add(end.on("error", () => undefined).on("close", () => (near.destroy(), far.destroy())));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const pull = () => {
    for (const end of through) end.destroy();
    through.clear();
  };
  return { url: bed.url.replace(/:\d+/, `:${(server.address() as AddressInfo).port}`), pull, stop: () => (pull(), void server.close()) };
}

test("a connection that breaks in a call: the voices go on, the client comes back, and hanging up reaches the other side", async () => {
  const line = await cable();
  const [a, b] = [await person("agent1", "jssip", line.url), await person("agent2")];
  await talk(a, "agent1", b, "agent2");
  line.pull();
  await until("agent1's registration is gone", () => bed.sip.registered("agent1") === 0);
  await until("agent1 is back", async () => (await events(a)).filter((event) => event === "registered").length === 2);
  await Promise.all([hears(a, "agent2"), hears(b, "agent1")]);
  expect((await events(b)).filter((event) => event.startsWith("ended"))).toEqual([]);
  await hangUp(b);
  await happens(a, "ended");
  await until("both sides have ended the call", () => bed.sip.load().dialogs === 0);
  line.stop();
});
