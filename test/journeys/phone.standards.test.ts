import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDialing, type DialPlan } from "#domain/phone/dialPlan.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";
import { hearing, openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

/** Every session is timed, and longer than we ask for at first; ringing is confirmed, and who calls is believed. */
const SETTINGS = "dtmf_mode=auto\ntimers=always\ntimers_min_se=2000\ntimers_sess_expires=3600\n100rel=peer_supported\ntrust_id_inbound=yes\nidentify_by=auth_username,username\nmoh_passthrough=yes";

describe.skipIf(!hasPbx)("the phone on Asterisk, by the letter of the standards (skipped: no PBX)", () => {
  let pbx: Pbx;
  let served: ServedPage;
  let browser: Browser;

  beforeAll(async () => {
    [pbx, served, browser] = await Promise.all([startPbx(SETTINGS), servePage("phonePage.ts"), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    await pbx.stop();
  });

  /** A desk, and every SIP message that it sends and gets. */
  async function open(plan: Partial<DialPlan> = {}): Promise<{ desk: Page; sip: string[] }> {
    const sip: string[] = [];
    const desk = await openDesk(browser, served, { ...pbx.account("1001"), dialPlan: { ...plainDialing, ...plan } }, undefined, (made) => {
      made.on("websocket", (socket) => {
        socket.on("framesent", ({ payload }) => sip.push(`> ${String(payload)}`));
        socket.on("framereceived", ({ payload }) => sip.push(`< ${String(payload)}`));
      });
    });
    return { desk, sip };
  }
  const phase = (desk: Page, wanted: string) => until(`phase ${wanted}`, async () => {
    const call = await desk.evaluate(() => page.state());
    return call.phase === wanted && (call as { why?: string });
  });
  async function close(desk: Page): Promise<void> {
    await desk.evaluate(async () => { page.hangUp(); await page.phone.stop(); });
    await desk.context().close();
  }

  it("agrees on a session timer with a PBX that asks for a longer one, refreshes in half of its time, and the call goes on", async () => {
    const { desk, sip } = await open();
    await desk.clock.install();
    await desk.evaluate(() => page.dial("600"));
    await phase(desk, "talking");
    const agreed = sip.find((each) => each.startsWith("< SIP/2.0 200") && /Session-Expires/i.test(each)) ?? "";
    expect(/Session-Expires: *(.*)\r/i.exec(agreed)?.[1]).toBe("2000;refresher=uac");
    expect(sip.filter((each) => each.startsWith("< SIP/2.0 422"))).toHaveLength(1);
    const before = sip.length;
    await desk.clock.fastForward(1_001_000);
    const refresh = await until("the refresh", () => sip.slice(before).find((each) => /^> (?:UPDATE|INVITE) /.test(each)));
    expect(refresh).toMatch(/Session-Expires: 2000;refresher=uac/);
    await until("its answer", () => sip.slice(before).find((each) => each.startsWith("< SIP/2.0 200") && /Session-Expires/i.test(each)));
    expect((await desk.evaluate(() => page.state())).phase).toBe("talking");
    await close(desk);
  });

  it("is put on hold by the far side, and says so, and is taken back", async () => {
    const { desk, sip } = await open();
    const far = await openDesk(browser, served, pbx.account("1002"), 700);
    await far.evaluate(() => page.dial("1001"));
    await until("the ringing", () => desk.evaluate(() => page.lines().side.phase === "incoming"));
    await desk.evaluate(() => page.take());
    await phase(far, "talking");
    const before = sip.length;
    await far.evaluate(() => page.hold(true));
    await until("the hold here", () => desk.evaluate(() => page.lines().heldBy.side));
    expect(sip.slice(before).find((each) => each.startsWith("< INVITE"))).toMatch(/^a=(?:sendonly|inactive)\r?$/m);
    expect(sip.slice(before).find((each) => each.startsWith("> SIP/2.0 200"))).toMatch(/^a=(?:recvonly|inactive)\r?$/m);
    await far.evaluate(() => page.hold(false));
    await until("no hold here", () => desk.evaluate(() => !page.lines().heldBy.side));
    await until("the far voice again", async () => (await desk.evaluate(() => page.hearsAll([700]))).some((each) => (each[700] ?? -200) > -40));
    await close(far);
    await close(desk);
  });

  it("confirms early media with PRACK", async () => {
    const { desk, sip } = await open();
    await pbx.ask("dialplan set global MAY_ANSWER yes");
    await desk.evaluate(() => page.dial("617"));
    await phase(desk, "talking");
    expect(sip.some((each) => each.startsWith("> PRACK "))).toBe(true);
    expect(sip.some((each) => each.startsWith("< SIP/2.0 200") && /CSeq: \d+ PRACK/.test(each))).toBe(true);
    await close(desk);
  });

  it.each(["rfc4733", "info"] as const)("dials an extension after the answer, by %s", async (tones) => {
    const { desk, sip } = await open({ tones });
    await desk.evaluate(() => page.dial("606;ext=40,71"));
    await until("the digits at the PBX", async () => /LAST_DIGITS=4071/.test(await pbx.ask("dialplan show globals")));
    await pbx.ask("dialplan set global LAST_DIGITS none");
    expect(sip.filter((each) => each.startsWith("> INFO ")).length >= 4).toBe(tones === "info");
    await close(desk);
  });

  it.each(["from", "asserted", "preferred"] as const)("shows the number of the campaign, %s", async (shows) => {
    const { desk, sip } = await open({ shows, callers: { c: "74950000001" } });
    await desk.evaluate(() => page.dial("618"));
    await phase(desk, "talking");
    // Asterisk believes From and P-Asserted-Identity; a wish (P-Preferred-Identity) is for a proxy before it.
    if (shows === "preferred") expect(sip.find((each) => each.startsWith("> INVITE"))).toMatch(/P-Preferred-Identity: <sip:74950000001@127\.0\.0\.1>/);
    else await until("the caller at the PBX", async () => /LAST_CALLER=74950000001/.test(await pbx.ask("dialplan show globals")));
    await pbx.ask("dialplan set global LAST_CALLER none");
    await close(desk);
  });

  it("follows a redirection, tells one that leads round, and a telephone that is switched off", async () => {
    const { desk } = await open();
    await desk.evaluate(() => page.dial("619"));
    await phase(desk, "talking");
    await hearing(desk, 1004);
    await desk.evaluate(() => page.hangUp());
    await desk.evaluate(() => page.dial("620"));
    expect((await phase(desk, "ended")).why).toBe("loop");
    await desk.evaluate(() => page.dial("621"));
    expect((await phase(desk, "ended")).why).toBe("unavailable");
    await close(desk);
  });
});
