import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { startPbx, type Pbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";
import { openBed, domain, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import type { FarPage } from "./pages/farPage.ts";
import { openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage & FarPage;

/** `npm run soak` sets them: 600 calls in one tab, on the embedded switch or on Asterisk. A sample otherwise. */
const CALLS = Number(process.env["SOAK_CALLS"] ?? 8);
const ON_PBX = process.env["SOAK_PBX"] === "1";
/** Calls before the first count: what is made once and kept is there by then. */
const WARM = Math.min(10, Math.ceil(CALLS / 4));

/** Everything alive that a call could leave behind, counted from outside: the browser's own figures, and what its constructors have made. */
interface Left {
  readonly connections: number; readonly sockets: number; readonly timers: number; readonly audioNodes: number; readonly listeners: number; readonly heapMB: number;
}

/** Put into the page before its own code: counts what is made and what is let go. Nothing is changed in what it does. */
function countMade(): void {
  const live = { timers: new Set<unknown>(), sockets: new Set<WebSocket>(), nodes: 0 };
  const [late, every] = [window.setTimeout.bind(window), window.setInterval.bind(window)];
  const [stopLate, stopEvery] = [window.clearTimeout.bind(window), window.clearInterval.bind(window)];
  Object.assign(window, {
    setTimeout: (run: () => void, ms?: number, ...rest: unknown[]) => {
      const id = late(() => { live.timers.delete(id); run(); }, ms, ...rest);
      live.timers.add(id);
      return id;
    },
    setInterval: (run: () => void, ms?: number, ...rest: unknown[]) => {
      const id = every(run, ms, ...rest);
      live.timers.add(id);
      return id;
    },
    clearTimeout: (id: number) => { live.timers.delete(id); stopLate(id); },
    clearInterval: (id: number) => { live.timers.delete(id); stopEvery(id); },
  });
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given: ConstructorParameters<typeof Socket>) {
      super(...given);
      live.sockets.add(this);
      this.addEventListener("close", () => live.sockets.delete(this));
    }
  };
  const connect = Reflect.get(AudioNode.prototype, "connect") as (...given: unknown[]) => AudioNode;
  const cut = Reflect.get(AudioNode.prototype, "disconnect") as (...given: unknown[]) => void;
  const wired = new WeakSet<AudioNode>();
  AudioNode.prototype.connect = function connected(this: AudioNode, ...given: unknown[]) {
    if (!wired.has(this)) { wired.add(this); live.nodes += 1; }
    return connect.apply(this, given);
  } as AudioNode["connect"];
  AudioNode.prototype.disconnect = function disconnected(this: AudioNode, ...given: unknown[]) {
    if (wired.delete(this)) live.nodes -= 1;
    cut.apply(this, given);
  };
  Object.assign(window, { liveThings: () => ({ timers: live.timers.size, sockets: live.sockets.size, audioNodes: live.nodes }) });
}

let browser: Browser;
let served: ServedPage[];
let bed: Bed;
let pbx: Pbx | undefined;
beforeAll(async () => {
  [browser, bed, served] = await Promise.all([openBrowser({ args: ["--js-flags=--expose-gc"] }), openBed(), Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")])]);
  if (ON_PBX) pbx = await startPbx();
});
afterAll(async () => {
  await browser.close();
  await Promise.all(served.map((each) => each.close()));
  await bed.stop();
  await pbx?.stop();
});

async function count(desk: Page, cdp: CDPSession): Promise<Left> {
  await desk.evaluate(() => { (window as unknown as { gc(): void }).gc(); });
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = (await cdp.send("Performance.getMetrics")) as { metrics: readonly { name: string; value: number }[] };
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const things = await desk.evaluate(() => (window as unknown as { liveThings(): { timers: number; sockets: number; audioNodes: number } }).liveThings());
  return {
    ...things, connections: await desk.evaluate(() => page.openConnections()),
    listeners: metric("JSEventListeners"), heapMB: Math.round(metric("JSHeapUsedSize") / 104_857.6) / 10,
  };
}

it(`leaves nothing behind after ${CALLS} calls in one tab`, async () => {
  const account = (user: string) => ({ server: bed.url, uri: `sip:${user}@${domain}`, username: user, password: passwordOf(user) });
  const counted = async (made: Page) => { await made.addInitScript(countMade); };
  let to = "600";
  let desk: Page;
  if (pbx) desk = await openDesk(browser, served[0] as ServedPage, pbx.account("1002"), undefined, counted);
  else {
    const far = await (await browser.newContext()).newPage();
    await far.goto(served[1]?.url ?? "");
    await far.evaluate(([given]) => page.start(given as never, 1130), [account("agent2")] as const);
    to = "agent2";
    desk = await openDesk(browser, served[0] as ServedPage, { ...account("agent1"), iceServers: [], practice: account("agent1") }, undefined, counted);
  }
  const cdp = await desk.context().newCDPSession(desk);
  await cdp.send("Performance.enable");
  let made = 0;
  const call = async () => {
    made += 1;
    await desk.evaluate((number) => page.dial(number), to);
    await until(`the answer of call ${made}`, async () => {
      const state = await desk.evaluate(() => page.state());
      if (state.phase === "ended") throw new Error(`call ${made} was not answered: ${state.why}, ${JSON.stringify(await desk.evaluate(() => page.signals))}`);
      return state.phase === "talking";
    }, 30_000);
    await desk.evaluate(() => page.hangUp());
    await until("the connection's end", async () => (await desk.evaluate(() => page.openConnections())) === 0, 30_000);
  };
  for (let i = 0; i < WARM; i += 1) await call();
  // What a finished call still waits for by the protocol (64×T1, RFC 3261 17) is gone by then.
  const rested = async (want?: Left) => {
    let last = await count(desk, cdp);
    for (let end = Date.now() + 45_000; Date.now() < end; last = await count(desk, cdp)) {
      if (want && last.timers <= want.timers && last.audioNodes <= want.audioNodes && last.listeners <= want.listeners) break;
      await new Promise((resolve) => { setTimeout(resolve, want ? 1000 : 40_000); });
    }
    return last;
  };
  const before = await rested();
  for (let i = WARM; i < CALLS; i += 1) await call();
  const after = await rested(before);
  console.table({ [`after ${WARM} calls`]: before, [`after ${CALLS} calls`]: after });
  expect(after.connections).toBe(0);
  expect(after.sockets).toBe(before.sockets);
  expect(after.timers).toBeLessThanOrEqual(before.timers);
  expect(after.audioNodes).toBeLessThanOrEqual(before.audioNodes);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners);
  // A leaked call holds tens of kilobytes: 600 of them would show.
  expect(after.heapMB - before.heapMB).toBeLessThan(1 + (CALLS - WARM) * 0.005);
}, 60_000 + CALLS * 10_000);
