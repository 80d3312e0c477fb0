import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDialing } from "#domain/phone/dialPlan.ts";
import { lineSecret } from "#server/switch/switch.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { until } from "#test/kit/until.ts";
import { domain, openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import { openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

/** Two servers of one company, each behind a wire of its own, and a phone that knows both. */
describe("a phone with two servers", () => {
  let beds: readonly [Bed, Bed];
  let wires: readonly [Wire, Wire];
  let browser: Browser;
  let served: ServedPage;

  const open = (): Promise<Bed> => openBed({ findLine: async (user) => lineSecret(user, domain, passwordOf(user)) });
  const portOf = (bed: Bed): number => Number(new URL(bed.url).port);
  const account = (more: object = {}) => {
    const [server = "", next = ""] = wires.map((wire) => `ws://127.0.0.1:${wire.port}/sip`);
    const line = { server, uri: `sip:agent1@${domain}`, username: "agent1", password: passwordOf("agent1") };
    return { ...line, servers: [server, next], iceServers: [], practice: line, ...more };
  };

  beforeAll(async () => {
    beds = await Promise.all([open(), open()]);
    wires = await Promise.all([openWire(portOf(beds[0])), openWire(portOf(beds[1]))]);
    [browser, served] = await Promise.all([openBrowser(), servePage("phonePage.ts")]);
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    await Promise.all(wires.map((wire) => wire.close()));
    await Promise.all(beds.map((bed) => bed.stop()));
  });

  it("takes the first, goes to the next when it is down, and comes back when it is there again", async () => {
    const [first, second] = beds;
    await openDesk(browser, served, account());
    expect([first.sip.registered("agent1"), second.sip.registered("agent1")]).toEqual([1, 0]);
    wires[0].cut();
    await until("the registration at the second", () => second.sip.registered("agent1") === 1, 60_000);
    wires[0].mend();
    await until("the registration at the first", () => first.sip.registered("agent1") === 1 && second.sip.registered("agent1") === 0, 100_000);
  });

  it("[P8] goes back to the second after a reload when that has the call, though the first is there", async () => {
    const desk = await (await browser.newContext()).newPage();
    await desk.goto(`${served.url}?tone=450`);
    await desk.evaluate(([given, at]) => page.phone.start(() => Promise.resolve(given), at), [account({ username: "agent2", uri: `sip:agent2@${domain}`, password: passwordOf("agent2") }), `ws://127.0.0.1:${wires[1].port}/sip`] as const);
    await until("the registration at the second", () => beds[1].sip.registered("agent2") === 1, 60_000);
    expect(beds[0].sip.registered("agent2")).toBe(0);
    await desk.evaluate(() => page.phone.stop());
    await desk.context().close();
  });

  it("[P7] dials as its plan says, and never what the plan bars", async () => {
    const desk = await openDesk(browser, served, account({ dialPlan: { ...plainDialing, form: "national", prefix: "9", barred: ["+7 809"] }, echo: "*43" }));
    const invited = (user: string): boolean => beds.some((bed) => bed.events.some(({ detail }) => JSON.stringify(detail ?? {}).includes(user)));
    await desk.evaluate(() => page.dial("+7 809 123-45-67"));
    await until("the end", async () => (await desk.evaluate(() => page.state())).phase === "ended");
    expect(await desk.evaluate(() => page.state())).toMatchObject({ why: "barred" });
    expect(await desk.evaluate(() => page.inviteLeft())).toBe(false);
    await desk.evaluate(() => page.dial("+7 495 123-45-67"));
    await until("the INVITE", () => desk.evaluate(() => page.inviteLeft()));
    expect(await desk.evaluate(() => page.lastInvite())).toMatch(/^INVITE sip:984951234567@/);
    expect(invited("809")).toBe(false);
    await desk.evaluate(() => page.hangUp());
    // The exchange's own echo, as the admin has entered it: no plan changes it.
    await desk.evaluate(() => page.phone.echo.start());
    await until("the call to the echo", async () => (await desk.evaluate(() => page.lastInvite())).startsWith("INVITE sip:*43@"));
  });
});
