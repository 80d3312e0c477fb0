/** The second line on the embedded switch, where REFER, NOTIFY and Replaces pass from end to end, to telephones of JsSIP. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { until } from "#test/kit/until.ts";
import { openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import type { FarPage } from "./pages/farPage.ts";
import { openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage & FarPage;

const HEARD = -40;
const SILENT = -60;
const [AGENT, CLIENT, MATE] = [450, 700, 1130];

describe("the second line on the embedded switch, to telephones of JsSIP", () => {
  let bed: Bed;
  let browser: Browser;
  let served: ServedPage[];
  let desk: Page;
  let client: Page;
  let mate: Page;

  const account = (user: string) => ({ server: bed.url, uri: `sip:${user}@sufler.test`, username: user, password: passwordOf(user) });
  const ours = (user: string, tone: number) => openDesk(browser, served[0] as ServedPage, { ...account(user), iceServers: [], practice: account(user) }, tone);
  const theirs = async (user: string, tone: number) => {
    const far = await (await browser.newContext()).newPage();
    await far.goto(served[1]?.url ?? "");
    await far.evaluate(([given, hertz]) => page.start(given as never, hertz as never), [account(user), tone] as const);
    return far;
  };

  beforeAll(async () => {
    bed = await openBed();
    served = await Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")]);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all(served.map((each) => each.close()));
    await bed.stop();
  });
  beforeEach(async () => {
    [desk, client, mate] = await Promise.all([ours("agent1", AGENT), theirs("agent2", CLIENT), theirs("agent3", MATE)]);
  });
  afterEach(async () => {
    await desk.evaluate(() => page.phone.stop());
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  const phase = (wanted: string) => until(`phase ${wanted}`, async () => { const call = await desk.evaluate(() => page.state()); return call.phase === wanted && (call as { why?: string }); }, 30_000);
  const side = (who: Page, wanted: string) => until(`second line ${wanted}`, async () => (await who.evaluate(() => page.lines())).side.phase === wanted, 30_000);
  const farHears = (who: Page, tone: number, other: number) => until(`${tone} Hz is heard, ${other} Hz is not`, async () => {
    const heard = await who.evaluate((tones) => page.hears(tones), [tone, other]);
    return heard !== undefined && (heard[tone] ?? -200) > HEARD && (heard[other] ?? -200) < SILENT;
  }, 30_000);
  const deskHears = (tone: number) => until(`${tone} Hz is heard`, async () => (await desk.evaluate((given) => page.hearsAll([given]), tone)).some((one) => (one[tone] ?? -200) > HEARD), 30_000);
  const talk = async () => {
    await desk.evaluate(() => page.dial("agent2"));
    await phase("talking");
    await farHears(client, AGENT, MATE);
  };

  it("rings for a call of JsSIP, is heard both ways, and shows who holds whom", async () => {
    await client.evaluate(() => page.call("agent1"));
    await side(desk, "incoming");
    expect(await desk.evaluate(() => page.callers)).toMatchObject([{ number: "agent2" }]);
    await desk.evaluate(() => page.take());
    await side(desk, "talking");
    await Promise.all([farHears(client, AGENT, MATE), deskHears(CLIENT)]);
    await client.evaluate(() => page.hold(true));
    await until("held by the caller", () => desk.evaluate(() => page.lines().heldBy.side));
    await client.evaluate(() => page.hold(false));
    await until("taken back by the caller", async () => !(await desk.evaluate(() => page.lines().heldBy.side)));
    await client.evaluate(() => page.hangUp());
    await side(desk, "free");
    await talk();
    await client.evaluate(() => page.hold(true));
    await until("held by the client", () => desk.evaluate(() => page.lines().heldBy.call));
    await desk.evaluate(() => page.hangUp());
  });

  it("passes the client on blind; refused, the client is back", async () => {
    await talk();
    await client.evaluate(() => page.follow(false));
    await desk.evaluate(() => page.blind("agent3"));
    expect(await until("the refusal", () => desk.evaluate(() => page.lines().failed))).toMatchObject({ how: "blind", status: 603 });
    await farHears(client, AGENT, MATE);
    await client.evaluate(() => page.follow(true));
    await mate.evaluate(() => page.behave("busy"));
    await desk.evaluate(() => page.blind("agent3"));
    expect(await until("busy there", () => desk.evaluate(() => page.lines().failed?.status === 486 && page.lines().failed))).toMatchObject({ how: "blind" });
    await farHears(client, AGENT, MATE);
    await mate.evaluate(() => page.behave("answer"));
    await desk.evaluate(() => page.blind("agent3"));
    expect((await phase("ended")).why).toBe("transferred");
    await Promise.all([farHears(client, MATE, AGENT), farHears(mate, CLIENT, AGENT)]);
  });

  it("passes the client on to a colleague who was asked: JsSIP takes our place at JsSIP, and at another desk of ours", async () => {
    await talk();
    await desk.evaluate(() => page.consult("agent3"));
    await side(desk, "talking");
    await farHears(mate, AGENT, CLIENT);
    await desk.evaluate(() => page.attended());
    expect((await phase("ended")).why).toBe("transferred");
    await Promise.all([farHears(client, MATE, AGENT), farHears(mate, CLIENT, AGENT)]);
    await client.evaluate(() => page.hangUp());

    const other = await ours("agent4", MATE);
    await talk();
    await desk.evaluate(() => page.consult("agent4"));
    await side(other, "incoming");
    await other.evaluate(() => page.take());
    await side(desk, "talking");
    await desk.evaluate(() => page.attended());
    expect((await phase("ended")).why).toBe("transferred");
    await farHears(client, MATE, AGENT);
    await until("the client at the other desk", async () => (await other.evaluate((tone) => page.hearsAll([tone]), CLIENT)).some((one) => (one[CLIENT] ?? -200) > HEARD));
    expect((await other.evaluate(() => page.lines())).side.phase).toBe("talking");
    await client.evaluate(() => page.hangUp());
    await side(other, "free");
    await until("no call at the switch", () => bed.sip.load().dialogs === 0);
    await other.evaluate(() => page.phone.stop());
  });
});
