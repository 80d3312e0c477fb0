/** The phone behind a FreeSWITCH with the configuration that docs/freeswitch.md gives to people. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { plainDialing, type DialPlan } from "#domain/phone/dialPlan.ts";
import { checkServer } from "#server/phone/check/checkServer.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { customers, hasFreeSwitch, startFreeSwitch, type FreeSwitch } from "#test/kit/freeswitch.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { until } from "#test/kit/until.ts";
import type { FarPage } from "./pages/farPage.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";
import { MINE, openDesk } from "./phone.desk.ts";

declare const page: PhonePage & FarPage;

/** Hertz: the customer behind the provider, a colleague's telephone that nobody here wrote, a second desk of ours. */
const [CUSTOMER, MATE, CLIENT] = [700, 1130, 1500];

describe.skipIf(!hasFreeSwitch)("the FreeSWITCH of docs/freeswitch.md (skipped: not installed)", () => {
  let pbx: FreeSwitch;
  let wire: Wire;
  let browser: Browser;
  let served: ServedPage[];
  let desk: Page;
  let sip: string[];
  const problems: string[] = [];
  const opened: Page[] = [];

  const account = (line: string, plan: Partial<DialPlan> = {}, server = pbx.server) => {
    const own = { server, uri: `sip:${line}@${pbx.domain}`, username: line, password: pbx.passwordOf(line) };
    return { ...own, iceServers: [], practice: own, dialPlan: { ...plainDialing, ...plan } };
  };
  const open = async (line: string, tone: number, plan?: Partial<DialPlan>, server?: string): Promise<Page> => {
    const made = await openDesk(browser, served[0] as ServedPage, account(line, plan, server), tone, (each) => {
      each.on("pageerror", (error) => problems.push(error.message));
      if (line === "101") each.on("websocket", (socket) => {
        socket.on("framesent", ({ payload }) => sip.push(`> ${String(payload)}`));
        socket.on("framereceived", ({ payload }) => sip.push(`< ${String(payload)}`));
      });
    });
    opened.push(made);
    return made;
  };
  const far = async (line: string, tone: number): Promise<Page> => {
    const made = await (await browser.newContext()).newPage();
    await made.goto(served[1]?.url ?? "");
    await made.evaluate(([given, pitch]) => page.start(given, pitch), [account(line), tone] as const);
    opened.push(made);
    return made;
  };

  beforeAll(async () => {
    [pbx, browser, served] = await Promise.all([startFreeSwitch(), openBrowser(), Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")])]);
    wire = await openWire(Number(new URL(pbx.server).port));
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all((served ?? []).map((each) => each.close()));
    await wire?.close();
    await pbx?.stop();
  });
  beforeEach(async () => {
    sip = [];
    desk = await open("101", MINE);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) {
      await each.evaluate(async () => { if ((page as Partial<PhonePage>).phone) { page.hangUp(); await page.phone.stop(); } });
      await each.context().close();
    }
    await pbx.ask("hupall NORMAL_CLEARING");
    expect(problems.splice(0)).toEqual([]);
  });

  const state = (who = desk) => who.evaluate(() => page.state());
  const phase = (wanted: string, who = desk) => until(`phase ${wanted}`, async () => { const call = await state(who); return call.phase === wanted && (call as { why?: string }); }, 20_000);
  const side = (who: Page, wanted: string) => until(`second line ${wanted}`, async () => { const { side: now } = await who.evaluate(() => page.lines()); return now.phase === wanted && (now as { last?: { why: string } }); }, 20_000);
  const dial = async (number: string, who = desk) => {
    await who.evaluate((to) => page.dial(to), number);
    await phase("talking", who);
  };
  const loud = async (who: Page, tone: number) => Math.max(-200, ...(await who.evaluate(async (asked) => {
    // The far page knows of one call only.
    const all = typeof (page as Partial<PhonePage>).hearsAll === "function" ? await page.hearsAll([asked], 400) : [(await page.hears([asked], 400)) ?? {}];
    return all.map((each) => each[asked] ?? -200);
  }, tone)));
  const hears = (who: Page, tone: number) => until(`${tone} Hz`, async () => (await loud(who, tone)) > -40, 20_000);
  const silent = (who: Page, tone: number) => until(`no ${tone} Hz`, async () => (await loud(who, tone)) < -60, 20_000);
  const quiet = () => until("no call at the PBX", async () => /^0 total/m.test(await pbx.ask("show channels count")), 20_000);

  it("calls out with sound both ways, holds, and comes back", async () => {
    await dial(customers.tone);
    await hears(desk, CUSTOMER);
    await desk.evaluate(() => page.hangUp());
    await quiet();
    await dial(customers.echo);
    await hears(desk, MINE);
    await desk.evaluate(() => page.hold(true));
    await until("held", async () => { const now = await state(); return now.phase === "talking" && now.hold === "held"; });
    await silent(desk, MINE);
    await desk.evaluate(() => page.hold(false));
    await until("back", async () => { const now = await state(); return now.phase === "talking" && now.hold === "none"; });
    await hears(desk, MINE);
    // Taken back at once, while the exchange still puts it through.
    for (let times = 0; times < 3; times++) {
      await desk.evaluate(() => page.hold(true));
      await until("held", async () => { const now = await state(); return now.phase === "talking" && now.hold === "held"; });
      await desk.evaluate(() => page.hold(false));
      await until("back", async () => { const now = await state(); return now.phase === "talking" && now.hold === "none"; });
      await hears(desk, MINE);
    }
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("plays early media, and the answer after it", async () => {
    await desk.evaluate((to) => page.dial(to), customers.early);
    await until("early media", async () => { const now = await state(); return now.phase === "ringing" && now.early; });
    await hears(desk, 440);
    await phase("talking");
    await hears(desk, CUSTOMER);
  });

  it.each([[customers.busy, "busy"], [customers.wrong, "wrongNumber"], [customers.silent, "noAnswer"], [customers.declines, "declined"], ["4711", "noRoute"]] as const)("ends a call to %s as %s", async (number, why) => {
    await desk.evaluate((to) => page.dial(to), number);
    expect((await phase("ended")).why).toBe(why);
    await quiet();
  });

  it("notices that the customer hangs up, and the record of the exchange agrees", async () => {
    const before = pbx.records().length;
    await dial(customers.leaves);
    expect((await phase("ended")).why).toBe("clientHungUp");
    const record = await until("the record", () => pbx.records().slice(before).find((each) => each.includes(`"101","${customers.leaves}","sufler"`)));
    const [, seconds] = /,"(\d+)","NORMAL_CLEARING",/.exec(record) ?? [];
    const talked = await desk.evaluate(() => {
      const at = (type: string) => page.signals.find((signal) => signal.type === type && "at" in signal) as { at: number } | undefined;
      return (at("lineEnded")?.at ?? 0) - (at("answered")?.at ?? 0);
    });
    // The record counts whole seconds of the clock.
    expect(Math.abs(talked / 1000 - Number(seconds))).toBeLessThanOrEqual(1);
  });

  it.each(["rfc4733", "info"] as const)("sends digits by %s", async (tones) => {
    const other = await open("103", MINE, { tones });
    await dial(customers.digits, other);
    await other.waitForTimeout(500);
    await other.evaluate(() => { for (const digit of "4071") page.phone.tone(digit); });
    await until("the digits", async () => (await pbx.ask("global_getvar digits")).trim() === "4071");
    await pbx.ask("global_setvar digits=none");
  });

  it.each(["from", "asserted", "preferred"] as const)("shows the number of the campaign, %s", async (shows) => {
    const other = await open("103", MINE, { shows, callers: { c: "74950000001" } });
    await dial(customers.notes, other);
    await until("the caller", async () => (await pbx.ask("global_getvar caller")).trim() === "74950000001");
    await pbx.ask("global_setvar caller=none");
  });

  it("calls a colleague's telephone with both voices, and hears the goodbye", async () => {
    const mate = await far("102", MATE);
    await dial("102");
    await hears(desk, MATE);
    await hears(mate, MINE);
    await mate.evaluate(() => page.hangUp());
    expect((await phase("ended")).why).toBe("clientHungUp");
    await quiet();
  });

  it("is called, says who calls, and speaks both ways", async () => {
    const client = await open("103", CLIENT);
    await client.evaluate(() => page.dial("101"));
    await side(desk, "incoming");
    expect(await desk.evaluate(() => page.callers)).toMatchObject([{ number: "103" }]);
    await desk.evaluate(() => page.take());
    await side(desk, "talking");
    await hears(desk, CLIENT);
    await hears(client, MINE);
    await client.evaluate(() => page.hangUp());
    expect(await side(desk, "free")).toMatchObject({ last: { why: "clientHungUp" } });
    await quiet();
  });

  it("rejects, and is missed", async () => {
    const client = await open("103", CLIENT);
    await client.evaluate(() => page.dial("101"));
    await side(desk, "incoming");
    await desk.evaluate(() => page.reject());
    expect((await phase("ended", client)).why).toBe("busy");
    await client.evaluate(() => page.dial("101"));
    await side(desk, "incoming");
    await client.evaluate(() => page.hangUp());
    expect(await side(desk, "free")).toMatchObject({ last: { why: "missed" } });
    await quiet();
  });

  it("hands the customer on after asking", async () => {
    const mate = await far("102", MATE);
    const client = await open("103", CLIENT);
    await desk.evaluate(() => page.dial("103"));
    await side(client, "incoming");
    await client.evaluate(() => page.take());
    await phase("talking");
    await desk.evaluate(() => page.consult("102"));
    await side(desk, "talking");
    await hears(mate, MINE);
    await desk.evaluate(() => page.attended());
    expect((await phase("ended")).why).toBe("transferred");
    await hears(client, MATE);
    await hears(mate, CLIENT);
    await client.evaluate(() => page.hangUp());
    await quiet();
  });

  it("hands a client on without asking, whether it came from a colleague's line or from behind the provider", async () => {
    const mate = await far("102", MATE);
    const client = await open("103", CLIENT);
    await desk.evaluate(() => page.dial("103"));
    await side(client, "incoming");
    await client.evaluate(() => page.take());
    await phase("talking");
    await hears(client, MINE);
    await desk.evaluate(() => page.blind("102"));
    expect((await phase("ended")).why).toBe("transferred");
    await hears(client, MATE);
    await hears(mate, CLIENT);
    await client.evaluate(() => page.hangUp());
    await quiet();

    await dial(customers.tone);
    await hears(desk, CUSTOMER);
    // Whom nobody takes comes back.
    for (const [nobody, status] of [["4711", 403], [customers.busy, 486], [customers.silent, 480]] as const) {
      await desk.evaluate((to) => page.blind(to), nobody);
      expect(await until("the refusal", () => desk.evaluate(() => page.lines().failed))).toMatchObject({ how: "blind", status });
      await hears(desk, CUSTOMER);
    }
    await desk.evaluate(() => page.blind("102"));
    expect((await phase("ended")).why).toBe("transferred");
    await hears(mate, CUSTOMER);
    await mate.evaluate(() => page.hangUp());
    await quiet();
  });

  it("joins the customer and a colleague", async () => {
    const mate = await far("102", MATE);
    await dial(customers.echo);
    await desk.evaluate(() => page.consult("102"));
    await side(desk, "talking");
    await hears(mate, MINE);
    await desk.evaluate(() => page.join(true));
    await hears(desk, MATE);
    await desk.evaluate(() => page.back());
    await side(desk, "free");
    await hears(desk, MINE);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("[P8] takes its call back after a reload", async () => {
    const mate = await far("102", MATE);
    await dial("102");
    await hears(mate, MINE);
    await mate.evaluate((tone) => page.watch(tone), MINE);
    await desk.reload();
    await desk.evaluate((given) => page.reopen(given), account("101"));
    await phase("talking");
    await hears(desk, MATE);
    await hears(mate, MINE);
    const silence = await mate.evaluate(() => page.longestSilence());
    console.log(`the colleague heard nothing for ${silence} ms`);
    expect((await desk.evaluate(() => page.facts)).map(({ kind }) => kind)).toEqual(["call.takenBack"]);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("[P8] takes a customer behind the provider back after a reload", async () => {
    await dial(customers.tone);
    await hears(desk, CUSTOMER);
    await desk.reload();
    await desk.evaluate((given) => page.reopen(given), account("101"));
    await phase("talking");
    await hears(desk, CUSTOMER);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("keeps the call when the socket is cut, and holds and hangs up over the next one", async () => {
    const other = await open("103", MINE, {}, `ws://127.0.0.1:${wire.port}/`);
    await dial(customers.echo, other);
    await hears(other, MINE);
    wire.cut();
    await until("the line to be gone", () => other.evaluate(() => page.phone.line.getState().state !== "ready"));
    await hears(other, MINE);
    wire.mend();
    await until("the line again", () => other.evaluate(() => page.phone.line.getState().state === "ready"));
    expect((await state(other)).phase).toBe("talking");
    await other.evaluate(() => page.hold(true));
    await until("held", async () => { const now = await state(other); return now.phase === "talking" && now.hold === "held"; });
    await other.evaluate(() => page.hold(false));
    await until("back", async () => { const now = await state(other); return now.phase === "talking" && now.hold === "none"; });
    await hears(other, MINE);
    await other.evaluate(() => page.hangUp());
    await quiet();
  });

  // This exchange sends what it has to say in a call to the socket with which the call began, whatever we tell it since.
  it("finds out that the other side has gone after the socket was cut, and while it was", async () => {
    const mate = await far("102", MATE);
    const other = await open("103", MINE, {}, `ws://127.0.0.1:${wire.port}/`);
    await dial("102", other);
    await hears(other, MATE);
    wire.cut();
    await until("the line to be gone", () => other.evaluate(() => page.phone.line.getState().state !== "ready"));
    wire.mend();
    await until("the line again", () => other.evaluate(() => page.phone.line.getState().state === "ready"));
    await hears(other, MATE);
    await mate.evaluate(() => page.hangUp());
    expect((await phase("ended", other)).why).toBe("cutOff");
    await quiet();

    await dial("102", other);
    await hears(other, MATE);
    wire.cut();
    await until("the line to be gone", () => other.evaluate(() => page.phone.line.getState().state !== "ready"));
    await mate.evaluate(() => page.hangUp());
    await quiet();
    wire.mend();
    expect((await phase("ended", other)).why).toBe("cutOff");
  });

  it("hears a second caller knock, speaks with each, and takes the call of a caller back after a reload", async () => {
    const mate = await far("102", MATE);
    await dial(customers.echo);
    await hears(desk, MINE);
    await mate.evaluate((to) => page.call(to), `sip:101@${pbx.domain}`);
    await side(desk, "incoming");
    await desk.evaluate(() => page.take());
    await side(desk, "talking");
    await hears(mate, MINE);
    await desk.evaluate(() => page.back());
    await side(desk, "free");
    await hears(desk, MINE);
    await desk.evaluate(() => page.hangUp());
    await quiet();

    await mate.evaluate((to) => page.call(to), `sip:101@${pbx.domain}`);
    await side(desk, "incoming");
    await desk.evaluate(() => page.take());
    await side(desk, "talking");
    await hears(mate, MINE);
    await desk.reload();
    await desk.evaluate((given) => page.reopen(given), account("101"));
    await side(desk, "talking");
    await hears(desk, MATE);
    await hears(mate, MINE);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("goes on with a call that the exchange confirms every minute", async () => {
    const mate = await far("102", MATE);
    await mate.evaluate((to) => page.call(to), `sip:101@${pbx.domain}`);
    await side(desk, "incoming");
    await desk.evaluate(() => page.take());
    await side(desk, "talking");
    const before = sip.length;
    const refresh = await until("the exchange's refresh", () => sip.slice(before).find((each) => /^< (?:INVITE|UPDATE) /.test(each)), 90_000);
    const [, cseq = ""] = /CSeq: (.*)\r/.exec(refresh) ?? [];
    await until("the answer to it", () => sip.slice(before).find((each) => each.startsWith("> SIP/2.0 200") && each.includes(`CSeq: ${cseq}\r`)));
    await hears(desk, MATE);
    await hears(mate, MINE);
    await desk.evaluate(() => page.hangUp());
    await quiet();
  });

  it("passes the server's test, and names a wrong password", async () => {
    const test = async (password: string) => (await checkServer({ server: pbx.server, domain: pbx.domain, line: { username: "101", password }, origin: "http://127.0.0.1", now: Date.now() })).steps.at(-1);
    expect(await test(pbx.passwordOf("101"))).toEqual({ step: "register", ok: true, algorithm: "MD5" });
    expect(await test("wrong")).toMatchObject({ step: "register", ok: false, fault: "forbidden" });
  });

  it("registers by SHA-256 where the exchange offers it, and lets go of a line whose browser is no more", async () => {
    const strict = await startFreeSwitch((file, text) => (file === "sip_profiles/sufler.xml" ? text.replace("<settings>", '<settings><param name="rfc8760-auth-algorithms" value="SHA-256,MD5"/>')
      : file === "directory/sufler.xml" ? text.replace('"60000"', '"4000"') : text));
    try {
      const own = { server: strict.server, uri: `sip:101@${strict.domain}`, username: "101", password: strict.passwordOf("101") };
      expect((await checkServer({ ...own, domain: strict.domain, line: own, origin: "http://127.0.0.1", now: Date.now() })).steps.at(-1)).toEqual({ step: "register", ok: true, algorithm: "SHA-256" });
      const other = await openDesk(browser, served[0] as ServedPage, { ...own, iceServers: [], practice: own });
      await dial(customers.tone, other);
      await hears(other, CUSTOMER);
      await other.context().close();
      await until("the line to be free", async () => /^0 total/m.test(await strict.ask("show channels count")), 30_000);
    } finally {
      await strict.stop();
    }
  });
});
