/** The second line on a real PBX: calls to us, asking a colleague, transfers, three at once. Each end speaks in a tone of its own. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";
import { openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

const HEARD = -40;
const SILENT = -60;
/** A voice in a mix is as loud as the others; what is so much softer, decibels, are the clicks of a page that could not mix in time. */
const CLICKS = 15;
/** Hertz: agent, colleague, whoever plays the client. */
const [AGENT, MATE, CLIENT] = [450, 1130, 700];

describe.skipIf(!hasPbx)("the second line on Asterisk (skipped: no PBX)", () => {
  let pbx: Pbx;
  let served: ServedPage;
  let browser: Browser;
  let agent: Page;
  let mate: Page;
  let client: Page;
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
    [agent, mate, client] = await Promise.all([
      openDesk(browser, served, pbx.account("1001"), AGENT), openDesk(browser, served, pbx.account("1002"), MATE), openDesk(browser, served, pbx.account("1003"), CLIENT),
    ]);
    for (const each of [agent, mate, client]) each.on("pageerror", (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await Promise.all([agent, mate, client].map(async (each) => {
      await each.evaluate(() => page.phone.stop());
      await each.context().close();
    }));
    expect(problems.splice(0)).toEqual([]);
  });

  const phase = (who: Page, wanted: string) => until(`phase ${wanted}`, async () => { const call = await who.evaluate(() => page.state()); return call.phase === wanted && (call as { why?: string }); }, 20_000);
  const side = (who: Page, wanted: string) => until(`second line ${wanted}`, async () => { const { side: now } = await who.evaluate(() => page.lines()); return now.phase === wanted && (now as { last?: { why: string } }); }, 20_000);
  const facts = (who: Page) => who.evaluate(() => page.facts.map((fact) => ("why" in fact ? `${fact.kind} ${fact.why}` : fact.kind)));
  /** Which of the tones this page gets, over whatever is up. */
  const listen = async (who: Page): Promise<{ readonly voices: string; readonly levels: readonly number[] }> => {
    const all = await who.evaluate((tones) => page.hearsAll(tones, 500), [AGENT, MATE, CLIENT, 1004]);
    const names = ["agent", "mate", "client", "milliwatt"];
    const levels = [AGENT, MATE, CLIENT, 1004].map((tone) => Math.max(-200, ...all.map((one) => one[tone] ?? -200)));
    const silent = Math.max(SILENT, Math.min(...levels.filter((level) => level > HEARD)) - CLICKS);
    const voices = levels.flatMap((level, place) => (level > HEARD ? [names[place]] : level < (Number.isFinite(silent) ? silent : SILENT) ? [] : [`${names[place]}?`])).join("+");
    return { voices, levels };
  };
  const hears = async (who: Page) => (await listen(who)).voices;
  const hearsOnly = async (who: Page, wanted: string): Promise<void> => {
    let last: Awaited<ReturnType<typeof listen>> | undefined;
    try {
      await until(`only ${wanted || "silence"}`, async () => (last = await listen(who)).voices === wanted, 60_000);
    } catch (error) {
      throw new Error(`${(error as Error).message}; heard last: ${last?.voices || "silence"} (${last?.levels.map(Math.round).join(", ")} dB)`, { cause: error });
    }
  };
  const noChannels = () => until("no call at the PBX", async () => /0 active channels/.test(await pbx.ask("core show channels")), 20_000);
  /** The agent has the client on the line: the page of 1003, which takes the call on its own second line. */
  const talk = async () => {
    await agent.evaluate(() => page.dial("1003"));
    await side(client, "incoming");
    await client.evaluate(() => page.take());
    await phase(agent, "talking");
    await side(client, "talking");
    await hearsOnly(client, "agent");
  };
  const consult = async () => {
    await agent.evaluate(() => page.consult("1002"));
    await side(mate, "incoming");
    await mate.evaluate(() => page.take());
    await side(agent, "talking");
    await hearsOnly(mate, "agent");
  };

  it("rings, says who calls, is answered, and heard both ways; the end is on record", async () => {
    await client.evaluate(() => page.dial("1001"));
    await side(agent, "incoming");
    expect(await agent.evaluate(() => page.callers)).toMatchObject([{ number: "1003" }]);
    await agent.evaluate(() => page.take());
    await side(agent, "talking");
    await phase(client, "talking");
    await Promise.all([hearsOnly(agent, "client"), hearsOnly(client, "agent")]);
    await client.evaluate(() => page.hangUp());
    expect(await side(agent, "free")).toMatchObject({ last: { why: "clientHungUp" } });
    expect(await facts(agent)).toEqual(["side.rang", "side.answered", "side.ended clientHungUp"]);
    await noChannels();
  });

  it("is rejected, missed, and turned away, each with its own word on both sides", async () => {
    await client.evaluate(() => page.dial("1001"));
    await side(agent, "incoming");
    await agent.evaluate(() => page.reject());
    expect((await phase(client, "ended")).why).toBe("busy");
    await client.evaluate(() => page.dial("1001"));
    await side(agent, "incoming");
    await client.evaluate(() => page.hangUp());
    expect(await side(agent, "free")).toMatchObject({ last: { why: "missed" } });
    await agent.evaluate(() => page.away(true));
    await client.evaluate(() => page.dial("1001"));
    await phase(client, "ended");
    expect(await facts(agent)).toEqual(["side.rang", "side.ended rejected", "side.rang", "side.ended missed", "side.rang", "side.ended away"]);
    await noChannels();
  });

  it("knocks while a call is up and leaves that alone; taken, the client waits, and comes back", async () => {
    await talk();
    await mate.evaluate(() => page.dial("1001"));
    await side(agent, "incoming");
    await hearsOnly(client, "agent");
    await agent.evaluate(() => page.take());
    await Promise.all([phase(mate, "talking"), hearsOnly(mate, "agent")]);
    expect(await hears(client)).not.toContain("agent");
    await agent.evaluate(() => page.hangUp());
    await phase(mate, "ended");
    await hearsOnly(client, "agent");
    expect((await agent.evaluate(() => page.state())).phase).toBe("talking");
  });

  it("asks a colleague while the client hears nothing of it, swaps, and comes back to the client", async () => {
    await talk();
    await consult();
    expect(await hears(client)).not.toMatch(/agent|mate/);
    await agent.evaluate(() => page.swap());
    await hearsOnly(client, "agent");
    expect(await hears(mate)).not.toMatch(/agent|client/);
    await agent.evaluate(() => page.swap());
    await hearsOnly(mate, "agent");
    await agent.evaluate(() => page.back());
    await Promise.all([side(mate, "free"), hearsOnly(client, "agent")]);
    await agent.evaluate(() => page.hangUp());
    await noChannels();
  });

  it("passes the client on after asking: the two hear each other, we are gone, and so says the PBX", async () => {
    await talk();
    await consult();
    await agent.evaluate(() => page.attended());
    expect((await phase(agent, "ended")).why).toBe("transferred");
    await Promise.all([hearsOnly(client, "mate"), hearsOnly(mate, "client")]);
    await until("two channels", async () => /2 active channels/.test(await pbx.ask("core show channels")));
    expect(await facts(agent)).toEqual(expect.arrayContaining(["call.transferred", "side.ended transferred", "call.ended transferred"]));
    await client.evaluate(() => page.hangUp());
    await side(mate, "free");
    await noChannels();
  });

  it("passes the client on without asking, and has the client back when there is nobody", async () => {
    await talk();
    await agent.evaluate(() => page.blind("4711"));
    await until("the refusal", async () => (await agent.evaluate(() => page.lines().failed?.status)) !== undefined, 60_000);
    await hearsOnly(client, "agent");
    await agent.evaluate(() => page.blind("601"));
    expect((await phase(agent, "ended")).why).toBe("transferred");
    await hearsOnly(client, "milliwatt");
    await client.evaluate(() => page.hangUp());
    await noChannels();
  });

  it("joins the two lines: each hears both others; leaving it, and one end hanging up, leave the rest as they should be", async () => {
    await talk();
    await consult();
    await agent.evaluate(() => page.join(true));
    await Promise.all([hearsOnly(client, "agent+mate"), hearsOnly(mate, "agent+client"), hearsOnly(agent, "mate+client")]);
    await agent.evaluate(() => page.mute(true));
    await Promise.all([hearsOnly(client, "mate"), hearsOnly(agent, "mate+client")]);
    await agent.evaluate(() => page.mute(false));
    await agent.evaluate(() => page.join(false));
    await hearsOnly(client, "agent");
    expect(await hears(mate)).not.toMatch(/agent|client/);
    await agent.evaluate(() => page.join(true));
    await hearsOnly(client, "agent+mate");
    await mate.evaluate(() => page.hangUp());
    await side(agent, "free");
    await hearsOnly(client, "agent");
    await agent.evaluate(() => page.hangUp());
    await noChannels();
  });

  it("stays right when messages cross: the client goes while we ask, the colleague refuses, both go at once", async () => {
    await talk();
    await agent.evaluate(() => page.consult("1002"));
    await side(mate, "incoming");
    await mate.evaluate(() => page.reject());
    expect(await side(agent, "free")).toMatchObject({ last: { why: "busy" } });
    await hearsOnly(client, "agent");
    await consult();
    await client.evaluate(() => page.hangUp());
    expect((await phase(agent, "ended")).why).toBe("clientHungUp");
    await hearsOnly(mate, "agent");
    await agent.evaluate(() => page.hangUp());
    await side(mate, "free");
    await talk();
    await consult();
    await Promise.all([client.evaluate(() => page.hangUp()), mate.evaluate(() => page.hangUp()), agent.evaluate(() => page.attended())]);
    await Promise.all([phase(agent, "ended"), side(agent, "free")]);
    await noChannels();
    expect(await agent.evaluate(() => page.openConnections())).toBeLessThanOrEqual(1);
  });
});
