import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";
import { hearing, MINE, openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

const HEARD = -40;
const SILENT = -60;

describe.skipIf(!hasPbx)("the phone on Asterisk (skipped: no PBX)", () => {
  let pbx: Pbx;
  let served: ServedPage;
  let browser: Browser;
  let desk: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    [pbx, served, browser] = await Promise.all([startPbx(), servePage("phonePage.ts"), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    await pbx.stop();
  });

  beforeEach(async () => {
    desk = await openDesk(browser, served, pbx.account("1001"));
    desk.on("pageerror", (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await desk.evaluate(() => page.phone.stop());
    await desk.context().close();
    expect(problems.splice(0)).toEqual([]);
  });

  it("sends the INVITE of a prepared call in the very task of the key: no microphone, connection or candidate is waited for, in a second call neither", async () => {
    await desk.evaluate(() => page.dial("601"));
    await phase(desk, "talking");
    // What an unprepared call does first.
    expect((await desk.evaluate(() => page.beforeInvite()))?.toSorted()).toEqual(["asked for the microphone", "gathered candidates", "let other tasks come first", "made a connection"]);
    await desk.evaluate(() => page.hangUp());
    await noChannels(pbx);
    await desk.evaluate(() => page.phone.prepare());
    for (const round of [1, 2]) {
      await until("a prepared call", () => desk.evaluate(() => page.prepared()));
      await desk.evaluate(() => page.dial("601"));
      await phase(desk, "talking");
      expect(await desk.evaluate(() => page.beforeInvite()), `call ${round}`).toEqual([]);
      await hearing(desk, 1004);
      await desk.evaluate(() => page.hangUp());
      await noChannels(pbx);
    }
    expect(await desk.evaluate(() => page.microphone?.asked())).toBe(1);
  });

  it("carries sound both ways and tells every signal once, in order", async () => {
    await desk.evaluate(() => page.dial("+79995550101"));
    await phase(desk, "talking");
    expect(await signalTypes(desk)).toEqual(["progress 180", "answered"]);
    await hearing(desk, 700);
    expect((await desk.evaluate(() => page.hears([1130])))?.[1130]).toBeLessThan(SILENT);
    await desk.evaluate(() => page.hangUp());
    await desk.evaluate(() => page.dial("600"));
    await phase(desk, "talking");
    await hearing(desk, MINE);
    const levels = await until("levels", async () => {
      const now = await desk.evaluate(() => page.phone.levels.getState());
      return now.mine > 0.05 && now.theirs > 0.05 && now;
    });
    expect(levels.mine).toBeLessThanOrEqual(1);
    await desk.evaluate(() => page.hangUp());
    expect(await desk.evaluate(() => page.phone.levels.getState())).toEqual({ mine: 0, theirs: 0 });
  });

  it("mutes, holds and comes back", async () => {
    await desk.evaluate(() => page.dial("600"));
    await phase(desk, "talking");
    const echo = async () => (await desk.evaluate((tone) => page.hears([tone], 900), MINE))?.[MINE] ?? -200;
    await until("the echo", async () => (await echo()) > HEARD);
    await desk.evaluate(() => page.mute(true));
    await until("silence after mute", async () => (await echo()) < SILENT);
    await desk.evaluate(() => page.mute(false));
    await until("sound after mute", async () => (await echo()) > HEARD);
    await desk.evaluate(() => page.hold(true));
    await until("held", () => desk.evaluate(() => { const call = page.state(); return call.phase === "talking" && call.hold === "held"; }));
    await until("silence on hold", async () => (await echo()) < SILENT);
    await desk.evaluate(() => page.hold(false));
    await until("back", () => desk.evaluate(() => { const call = page.state(); return call.phase === "talking" && call.hold === "none"; }));
    await until("sound after hold", async () => (await echo()) > HEARD);
    expect((await desk.evaluate(() => page.facts.filter(({ kind }) => kind === "call.held").length))).toBe(2);
    await desk.evaluate(() => page.hangUp());
  });

  it("plays early media and tells that it is early", async () => {
    await desk.evaluate(() => page.dial("617"));
    await until("early media", () => desk.evaluate(() => { const call = page.state(); return call.phase === "ringing" && call.early; }));
    await hearing(desk, 440);
    expect((await phase(desk, "ringing")).why).toBeUndefined();
    await pbx.ask("dialplan set global MAY_ANSWER yes");
    await phase(desk, "talking");
    await hearing(desk, 1004);
    await desk.evaluate(() => page.hangUp());
  });

  it("sends digits as RFC 4733 tones, however fast they are typed", async () => {
    await desk.evaluate(() => page.dial("606"));
    await phase(desk, "talking");
    await desk.waitForTimeout(300);
    await desk.evaluate(() => { for (const digit of "4071") page.phone.tone(digit); });
    await until("the digits at the PBX", async () => /LAST_DIGITS=4071/.test(await pbx.ask("dialplan show globals")));
    await desk.evaluate(() => page.hangUp());
  });

  it.each([["603", "busy"], ["608", "wrongNumber"], ["609", "noLines"]] as const)("ends a call to %s as %s", async (number, why) => {
    await desk.evaluate((to) => page.dial(to), number);
    expect((await phase(desk, "ended")).why).toBe(why);
    expect(await desk.evaluate(() => page.facts.filter(({ kind }) => kind === "call.ended").length)).toBe(1);
  });

  it("notices that the far side hangs up", async () => {
    await desk.evaluate(() => page.dial("605"));
    await phase(desk, "talking");
    expect((await phase(desk, "ended")).why).toBe("clientHungUp");
  });

  it("cancels while it rings, and at once after the key", async () => {
    await desk.evaluate(() => page.dial("604"));
    await phase(desk, "ringing");
    await desk.evaluate(() => page.hangUp());
    expect((await phase(desk, "ended")).why).toBe("cancelled");
    await noChannels(pbx);
    await desk.evaluate(() => { page.dial("604"); page.hangUp(); });
    await noChannels(pbx);
    // Between the challenge and the INVITE that answers it sip.js forgets that it was cancelled.
    await desk.evaluate(async () => {
      void page.phone.prepare();
      while (!page.prepared()) await new Promise((resolve) => { setTimeout(resolve, 10); });
      page.dial("604");
      while (!page.inviteLeft()) await new Promise((resolve) => { setTimeout(resolve, 0); });
      page.hangUp();
    });
    await desk.waitForTimeout(1000);
    await noChannels(pbx);
  });

  it("hangs up when the answer crosses the cancel", async () => {
    for (const wait of [1990, 2000, 2005, 2010]) {
      await desk.evaluate(async (ms) => {
        page.dial("+79995550102");
        while (page.state().phase === "dialing") await new Promise((resolve) => { setTimeout(resolve, 1); });
        await new Promise((resolve) => { setTimeout(resolve, ms); });
        page.hangUp();
      }, wait);
      await noChannels(pbx);
    }
  });

  it("says what hinders the microphone and goes on", async () => {
    await desk.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError")); });
    await desk.evaluate(() => page.dial("601"));
    expect((await phase(desk, "ended")).why).toBe("noMicrophone");
    expect(await desk.evaluate(() => page.phone.microphone.getState())).toBe("denied");
    expect(await desk.evaluate(() => page.phone.line.getState().state)).toBe("ready");
  });

  it("leaves nothing behind after each call, and lets the microphone go", async () => {
    await desk.evaluate(() => page.phone.prepare());
    for (let round = 0; round < 5; round += 1) {
      await desk.evaluate(() => page.dial("601"));
      await phase(desk, "talking");
      await desk.evaluate(() => page.hangUp());
    }
    await until("one prepared call", async () => (await desk.evaluate(() => page.openConnections())) === 1);
    await desk.evaluate(() => page.phone.release());
    expect(await desk.evaluate(() => page.openConnections())).toBe(0);
    expect(await desk.evaluate(() => page.microphone?.tracks.every(({ readyState }) => readyState === "ended"))).toBe(true);
  });
});

async function phase(desk: Page, wanted: string) {
  return until(`phase ${wanted}`, async () => {
    const call = await desk.evaluate(() => page.state());
    return call.phase === wanted && (call as { why?: string });
  });
}

async function signalTypes(desk: Page): Promise<string[]> {
  return desk.evaluate(() => page.signals.map((signal) => ("status" in signal ? `${signal.type} ${signal.status}` : signal.type)));
}

async function noChannels(pbx: Pbx): Promise<void> {
  await until("no call at the PBX", async () => /(?<!\d)0 active channels/.test(await pbx.ask("core show channels")));
}
