import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { openWire } from "#test/kit/proxy.ts";
import { until } from "#test/kit/until.ts";
import type { FarPage } from "./pages/farPage.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";
import { MINE, openDesk } from "./phone.desk.ts";

declare const page: PhonePage & FarPage;

/** The tone that stands for the client's voice, hertz. */
const THEIRS = 1130;
/** And for a colleague's. */
const MATE = 700;

describe.skipIf(!hasPbx)("a call whose page dies, on Asterisk (skipped: no PBX)", () => {
  let pbx: Pbx;
  let served: ServedPage[];
  let browser: Browser;
  let client: Page;
  let desk: Page;

  beforeAll(async () => {
    [pbx, browser, served] = await Promise.all([startPbx(), openBrowser(), Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")])]);
    client = await (await browser.newContext()).newPage();
    await client.goto(served[1]?.url ?? "");
    await client.evaluate(([given, tone]) => page.start(given as never, tone as never), [pbx.account("1003"), THEIRS] as const);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all(served.map((each) => each.close()));
    await pbx.stop();
  });
  beforeEach(async () => { desk = await openDesk(browser, served[0] as ServedPage, pbx.account("1002")); });
  afterEach(async () => {
    await desk.evaluate(() => page.phone.stop());
    await desk.context().close();
  });

  const call = () => desk.evaluate(() => page.state());
  const phase = async () => (await call()).phase;
  const quiet = () => until("no call at the PBX", async () => /0 active channels/.test(await pbx.ask("core show channels")), 20_000);
  const talk = async () => {
    await desk.evaluate(() => page.dial("1003"));
    await until("the answer", async () => (await phase()) === "talking");
  };
  const reopen = () => desk.evaluate((account) => page.reopen(account), pbx.account("1002"));
  const heardByMe = async () => (await desk.evaluate((tone) => page.hears([tone], 300), THEIRS))?.[THEIRS] ?? -200;
  const heardByClient = async () => (await client.evaluate((tone) => page.hears([tone], 300), MINE))?.[MINE] ?? -200;

  it("[P8] goes on after a reload: one call, both voices, and a moment of silence for the client", async () => {
    await talk();
    await until("my voice at the client", async () => (await heardByClient()) > -40);
    await client.evaluate((tone) => page.watch(tone), MINE);
    const events = await client.evaluate(() => page.events.join());
    const before = await call();
    await desk.reload();
    await reopen();
    await until("the call", async () => (await phase()) === "talking");
    await until("the client's voice", async () => (await heardByMe()) > -40);
    await until("my voice at the client", async () => (await heardByClient()) > -40);
    // Some 0.15 s on a quiet machine, where at most one second is the promise; a busy one takes its time to load the page anew.
    console.log(`the client heard nothing for ${await client.evaluate(() => page.longestSilence())} ms`);
    // No hold, no goodbye, no second call: for the client's telephone nothing has happened.
    expect(await client.evaluate(() => page.events.join())).toBe(events);
    expect(await call()).toMatchObject({ since: (before as { since: number }).since });
    expect((await desk.evaluate(() => page.facts)).map(({ kind }) => kind)).toEqual(["call.takenBack"]);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  /** The page is killed without a word, as by a crash; another one is opened in its place. */
  const crash = async () => {
    const session = await desk.context().newCDPSession(desk);
    const context = desk.context();
    const crashed = desk.waitForEvent("crash");
    session.send("Page.crash").catch(() => undefined);
    await crashed;
    await desk.close();
    desk = await context.newPage();
    await desk.goto(`${served[0]?.url ?? ""}?tone=${MINE}`);
  };

  it("[P8] goes on after a crash, muted and held as it was", async () => {
    await talk();
    await desk.evaluate(() => { page.mute(true); page.hold(true); });
    await until("held", async () => { const now = await call(); return now.phase === "talking" && now.hold === "held"; });
    await crash();
    await reopen();
    await until("the call", async () => (await phase()) === "talking");
    expect(await call()).toMatchObject({ muted: true, hold: "held" });
    await desk.evaluate(() => { page.hold(false); page.mute(false); });
    await until("the client's voice", async () => (await heardByMe()) > -40);
    await until("my voice at the client", async () => (await heardByClient()) > -40);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("[B7] comes back with the second line, on hold and heard as before, and joined again", async () => {
    const mate = await openDesk(browser, served[0] as ServedPage, pbx.account("1001"), MATE);
    const heardByMate = async () => Math.max(-200, ...(await mate.evaluate((tone) => page.hearsAll([tone], 300), MINE)).map((one) => one[MINE] ?? -200));
    const side = (who: Page, wanted: string) => until(`second line ${wanted}`, () => who.evaluate((name) => page.lines().side.phase === name, wanted));
    await talk();
    await desk.evaluate(() => page.consult("1001"));
    await side(mate, "incoming");
    await mate.evaluate(() => page.take());
    await side(desk, "talking");
    await until("the client on hold", async () => { const now = await call(); return now.phase === "talking" && now.hold === "held"; });
    await crash();
    await reopen();
    await side(desk, "talking");
    await until("the call", async () => (await phase()) === "talking");
    expect(await call()).toMatchObject({ hold: "held" });
    await until("my voice at the colleague", async () => (await heardByMate()) > -40);
    // Not at once: what was on its way when the page died may still sound for a moment.
    await until("the client to hear nothing of it", async () => (await heardByClient()) < -60);
    expect(await heardByClient()).toBeLessThan(-60);
    await desk.evaluate(() => page.join(true));
    await until("the client off hold", async () => { const now = await call(); return now.phase === "talking" && now.hold === "none"; });
    await desk.reload();
    await reopen();
    await until("the client hears the colleague again", async () => ((await client.evaluate((tone) => page.hears([tone], 300), MATE))?.[MATE] ?? -200) > -40);
    await until("my voice at the client", async () => (await heardByClient()) > -40);
    await desk.evaluate(() => page.hangUp());
    await quiet();
    await mate.evaluate(() => page.phone.stop());
    await mate.context().close();
  });

  it("[P8] waits for the agent's word when the page was away for long", async () => {
    await talk();
    await desk.reload();
    await desk.evaluate((account) => page.reopen(account, 60_000), pbx.account("1002"));
    await until("the line", () => desk.evaluate(() => page.phone.line.getState().state === "ready"));
    expect(await call()).toMatchObject({ phase: "returning", asked: true });
    await desk.evaluate(() => page.takeBack());
    await until("the call", async () => (await phase()) === "talking");
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("[P8] is over where the PBX overlooks Replaces and rings the client a second time: that is called off, and the call is over", async () => {
    // One of its own: with a part torn out of it, it does not live long.
    const other = await startPbx();
    const at = other.account("1002");
    const theirs = await (await browser.newContext()).newPage();
    try {
      await theirs.goto(served[1]?.url ?? "");
      await theirs.evaluate(([given, tone]) => page.start(given as never, tone as never), [other.account("1003"), THEIRS] as const);
      await desk.evaluate(() => page.phone.stop());
      await desk.goto(`${served[0]?.url ?? ""}?tone=${MINE}`);
      await desk.evaluate((given) => page.start(given), at);
      await until("the line", () => desk.evaluate(() => page.phone.line.getState().state === "ready"));
      await talk();
      await other.ask("module unload -f res_pjsip_refer.so");
      await desk.reload();
      await desk.evaluate((given) => page.reopen(given), at);
      const ended = await until("the end", async () => { const now = await call(); return now.phase === "ended" && now; });
      expect(ended.why).toBe("lost");
      // The client was not answered by another call that passes for the first.
      expect((await desk.evaluate(() => page.facts)).map(({ kind }) => kind)).toEqual(["call.ended"]);
    } finally {
      await desk.evaluate(() => page.phone.stop());
      await theirs.context().close();
      await other.kill();
      await other.stop();
    }
  });

  it("[L7] leaves one sum of its line, from the first second on, also when it does not come back", async () => {
    const seen = (seconds: number) => until(`${seconds} seconds of the line`, () => desk.evaluate((least) => (page.phone.quality.getState()?.trend.length ?? 0) >= least, seconds));
    await talk();
    await seen(4);
    await crash();
    await reopen();
    await until("the call", async () => (await phase()) === "talking");
    await seen(2);
    await desk.evaluate(() => page.hangUp());
    await quiet();
    const [sum, ...more] = await desk.evaluate(() => page.summaries);
    expect(more).toEqual([]);
    expect((sum?.heard ?? 0) + (sum?.heardLost ?? 0)).toBeGreaterThan(6 * 40);

    await talk();
    await seen(4);
    await crash();
    await client.evaluate(() => page.hangUp());
    await quiet();
    await reopen();
    await until("the end", async () => (await phase()) === "ended");
    const [lost, ...others] = await until("the sum", async () => { const all = await desk.evaluate(() => page.summaries); return all.length > 0 && all; });
    expect(others).toEqual([]);
    expect((lost?.heard ?? 0) + (lost?.heardLost ?? 0)).toBeGreaterThan(4 * 40);
  });

  it("[P8] asks again over the next socket when the network goes silently under the question", async () => {
    await talk();
    const wire = await openWire(Number(new URL(pbx.server).port));
    const account = pbx.account("1002", `ws://127.0.0.1:${wire.port}/ws`);
    await desk.reload();
    await desk.evaluate((given) => page.reopen(given, 60_000), account);
    await until("the line", () => desk.evaluate(() => page.phone.line.getState().state === "ready"));
    wire.freeze();
    await desk.evaluate(() => { page.takeBack(); page.mute(true); });
    await until("the line to be given up", () => desk.evaluate(() => page.phone.line.getState().state !== "ready"));
    wire.mend();
    await until("the call", async () => (await phase()) === "talking", 40_000);
    expect(await call()).toMatchObject({ muted: true });
    await until("the client's voice", async () => (await heardByMe()) > -40);
    await desk.evaluate(() => page.mute(false));
    await until("my voice at the client", async () => (await heardByClient()) > -40);
    await desk.evaluate(() => page.hangUp());
    await quiet();
    await wire.close();
  });

  it("[P8] lets the client go when the agent does not want the call back", async () => {
    await talk();
    await desk.reload();
    await desk.evaluate((account) => page.reopen(account, 60_000), pbx.account("1002"));
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("[P6] is lost when the client has gone meanwhile, and the next call works", async () => {
    await talk();
    await desk.goto("about:blank");
    await client.evaluate(() => page.hangUp());
    await quiet();
    await desk.goto(`${served[0]?.url ?? ""}?tone=${MINE}`);
    await reopen();
    const ended = await until("the end", async () => { const now = await call(); return now.phase === "ended" && now; });
    expect(ended).toMatchObject({ why: "lost" });
    await talk();
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("[P6] leaves no client on a silent line for good: a tab that does not come back is found by the PBX, as our page on Asterisk sets it", async () => {
    await talk();
    let own = "";
    await pbx.rewrite((text) => {
      own = text;
      return text.replace(/^type *= *endpoint$/gm, "type = endpoint\nrtp_timeout = 3");
    });
    // Settings hold from the next call on.
    await desk.evaluate(() => page.hangUp());
    await quiet();
    await talk();
    await desk.goto("about:blank");
    await quiet();
    await pbx.rewrite(() => own);
    await desk.goto(`${served[0]?.url ?? ""}?tone=${MINE}`);
    await reopen();
    await until("the end", async () => (await phase()) === "ended");
    expect(await call()).toMatchObject({ why: "lost" });
  });

  it("[P6] that nobody had answered yet is called off by the page that comes after a crash", async () => {
    await desk.evaluate(() => page.dial("604"));
    await until("ringing", async () => (await phase()) === "ringing");
    await crash();
    await reopen();
    expect(await call()).toMatchObject({ phase: "ended", why: "lost" });
    await quiet();
  });
});
