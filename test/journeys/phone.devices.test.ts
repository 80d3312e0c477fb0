import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { echoNumber } from "#domain/practice/numbers.ts";
import { createPractice, type Practice } from "#server/practice/practice.ts";
import { browserPath, openBrowser } from "#test/kit/browser.ts";
import { loseSound } from "#test/kit/lossyNetwork.ts";
import { hasPulse, startPulse, type Pulse } from "#test/kit/pulse.ts";
import { until } from "#test/kit/until.ts";
import { domain, openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import { openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

const HEARD = -45;
const SILENT = -60;

/** The phone, and behind the echo number of the embedded switch the person's own voice. */
let bed: Bed;
let practice: Practice;
let served: ServedPage;

beforeAll(async () => {
  bed = await openBed();
  // A slow machine takes its time: the echo must not hang up on it.
  practice = createPractice({ echoAtMost: 600_000, attach: (local) => bed.sip.attach(local), domain, voices: fileURLToPath(new URL("../../src/server/practice/voices", import.meta.url)) });
  served = await servePage("phonePage.ts");
});
afterAll(async () => {
  await practice.stop();
  await served.close();
  await bed.stop();
});

const own = () => ({ server: bed.url, uri: `sip:agent1@${domain}`, username: "agent1", password: passwordOf("agent1") });
const account = () => ({ ...own(), iceServers: [], practice: own() });

describe("a prepared call", () => {
  let browser: Browser;
  let desk: Page;
  beforeAll(async () => { browser = await openBrowser(); });
  afterAll(async () => { await browser.close(); });
  beforeEach(async () => {
    desk = await openDesk(browser, served, account());
    await desk.evaluate(() => page.phone.prepare());
    await until("a prepared call", async () => (await made()) === 1);
  });
  afterEach(async () => {
    await desk.evaluate(() => page.phone.stop());
    await desk.context().close();
  });
  const made = () => desk.evaluate(() => page.connectionsMade());
  const open = () => desk.evaluate(() => page.openConnections());
  const talk = async () => {
    await desk.evaluate((number) => page.dial(number), echoNumber);
    await until("the answer", async () => (await desk.evaluate(() => page.state())).phase === "talking");
  };

  it("[L2] is used while it is fresh", async () => {
    await talk();
    expect(await made()).toBe(1);
  });

  it("[L2] is not used after the laptop slept for longer than it keeps", async () => {
    await desk.evaluate(() => page.sleep(6 * 60_000));
    await talk();
    expect([await made(), await open()]).toEqual([2, 1]);
    await until("one's own voice", async () => ((await desk.evaluate(() => page.hears([450], 700)))?.[450] ?? -200) > HEARD);
  });

  it("[L2] is made anew when the network has changed", async () => {
    const network = await desk.context().newCDPSession(desk);
    await network.send("Network.enable");
    await network.send("Network.emulateNetworkConditions", { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await network.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await until("another prepared call", async () => (await made()) >= 2 && (await open()) === 1);
  });

  it("[L1] is let go with the microphone", async () => {
    await desk.evaluate(() => page.phone.release());
    expect(await open()).toBe(0);
    expect(await desk.evaluate(() => page.microphone?.tracks.every((track) => track.readyState === "ended"))).toBe(true);
  });
});

describe("what is done to the voice", () => {
  it("is as it was switched, one by one, before a call and in it", async () => {
    const browser = await openBrowser();
    const desk = await openDesk(browser, served, account(), 0);
    const process = (which: "echo" | "noise" | "gain", on: boolean) => desk.evaluate(([name, wanted]) => page.phone.devices.process(name, wanted), [which, on] as const);
    const done = (echo: boolean, noise: boolean, gain: boolean) => until(`echo ${echo}, noise ${noise}, gain ${gain}`, () => desk.evaluate((wanted) => {
      const { echoCancellation, noiseSuppression, autoGainControl } = page.phone.voices()?.mine.getSettings() ?? {};
      return String([echoCancellation, noiseSuppression, autoGainControl]) === wanted;
    }, String([echo, noise, gain])), 15_000);
    await desk.evaluate(() => page.phone.prepare());
    await until("a prepared call", async () => (await desk.evaluate(() => page.connectionsMade())) === 1);
    await process("noise", false);
    await desk.evaluate((number) => page.dial(number), echoNumber);
    await until("the answer", async () => (await desk.evaluate(() => page.state())).phase === "talking");
    await done(true, false, true);
    await process("gain", false);
    await done(true, false, false);
    await process("noise", true);
    await done(true, true, false);
    expect((await desk.evaluate(() => page.state())).phase).toBe("talking");
    await desk.evaluate(() => page.phone.stop());
    await browser.close();
  });
});

describe("hearing oneself", () => {
  it("is no call: nothing is told of it, a real call ends it, and nobody can listen", async () => {
    const browser = await openBrowser();
    const desk = await openDesk(browser, served, account());
    const echo = () => desk.evaluate(() => page.phone.echo.state.getState());
    await desk.evaluate(() => page.phone.echo.start());
    await until("the answer", async () => (await echo()).phase === "talking");
    await until("one's own voice", () => desk.evaluate(() => page.phone.levels.getState().theirs > 0.05));
    expect(await desk.evaluate(() => [page.signals.length, page.facts.length, page.phone.voices() === undefined])).toEqual([0, 0, true]);
    await desk.evaluate((number) => page.dial(number), echoNumber);
    expect((await echo()).phase).toBe("none");
    await until("the answer to the call", async () => (await desk.evaluate(() => page.state())).phase === "talking");
    await until("one call at the switch", () => practice.calls() === 1);
    await desk.evaluate(() => page.hangUp());
    await desk.evaluate(() => page.phone.stop());
    await browser.close();
  });
});

describe("a network that loses sound", () => {
  it("[L6] is told with whose side it is, no longer told when it is good again, and summed up after the call", async () => {
    const browser = await openBrowser();
    const desk = await openDesk(browser, served, account());
    await desk.evaluate(() => page.phone.onSummary((summary) => { Object.assign(window, { summary }); }));
    await desk.evaluate((number) => page.dial(number), echoNumber);
    await until("the answer", async () => (await desk.evaluate(() => page.state())).phase === "talking");
    const line = () => desk.evaluate(() => page.phone.quality.getState());
    await until("a good line", async () => { const now = await line(); return now !== undefined && now.trend.length > 5 && now.bad === undefined && now.codec === "g711"; }, 60_000);
    const network = loseSound({ sent: 0.4 });
    try {
      const bad = await until("the sentence", async () => { const now = await line(); return now?.bad === "heard" && now; }, 60_000);
      expect(bad.heard.loss).toBeGreaterThan(0.15);
    } finally {
      network.mend();
    }
    await until("a good line again", async () => (await line())?.bad === undefined, 60_000);
    await desk.evaluate(() => page.hangUp());
    const summary = await until("the summary", () => desk.evaluate(() => (window as unknown as { readonly summary?: { readonly heardLost: number; readonly badSeconds: number; readonly kind: string } }).summary));
    expect(summary).toMatchObject({ kind: "call.quality" });
    expect(Math.min(summary.heardLost, summary.badSeconds)).toBeGreaterThan(0);
    await desk.evaluate(() => page.phone.stop());
    await browser.close();
  });
});

/** Each headset hears a tone of its own, so that the echo says which microphone is open. */
const [DESK, JABRA] = [450, 700];

describe.skipIf(!hasPulse)("headsets that are plugged in and out (skipped: no PulseAudio)", () => {
  let pulse: Pulse;
  let browser: Browser;
  let desk: Page;

  // A sound server of its own for each try: what a failed one has left plugged in or out is nobody's concern.
  beforeEach(async () => {
    pulse = await startPulse();
    await pulse.plug("Desk", DESK);
    await pulse.plug("Jabra", JABRA);
    const flags = ["--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required", "--disable-features=WebRtcHideLocalIpsWithMdns", "--disable-background-networking", "--no-sandbox"];
    browser = await chromium.launch({ executablePath: browserPath(), args: flags, env: { ...process.env, ...pulse.env } as Record<string, string> });
    desk = await openDesk(browser, served, account(), 0);
    // A steady tone is what noise suppression is there to remove.
    await desk.evaluate(() => { for (const which of ["echo", "noise", "gain"] as const) page.phone.devices.process(which, false); });
    await desk.evaluate(() => page.phone.prepare());
    await until("the list of devices", () => desk.evaluate(() => page.phone.devices.state.getState().microphones.some(({ label }) => label === "JabraMic")));
    await choose("microphone", "JabraMic");
    await choose("earpiece", "Jabra");
    await choose("ringer", "Desk");
    await desk.evaluate((number) => page.dial(number), echoNumber);
    await until("the answer", async () => (await desk.evaluate(() => page.state())).phase === "talking");
    await hears(JABRA, DESK);
  });
  afterEach(async () => {
    // Undefined when this very try has not come so far.
    await (desk as Page | undefined)?.evaluate(() => page.phone.stop()).catch(() => undefined);
    await (browser as Browser | undefined)?.close();
    await (pulse as Pulse | undefined)?.stop();
  });

  const heard = async (tones: readonly number[]) => (await desk.evaluate((all) => page.hears(all, 700), tones)) ?? {};
  /** What a failed wait was looking at. */
  const told = async () => JSON.stringify([await pulse.playingOn(), await desk.evaluate(() => ({
    phase: page.state().phase, signals: page.signals.map(({ type }) => type), microphone: page.phone.microphone.getState(), open: page.phone.microphoneName(),
    uses: page.phone.devices.state.getState().uses, there: page.phone.devices.state.getState().microphones.map(({ label }) => label),
  }))]);
  const waitFor = (what: string, look: () => Promise<boolean>) => until(what, look, 60_000).catch(async (error: unknown) => { throw new Error(`${String(error)}: ${await told()}`, { cause: error }); });
  const hears = (tone: number, not: number) => waitFor(`${tone} and not ${not}`, async () => {
    const levels = await heard([tone, not]);
    return (levels[tone] ?? -200) > HEARD && (levels[not] ?? -200) < SILENT;
  });
  const uses = (role: "microphone" | "earpiece" | "ringer") => desk.evaluate((name) => page.phone.devices.state.getState().uses[name], role);
  const choose = (role: "microphone" | "earpiece" | "ringer", label: string | undefined) => desk.evaluate(([name, wanted]) => page.phone.devices.choose(name, wanted), [role, label] as const);
  const plays = (when: string) => waitFor(`the client's voice on the chosen earpiece ${when}`, async () => (await pulse.playingOn()).includes("Jabra"));

  it("[L4] goes on with another microphone and another earpiece in the middle of a call, and comes back to the chosen ones", async () => {
    await plays("at first");

    await pulse.unplug("Jabra");
    await hears(DESK, JABRA);
    await until("the microphone to be missed", async () => (await uses("microphone")).gone === "JabraMic");
    await until("the earpiece to be missed", async () => (await uses("earpiece")).gone === "Jabra");
    expect(await uses("ringer")).toMatchObject({ using: { label: "Desk" } });

    await pulse.plug("Jabra", JABRA);
    await hears(JABRA, DESK);
    expect((await uses("microphone")).gone).toBeUndefined();
    await plays("again");
    // One call from its answer on: nobody was called again.
    expect(await desk.evaluate(() => [page.state().phase, page.signals.filter(({ type }) => type !== "heldBy").map(({ type }) => type)])).toEqual(["talking", ["answered"]]);
    expect(JSON.parse((await desk.evaluate(() => page.chosen())) ?? "")).toMatchObject({ microphone: "JabraMic", earpiece: "Jabra", ringer: "Desk" });
  }, 300_000);

  it("[L4] says so when no microphone is left, and takes the first that comes", async () => {
    await pulse.unplug("Jabra");
    await pulse.unplug("Desk");
    await until("that there is none", () => desk.evaluate(() => page.phone.microphone.getState() === "missing"), 60_000);
    expect((await desk.evaluate(() => page.state())).phase).toBe("talking");
    await pulse.plug("Desk", DESK);
    // Which source the bare server calls its default is a matter of chance, so what is heard is the matter of the test above.
    await until("a microphone again", () => desk.evaluate(() => page.phone.microphone.getState() === "ready"), 60_000);
    expect((await desk.evaluate(() => page.state())).phase).toBe("talking");
  }, 300_000);
});
