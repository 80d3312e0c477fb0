import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iceServersFor } from "#server/phone/account.ts";
import { lineSecret } from "#server/switch/switch.ts";
import type { PhoneAccount } from "#wire/api.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { hasTurn, startTurn, type TurnServer } from "#test/kit/turn.ts";
import { until } from "#test/kit/until.ts";
import { domain, openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import { freePort } from "#test/kit/port.ts";
import type { CheckPage } from "./pages/checkPage.ts";
import type { FarPage } from "./pages/farPage.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage & FarPage & CheckPage;
declare global { interface Window { account?: () => Promise<PhoneAccount> } }

const CUSTOMER = "+79995550102";

/** A desk whose sound has no way but the relay, as behind a firewall. */
describe.skipIf(!hasTurn)("a call through TURN alone (skipped: no coturn)", () => {
  let turn: TurnServer;
  let bed: Bed;
  let browser: Browser;
  let served: ServedPage[];
  let asked = 0;

  const account = (secret: string, iceSeconds: number): PhoneAccount => {
    const own = { server: bed.url, uri: `sip:agent1@${domain}`, username: "agent1", password: passwordOf("agent1") };
    asked += 1;
    return { ...own, practice: own, iceSeconds, iceServers: iceServersFor({ servers: [], turn: { urls: [turn.url], secret } }, "agent1", Date.now()) };
  };
  const openDesk = async (secret: string, iceSeconds = 43_200): Promise<Page> => {
    const desk = await (await browser.newContext()).newPage();
    await desk.exposeFunction("account", () => account(secret, iceSeconds));
    await desk.goto(`${served[0]?.url ?? ""}?tone=450&relay`);
    await desk.evaluate(() => { page.phone.start(() => (window.account ?? (() => Promise.reject(new Error("no account"))))()); });
    await until("the registration", () => desk.evaluate(() => page.phone.line.getState().state === "ready"));
    return desk;
  };
  const phase = (desk: Page): Promise<string> => desk.evaluate(() => page.state().phase);
  const loud = async (who: Page, tone: number): Promise<boolean> => ((await who.evaluate((one) => page.hears([one]), tone))?.[tone] ?? -200) > -40;

  beforeAll(async () => {
    bed = await openBed({ findLine: async (user) => lineSecret(user, domain, passwordOf(user)) });
    [turn, browser, served] = await Promise.all([startTurn("north"), openBrowser(), Promise.all([servePage("phonePage.ts"), servePage("farPage.ts"), servePage("checkPage.ts")])]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all((served ?? []).map((each) => each.close()));
    await turn?.stop();
    await bed?.stop();
  });

  it("carries both voices, with a password made from the shared secret", async () => {
    const customer = await (await browser.newContext()).newPage();
    await customer.goto(served[1]?.url ?? "");
    await customer.evaluate(([given, tone]) => page.start(given, tone), [{ server: bed.url, uri: `sip:${CUSTOMER}@${domain}`, username: CUSTOMER, password: passwordOf(CUSTOMER) }, 1130] as const);
    const desk = await openDesk("north");
    await desk.evaluate((to) => page.dial(to), CUSTOMER);
    await until("the customer's voice", async () => (await phase(desk)) === "talking" && loud(desk, 1130));
    await until("the agent's voice", () => loud(customer, 450));
    expect(await desk.evaluate(() => page.way())).toBe("relay");
    await desk.evaluate(() => page.hangUp());
    await desk.context().close();

    // A relay that knows another secret: told before the call, and nobody is left on a silent line.
    const refused = await openDesk("south");
    await refused.evaluate(() => page.phone.prepare());
    await until("the relay's refusal", () => refused.evaluate(() => page.phone.relay.getState() === "refused"));
    await refused.evaluate((to) => page.dial(to), CUSTOMER);
    await until("the end", async () => (await phase(refused)) === "ended");
    expect(await refused.evaluate(() => page.state())).toMatchObject({ why: "mediaFailed" });
    await refused.context().close();
  });

  it("asks for a new password when half of the old one's life is over", async () => {
    const before = asked;
    const desk = await openDesk("north", 2);
    await desk.evaluate(() => page.phone.prepare());
    await until("three more accounts", () => asked - before >= 4);
    expect(await desk.evaluate(() => page.phone.line.getState().state)).toBe("ready");
    await desk.context().close();
  });

  it("is told apart by the browser's own test: a relay that works, one that refuses us, one that is not there", async () => {
    const looking = await (await browser.newContext()).newPage();
    await looking.goto(served[2]?.url ?? "");
    const ice = (secret: string, url = turn.url) => iceServersFor({ servers: [], turn: { urls: [url], secret } }, "admin", Date.now());
    const closed = `ws://127.0.0.1:${await freePort()}/sip`;
    const check = (servers: readonly string[], iceServers: unknown) => looking.evaluate(([at, via]) => page.checkBrowser(at, via as RTCIceServer[]), [servers, iceServers] as const);
    expect(await check([bed.url, closed], ice("north"))).toEqual([
      { what: "microphone", ok: true }, { what: "socket", server: bed.url, ok: true }, { what: "socket", server: closed, ok: false, fault: "closed" }, { what: "media", ok: true }, { what: "relay", ok: true },
    ]);
    expect((await check([], ice("south"))).at(-1)).toEqual({ what: "relay", ok: false, fault: "refused" });
    expect((await check([], ice("north", `turn:127.0.0.1:${await freePort()}`))).at(-1)).toEqual({ what: "relay", ok: false, fault: "unreachable" });
    expect((await check([], [])).at(-1)).toEqual({ what: "media", ok: true });
  });
});
