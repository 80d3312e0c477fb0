import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { until } from "#test/kit/until.ts";
import { MINE, openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

describe.skipIf(!hasPbx)("the phone when its network fails, on Asterisk (skipped: no PBX)", () => {
  let pbx: Pbx;
  let served: ServedPage;
  let browser: Browser;
  let wire: Wire;
  let desk: Page;

  beforeAll(async () => {
    [pbx, served, browser] = await Promise.all([startPbx(), servePage("phonePage.ts"), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    await pbx.stop();
  });
  beforeEach(async () => {
    wire = await openWire(Number(new URL(pbx.server).port));
    desk = await openDesk(browser, served, pbx.account("1002", `ws://127.0.0.1:${wire.port}/ws`));
  });
  afterEach(async () => {
    await desk.evaluate(() => page.phone.stop());
    await desk.context().close();
    await wire.close();
  });

  const line = () => desk.evaluate(() => page.phone.line.getState().state);
  const call = () => desk.evaluate(() => page.state());
  const echo = async () => (await desk.evaluate((tone) => page.hears([tone], 900), MINE))?.[MINE] ?? -200;
  const quiet = () => until("no call at the PBX", async () => /0 active channels/.test(await pbx.ask("core show channels")), 20_000);
  const talk = async (to = "600") => {
    await desk.evaluate((number) => page.dial(number), to);
    await until("the answer", async () => (await call()).phase === "talking");
  };

  it("keeps talking while the socket is cut, comes back, holds and hangs up afterwards", async () => {
    await talk();
    wire.cut();
    await until("the line to be down", async () => (await line()) === "down");
    expect(await echo()).toBeGreaterThan(-40);
    wire.mend();
    await until("the line to be back", async () => (await line()) === "ready");
    expect((await call()).phase).toBe("talking");
    await desk.evaluate(() => page.hold(true));
    await until("held", async () => { const now = await call(); return now.phase === "talking" && now.hold === "held"; });
    await until("silence", async () => (await echo()) < -60);
    await desk.evaluate(() => page.hold(false));
    await until("sound", async () => (await echo()) > -40);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("hears over the new socket that the client has hung up", async () => {
    await talk();
    wire.cut();
    await until("the line to be down", async () => (await line()) === "down");
    wire.mend();
    await until("the line to be back", async () => (await line()) === "ready");
    await until("sound", async () => (await echo()) > -40);
    await pbx.ask("channel request hangup all");
    const ended = await until("the end", async () => { const now = await call(); return now.phase === "ended" && now; }, 5_000);
    expect(ended.why).toBe("clientHungUp");
  });

  it("[P10] finds after coming back that the client has gone meanwhile, and ends the talk with the last sound", async () => {
    await talk();
    await until("sound", async () => (await echo()) > -40);
    wire.cut();
    await until("the line to be down", async () => (await line()) === "down");
    const before = Date.now();
    await pbx.ask("channel request hangup all");
    const gone = Date.now();
    await new Promise((resolve) => { setTimeout(resolve, 3_000); });
    wire.mend();
    const ended = await until("the end", async () => { const now = await call(); return now.phase === "ended" && now; }, 15_000);
    expect(ended.why).toBe("cutOff");
    expect(ended.endedAt).toBeGreaterThan(before - 500);
    expect(ended.endedAt).toBeLessThan(gone + 500);
  });

  it("says goodbye after coming back when it was hung up in between", async () => {
    await talk();
    wire.cut();
    await until("the line to be down", async () => (await line()) === "down");
    await desk.evaluate(() => page.hangUp());
    expect((await call()).phase).toBe("ended");
    expect(await desk.evaluate(() => page.openConnections())).toBe(0);
    wire.mend();
    await quiet();
  });

  it("notices a network that has silently gone when it hangs up, and says goodbye over a new socket", async () => {
    await talk();
    wire.freeze();
    await desk.evaluate(() => page.hangUp());
    expect((await call()).phase).toBe("ended");
    await until("the line to be given up", async () => (await line()) !== "ready");
    wire.mend();
    await quiet();
    await until("the line to be back", async () => (await line()) === "ready");
  });

  it("ends an unanswered call whose answer can no longer come, and cancels it after coming back", async () => {
    await desk.evaluate(() => page.dial("604"));
    await until("ringing", async () => (await call()).phase === "ringing");
    wire.cut();
    const ended = await until("the end", async () => { const now = await call(); return now.phase === "ended" && now; });
    expect(ended.why).toBe("cutOff");
    wire.mend();
    await quiet();
  });

  it("refuses to call while there is no connection, in its own words, and calls again afterwards", async () => {
    wire.cut();
    await until("the line to be down", async () => (await line()) === "down");
    await desk.evaluate(() => page.dial("601"));
    const ended = await until("the end", async () => { const now = await call(); return now.phase === "ended" && now; });
    expect(ended.why).toBe("serverDown");
    wire.mend();
    await until("the line to be back", async () => (await line()) === "ready");
    await talk("601");
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("keeps the call when hold is pressed on a network that has silently gone, is silent at once, and holds when the line is back", async () => {
    await talk();
    wire.freeze();
    await desk.evaluate(() => page.hold(true));
    await until("the line to be given up", async () => (await line()) !== "ready");
    await until("silence", async () => (await echo()) < -60);
    expect(await call()).toMatchObject({ phase: "talking", hold: "asked" });
    wire.mend();
    await until("held", async () => { const now = await call(); return now.phase === "talking" && now.hold === "held"; });
    await desk.evaluate(() => page.hold(false));
    await until("sound", async () => (await echo()) > -40);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("finds the sound again after its way was lost for good, while the PBX stood still", async () => {
    await talk();
    expect(await echo()).toBeGreaterThan(-40);
    pbx.freeze();
    try {
      await until("the agent to be told that nothing is heard", () => desk.evaluate(() => page.phone.silent.getState()), 30_000);
      await until("the way of the sound to be lost", () => desk.evaluate(() => page.failures() > 0), 60_000);
    } finally {
      pbx.thaw();
    }
    await until("the sound again", async () => (await echo()) > -40, 30_000);
    await until("no more word of silence", () => desk.evaluate(() => !page.phone.silent.getState()), 30_000);
    expect((await call()).phase).toBe("talking");
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("[P9] tells of a password that has expired in a call, keeps the call, and takes the new one by itself", async () => {
    let before = "";
    const soon = (text: string) => text.replaceAll("max_contacts=3", "max_contacts=3\nminimum_expiration=10\nmaximum_expiration=10");
    await pbx.rewrite((text) => { before = text; return soon(text); });
    try {
      await desk.evaluate(() => page.phone.stop());
      await desk.context().close();
      const account = pbx.account("1002", `ws://127.0.0.1:${wire.port}/ws`);
      desk = await openDesk(browser, served, account);
      await talk();
      await pbx.rewrite((text) => text.replace("password=pw1002", "password=changed"));
      await until("the refusal", () => desk.evaluate(() => { const now = page.phone.line.getState(); return now.state === "refused" && now.status === 401; }), 60_000);
      expect((await call()).phase).toBe("talking");
      expect(await echo()).toBeGreaterThan(-40);
      await desk.evaluate((given) => page.give({ ...given, password: "changed", practice: { ...given.practice, password: "changed" } }), account);
      await until("the line to be back", async () => (await line()) === "ready", 60_000);
      expect((await call()).phase).toBe("talking");
      expect(await echo()).toBeGreaterThan(-40);
      await desk.evaluate(() => page.hangUp());
      await quiet();
      // Another name altogether: the call that is up stays with the line that it began with, and can be ended there.
      await talk();
      await pbx.rewrite((text) => text.replace("password=changed", "password=changed again"));
      await until("the refusal", async () => (await line()) === "refused", 60_000);
      const other = pbx.account("1003", account.server);
      await desk.evaluate((given) => page.give(given), other);
      await until("the line to be back", async () => (await line()) === "ready", 60_000);
      expect((await call()).phase).toBe("talking");
      expect(await echo()).toBeGreaterThan(-40);
      await desk.evaluate(() => page.hangUp());
      await quiet();
      await talk("601");
      await desk.evaluate(() => page.hangUp());
    } finally {
      await pbx.rewrite(() => before);
    }
  });

  it("[P9] says what the exchange has against a line, unknown (404) or not allowed (403), and takes it once that is mended", async () => {
    let before = "";
    await pbx.rewrite((text) => (before = text));
    const other = await (await browser.newContext()).newPage();
    // Asked anew until it says so: a PBX goes on with its old settings for a moment after it has read the new ones.
    const says = (wanted: string) => until(`the line to be ${wanted}`, () => other.evaluate((said) => {
      const now = page.phone.line.getState();
      if (`${now.state} ${"status" in now ? now.status : ""}`.trim() === said) return true;
      if (now.state !== "connecting") page.phone.renew();
      return false;
    }, wanted), 60_000);
    try {
      await pbx.rewrite((text) => text.replace("aors=1004\n", "aors=1003\n"));
      await other.goto(served.url);
      await other.evaluate((given) => page.start(given), pbx.account("1004"));
      await says("refused 404");
      await pbx.rewrite((text) => text.replace("context=desk\naors=1003\nauth=1004", "context=desk\nauth=1004"));
      await says("refused 403");
      await pbx.rewrite(() => before);
      await says("ready");
    } finally {
      await pbx.rewrite(() => before);
      await other.evaluate(() => page.phone.stop());
      await other.context().close();
    }
  });

  it("registers again with a PBX that was killed and started anew", async () => {
    await pbx.kill();
    await until("the line to be down", async () => (await line()) === "down");
    await pbx.stop();
    pbx = await startPbx();
    wire.mend(Number(new URL(pbx.server).port));
    await until("the line to be back", async () => (await line()) === "ready", 20_000);
    await talk("601");
    await desk.evaluate(() => page.hangUp());
  });
});
