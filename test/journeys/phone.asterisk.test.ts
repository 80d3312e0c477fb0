import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PhoneAccount } from "#wire/api.ts";
import { checkServer } from "#server/phone/check/checkServer.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { startDocumentedPbx, type DocumentedPbx } from "#test/kit/documentedPbx.ts";
import { hasPbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";
import type { FarPage } from "./pages/farPage.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";
import { openDesk } from "./phone.desk.ts";

declare const page: PhonePage & FarPage;

/** A line of a company that has left MD5 behind, and customers who answer with a tone. */
const more = {
  pjsip: "[105](agent)\nauth = 105\naors = 105\n[105](login)\nsupported_algorithms_uas = SHA-256\nusername = 105\npassword = only by SHA-256\n[105](place)\n",
  outside: "exten => +79995550101,1,Answer()\n same => n,Playtones(700)\n same => n,Wait(600)\n",
};

describe.skipIf(!hasPbx)("the Asterisk of docs/asterisk.md (skipped: no PBX)", () => {
  let pbx: DocumentedPbx;
  let browser: Browser;
  let served: ServedPage[];

  const account = (line: string): PhoneAccount => {
    const own = { server: pbx.server, uri: `sip:${line}@${pbx.domain}`, username: line, password: pbx.passwordOf(line) };
    return { ...own, iceServers: [], practice: own };
  };
  const colleague = async (line: string, tone: number): Promise<Page> => {
    const far = await (await browser.newContext()).newPage();
    await far.goto(served[1]?.url ?? "");
    await far.evaluate(([given, pitch]) => page.start(given, pitch), [account(line), tone] as const);
    return far;
  };
  const talkTo = async (desk: Page, number: string): Promise<void> => {
    await desk.evaluate((to) => page.dial(to), number);
    await until(`the answer of ${number}`, async () => (await desk.evaluate(() => page.state())).phase === "talking");
  };
  const heard = async (who: Page, tones: readonly number[]): Promise<Record<number, boolean>> => {
    const loud = (await who.evaluate((asked) => page.hears(asked), tones)) ?? {};
    return Object.fromEntries(tones.map((tone) => [tone, (loud[tone] ?? -200) > -40]));
  };
  const hears = (who: Page, tone: number): Promise<unknown> => until(`the tone of ${tone} Hz`, async () => (await heard(who, [tone]))[tone]);

  beforeAll(async () => {
    [pbx, browser, served] = await Promise.all([startDocumentedPbx(more), openBrowser(), Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")])]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all((served ?? []).map((each) => each.close()));
    await pbx?.stop();
  });

  it("calls out, calls a colleague with both voices, is handed on by the colleague, and is heard by a lead through ChanSpy", async () => {
    const desk = await openDesk(browser, served[0] as ServedPage, account("101"));
    await talkTo(desk, "+79995550101");
    await hears(desk, 700);
    await desk.evaluate(() => page.hangUp());

    const other = await colleague("102", 1130);
    await talkTo(desk, "102");
    await hears(desk, 1130);
    await hears(other, 450);

    const lead = await colleague("110", 300);
    await lead.evaluate((to) => page.call(to), `sip:*222101@${pbx.domain}`);
    await hears(lead, 450);
    await hears(lead, 1130);
    expect(await heard(desk, [300, 1130])).toEqual({ 300: false, 1130: true });

    await other.evaluate((to) => page.transfer(to), `sip:+79995550101@${pbx.domain}`);
    await hears(desk, 700);
    expect((await desk.evaluate(() => page.state())).phase).toBe("talking");
    await desk.evaluate(() => page.hangUp());
    for (const each of [desk, other, lead]) await each.context().close();
  });

  it("registers a phone that the exchange knows by SHA-256 alone, and so does the server's test", async () => {
    const desk = await openDesk(browser, served[0] as ServedPage, account("105"));
    await talkTo(desk, "+79995550101");
    await hears(desk, 700);
    await desk.context().close();
    const line = { username: "105", password: pbx.passwordOf("105") };
    const test = async (given: typeof line) => (await checkServer({ server: pbx.server, domain: pbx.domain, line: given, origin: "http://127.0.0.1", now: Date.now() })).steps.at(-1);
    expect(await test(line)).toEqual({ step: "register", ok: true, algorithm: "SHA-256" });
    expect(await test({ ...line, password: "wrong" })).toMatchObject({ step: "register", ok: false, fault: "wrongPassword" });
    expect(await test({ username: "101", password: pbx.passwordOf("101") })).toEqual({ step: "register", ok: true, algorithm: "MD5" });
  });
});
