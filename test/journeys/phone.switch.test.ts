import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { until } from "#test/kit/until.ts";
import { openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import type { FarPage } from "./pages/farPage.ts";
import { MINE, openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage & FarPage;

const CLIENT = 700;
const HEARD = -40;
const SILENT = -60;

describe("the phone on the embedded switch, to a client on JsSIP", () => {
  let bed: Bed;
  let wire: Wire;
  let browser: Browser;
  let served: ServedPage[];
  let desk: Page;
  let far: Page;

  const account = (user: string, server = bed.url) => ({ server, uri: `sip:${user}@sufler.test`, username: user, password: passwordOf(user) });

  beforeAll(async () => {
    bed = await openBed();
    served = await Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")]);
    browser = await openBrowser();
    far = await (await browser.newContext()).newPage();
    await far.goto(served[1]?.url ?? "");
    await far.evaluate(([given, tone]) => page.start(given as never, tone as never), [account("agent2"), CLIENT] as const);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all(served.map((each) => each.close()));
    await bed.stop();
  });
  beforeEach(async () => {
    wire = await openWire(Number(new URL(bed.url).port));
    const own = account("agent1", `ws://127.0.0.1:${wire.port}/sip`);
    desk = await openDesk(browser, served[0] as ServedPage, { ...own, iceServers: [], practice: own });
  });
  afterEach(async () => {
    await far.evaluate(() => page.behave("answer"));
    await desk.evaluate(() => page.phone.stop());
    await desk.context().close();
    await wire.close();
  });

  const ended = () => until("the end", async () => { const now = await desk.evaluate(() => page.state()); return now.phase === "ended" && now.why; });
  const talk = async () => {
    await desk.evaluate(() => page.dial("agent2"));
    await until("the answer", async () => (await desk.evaluate(() => page.state())).phase === "talking");
  };
  const desksHears = async () => (await desk.evaluate(() => page.hears([700])))?.[CLIENT] ?? -200;
  const clientHears = async () => (await far.evaluate((tone) => page.hears([tone]), MINE))?.[MINE] ?? -200;
  const farEvent = (name: string) => until(`the client's ${name}`, async () => (await far.evaluate(() => page.events.at(-1))) === name);

  it("carries both voices, stops both on hold, brings both back", async () => {
    await talk();
    expect(await desksHears()).toBeGreaterThan(HEARD);
    expect(await clientHears()).toBeGreaterThan(HEARD);
    await desk.evaluate(() => page.hold(true));
    await farEvent("hold");
    await until("silence both ways", async () => (await desksHears()) < SILENT && (await clientHears()) < SILENT);
    await desk.evaluate(() => page.hold(false));
    await farEvent("unhold");
    await until("both voices", async () => (await desksHears()) > HEARD && (await clientHears()) > HEARD);
    await desk.evaluate(() => page.hangUp());
    await farEvent("ended");
  });

  it("is told that the client is busy, declines, hangs up", async () => {
    await far.evaluate(() => page.behave("busy"));
    await desk.evaluate(() => page.dial("agent2"));
    expect(await ended()).toBe("busy");
    await far.evaluate(() => page.behave("decline"));
    await desk.evaluate(() => page.dial("agent2"));
    expect(await ended()).toBe("declined");
    await far.evaluate(() => page.behave("answer"));
    await talk();
    await far.evaluate(() => page.hangUp());
    expect(await ended()).toBe("clientHungUp");
  });

  it("stops the client's ringing when the agent gives up", async () => {
    await far.evaluate(() => page.behave("ring"));
    await desk.evaluate(() => page.dial("agent2"));
    await until("ringing", async () => (await desk.evaluate(() => page.state())).phase === "ringing");
    await desk.evaluate(() => page.hangUp());
    expect(await ended()).toBe("cancelled");
    await farEvent("failed");
  });

  it("keeps a call over a cut wire, and says the goodbye that it owed", async () => {
    await talk();
    wire.cut();
    await until("the line to be down", async () => (await desk.evaluate(() => page.phone.line.getState().state)) === "down");
    wire.mend();
    await until("the line to be back", async () => (await desk.evaluate(() => page.phone.line.getState().state)) === "ready");
    await desk.evaluate(() => page.hold(true));
    await farEvent("hold");
    wire.cut();
    await until("the line to be down", async () => (await desk.evaluate(() => page.phone.line.getState().state)) === "down");
    await desk.evaluate(() => page.hangUp());
    wire.mend();
    await farEvent("ended");
    await until("no call at the switch", () => bed.sip.load().dialogs === 0);
  });

  it("hears over the new socket that the client has hung up", async () => {
    await talk();
    wire.cut();
    await until("the line to be down", () => desk.evaluate(() => page.phone.line.getState().state === "down"));
    wire.mend();
    await until("the line to be back", () => desk.evaluate(() => page.phone.line.getState().state === "ready"));
    await until("the client's voice", async () => (await desksHears()) > HEARD);
    await far.evaluate(() => page.hangUp());
    expect(await ended()).toBe("clientHungUp");
  });

  it("[P10] finds after coming back that the client has gone meanwhile, and ends the talk with the last sound", async () => {
    await talk();
    await until("the client's voice", async () => (await desksHears()) > HEARD);
    wire.cut();
    await until("the line to be down", () => desk.evaluate(() => page.phone.line.getState().state === "down"));
    const before = Date.now();
    await far.evaluate(() => page.hangUp());
    await farEvent("ended");
    const gone = Date.now();
    await new Promise((resolve) => { setTimeout(resolve, 3_000); });
    wire.mend();
    expect(["cutOff", "clientHungUp"]).toContain(await ended());
    const { endedAt } = await desk.evaluate(() => page.state()) as { endedAt: number };
    expect(endedAt).toBeGreaterThan(before - 500);
    expect(endedAt).toBeLessThan(gone + 500);
  });

  it("is told when its password is wrong", async () => {
    const own = { ...account("agent3"), password: "wrong" };
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(served[0]?.url ?? "");
    await stranger.evaluate((given) => page.start(given), { ...own, iceServers: [], practice: own });
    const line = await until("the refusal", () => stranger.evaluate(() => { const now = page.phone.line.getState(); return now.state === "refused" && now; }));
    expect([401, 403]).toContain(line.status);
    await stranger.context().close();
  });

  it("agrees with what other exchanges say of their sound, and what it cannot take leaves the call as it was", async () => {
    const one = ["m=audio"];
    const heard = await desk.evaluate(() => page.foreignSound());
    expect(heard).toEqual({
      codec: { first: "8", types: 2, heard: true, strange: "refused", still: true, after: one },
      hold: { answers: ["a=recvonly", "a=sendrecv", "a=inactive", "a=sendrecv"], heldBy: [true, false, true, false], heard: true, old: one, still: true },
      video: { directions: ["a=inactive", "a=inactive", "a=inactive"], heard: true, still: true, called: true },
      fax: { body: "refused", heard: true, after: one },
      unbundled: { body: "refused", heard: true, after: one },
      restart: { changed: true, heard: true },
      roles: { keeps: one, turned: "refused", heard: true, open: true, after: one },
      fingerprint: true,
      digits: { type: "101", sent: true, absent: false },
      fork: { early: true, heard: true },
      another: { heard: true, still: true },
      deaf: "refused",
    });
  });

  it("works behind the browser's own obstacles: a real question for the microphone, sound only after a click", async () => {
    const strict = await openBrowser({ easy: false, args: ["--use-fake-device-for-media-stream"] });
    try {
      const own = account("agent4");
      const plain = await openDesk(strict, served[0] as ServedPage, { ...own, iceServers: [], practice: own }, 0);
      await plain.evaluate(() => { document.title = "agent2"; });
      await plain.getByRole("button").click();
      const end = () => until("an end", async () => { const now = await plain.evaluate(() => page.state()); return now.phase === "ended" && now.why; });
      expect(await end()).toBe("noMicrophone");
      expect(await plain.evaluate(() => page.phone.microphone.getState())).toBe("denied");
      await plain.context().grantPermissions(["microphone"]);
      await plain.getByRole("button").click();
      await until("the answer", async () => (await plain.evaluate(() => page.state())).phase === "talking");
      await until("the client's voice", () => plain.evaluate(() => page.phone.levels.getState().theirs > 0.05));
      await plain.evaluate(() => page.phone.stop());
    } finally {
      await strict.close();
    }
  });
});
