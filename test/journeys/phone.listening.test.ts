import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Person } from "#domain/base/campaign.ts";
import type { Connection } from "#server/live/connection.ts";
import { createListening, type Listening as ServerListening } from "#server/monitoring/listening.ts";
import type { ToClient, ToServer } from "#wire/live.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import { until } from "#test/kit/until.ts";
import type { FarPage } from "./pages/farPage.ts";
import type { LeadPage } from "./pages/leadPage.ts";
import { hearing, MINE, openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage & FarPage & LeadPage;

const CLIENT = 700;
const HEARD = -40;
const SILENT = -60;

describe("a lead who listens to a call through the embedded switch, to a client on JsSIP", () => {
  let bed: Bed;
  let browser: Browser;
  let served: ServedPage[];
  let desk: Page;
  let far: Page;
  let server: ServerListening;
  const told: string[] = [];

  const account = (user: string) => ({ server: bed.url, uri: `sip:${user}@sufler.test`, username: user, password: passwordOf(user) });
  const person = (id: string, role: Person["role"]): Person => ({ id, role, team: "t", name: id, email: `${id}@demo.example` } as unknown as Person);
  const connectionOf = (id: string, role: Person["role"], at: Page): Connection => ({
    id, session: id, person: person(id, role), device: id, phone: undefined, quality: undefined, poke: () => undefined, close: () => undefined,
    send(message: ToClient) {
      told.push(`${id} ${message.t}`);
      void at.evaluate((each) => page.live.deliver(each), message).catch(() => undefined);
    },
  });

  beforeAll(async () => {
    bed = await openBed();
    served = await Promise.all([servePage("phonePage.ts"), servePage("farPage.ts"), servePage("leadPage.ts")]);
    browser = await openBrowser();
    far = await (await browser.newContext()).newPage();
    await far.goto(served[1]?.url ?? "");
    await far.evaluate(([given, tone]) => page.start(given as never, tone as never), [account("agent2"), CLIENT] as const);
    const own = account("agent1");
    desk = await openDesk(browser, served[0] as ServedPage, { ...own, iceServers: [], practice: own });
    const deskSide = connectionOf("agent1", "agent", desk);
    await desk.exposeFunction("toServer", (message: ToServer) => { if (listens(message)) server.said(deskSide, message); });
    server = createListening({
      desksOf: (id) => (id === "agent1" ? [deskSide] : []),
      person: (id) => Promise.resolve(person(id, id.startsWith("agent") ? "agent" : "lead")),
      started: () => Promise.resolve(), ended: () => Promise.resolve(), trouble: (what, error) => { throw new Error(what, { cause: error }); },
    });
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all(served.map((each) => each.close()));
    await bed.stop();
  });
  beforeEach(() => { told.length = 0; });

  async function openLead(id: string): Promise<Page> {
    const lead = await (await browser.newContext()).newPage();
    await lead.goto(served[2]?.url ?? "");
    const side = connectionOf(id, "lead", lead);
    await lead.exposeFunction("toServer", (message: ToServer) => { if (listens(message)) server.said(side, message); });
    return lead;
  }
  const phaseOf = (lead: Page) => lead.evaluate(() => page.ear.state.getState());
  const listening = async (lead: Page) => {
    await lead.evaluate(() => page.ear.listen("agent1"));
    await until("the lead hears", async () => (await phaseOf(lead)).phase === "hearing");
  };
  const call = async () => {
    await desk.evaluate(() => page.dial("agent2"));
    await until("the answer", async () => (await desk.evaluate(() => page.state())).phase === "talking");
  };
  const hangUp = async () => {
    await desk.evaluate(() => page.hangUp());
    await until("the client's end", async () => (await far.evaluate(() => page.events.at(-1))) === "ended");
  };

  it("[M1] hears both voices apart while neither agent nor client hears or sees anything, and stops with the call", async () => {
    await call();
    await hearing(desk, CLIENT);
    await hearing(far, MINE);
    const sawBefore = (await far.evaluate(() => page.events)).join();
    const lead = await openLead("lead1");
    await listening(lead);
    expect(await lead.evaluate(() => page.phases)).toEqual(["asking", "connecting", "hearing"]);
    for (const [ear, own, other] of [[0, MINE, CLIENT], [1, CLIENT, MINE]] as const) {
      const heard = await until(`the voice in ear ${ear}`, async () => {
        const tones = await lead.evaluate((which) => page.hears(which, [450, 700]), ear);
        return (tones?.[own] ?? -200) > HEARD && tones;
      });
      expect(heard[other]).toBeLessThan(SILENT);
    }
    await until("levels", () => lead.evaluate(() => { const { agent: a, client: c } = page.ear.levels.getState(); return a > 0.05 && c > 0.05; }));
    // Nothing of it reached the client: same sound, no new event, no new offer.
    expect((await far.evaluate(() => page.events)).join()).toBe(sawBefore);
    expect((await far.evaluate((tone) => page.hears([tone, 700]), MINE))?.[CLIENT]).toBeLessThan(SILENT);
    expect(await lead.evaluate(() => page.askedForMicrophone())).toBe(0);
    await hangUp();
    await until("the end of listening", async () => { const now = await phaseOf(lead); return now.phase === "over" && now.why === "call"; });
    expect(await lead.evaluate(() => page.openConnections())).toBe(0);
    expect(await lead.evaluate(() => page.ear.levels.getState())).toEqual({ agent: 0, client: 0 });
    await until("nothing left at the desk", async () => (await desk.evaluate(() => page.openConnections())) === 0);
    await lead.context().close();
  });

  it("hears what the client hears: nothing while muted, nothing on hold", async () => {
    await call();
    const lead = await openLead("lead1");
    await listening(lead);
    const agentVoice = async () => (await lead.evaluate(() => page.hears(0, [450])))?.[MINE] ?? -200;
    const clientVoice = async () => (await lead.evaluate(() => page.hears(1, [700])))?.[CLIENT] ?? -200;
    await desk.evaluate(() => page.mute(true));
    await until("silence from the muted agent", async () => (await agentVoice()) < SILENT);
    await desk.evaluate(() => page.mute(false));
    await until("the agent again", async () => (await agentVoice()) > HEARD);
    await desk.evaluate(() => page.hold(true));
    await until("silence on hold", async () => (await agentVoice()) < SILENT && (await clientVoice()) < SILENT);
    await desk.evaluate(() => page.hold(false));
    await until("both again", async () => (await agentVoice()) > HEARD && (await clientVoice()) > HEARD);
    await hangUp();
    await lead.context().close();
  });

  it("lets several leads listen; one who leaves disturbs nobody, and the call goes on", async () => {
    await call();
    const [one, two] = [await openLead("lead1"), await openLead("lead2")];
    await Promise.all([listening(one), listening(two)]);
    await one.evaluate(() => page.ear.stop());
    expect((await phaseOf(one)).phase).toBe("off");
    await until("one way less at the desk", async () => (await desk.evaluate(() => page.openConnections())) === 2);
    await until("the client at the other lead", async () => ((await two.evaluate(() => page.hears(1, [700])))?.[CLIENT] ?? -200) > HEARD);
    await hearing(far, MINE);
    // The server is gone for the desk: without its word nobody is sent anything.
    await desk.evaluate(() => page.live.state.setState("waiting", true));
    expect(await desk.evaluate(() => page.openConnections())).toBe(1);
    await desk.evaluate(() => page.live.state.setState("open", true));
    await hangUp();
    await Promise.all([one.context().close(), two.context().close()]);
  });

  it("says why when there is nothing to hear, and when there is no way to it", async () => {
    const lead = await openLead("lead1");
    await lead.evaluate(() => page.ear.listen("agent1"));
    await until("no call", async () => { const now = await phaseOf(lead); return now.phase === "over" && now.why === "call"; });
    await lead.evaluate(() => page.ear.listen("nobody"));
    await until("not allowed", async () => { const now = await phaseOf(lead); return now.phase === "over" && now.why === "notAllowed"; });
    await call();
    // An answer with candidates that lead nowhere: as behind two firewalls.
    await lead.evaluate(() => {
      const send = page.live.send.bind(page.live);
      page.live.send = (message) => send(message.t === "signal"
        ? { ...message, description: { type: "answer", sdp: message.description.sdp.replace(/^a=candidate:.*\r\n/gm, "").replace(/a=ice-pwd:.*/g, "a=ice-pwd:nowhereNowhereNowhere123") } } : message);
    });
    await lead.evaluate(() => page.ear.listen("agent1"));
    await until("no path", async () => { const now = await phaseOf(lead); return now.phase === "over" && now.why === "noPath"; }, 20_000);
    await until("nothing left at the desk", async () => (await desk.evaluate(() => page.openConnections())) === 1);
    await hangUp();
    await lead.context().close();
  });
});

type OfListening = Extract<ToServer, { t: "listen" | "signal" | "unlisten" }>;
const listens = (message: ToServer): message is OfListening => message.t === "listen" || message.t === "signal" || message.t === "unlisten";
