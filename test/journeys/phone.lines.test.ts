import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoNumberOf } from "#domain/practice/numbers.ts";
import { lineSecret } from "#server/switch/switch.ts";
import { openBrowser } from "#test/kit/browser.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";
import { domain, openBed, passwordOf, type Bed } from "#test/server/switch/kit.ts";
import type { FarPage } from "./pages/farPage.ts";
import { hearing, openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage & FarPage;

const DEMO = demoNumberOf({ character: "polite", language: "ru", person: 7 });

describe.skipIf(!hasPbx)("a phone with the company's PBX and the practice switch (skipped: no PBX)", () => {
  let pbx: Pbx;
  let bed: Bed;
  let browser: Browser;
  let served: ServedPage[];
  let desk: Page;

  const account = (user: string) => ({ server: bed.url, uri: `sip:${user}@${domain}`, username: user, password: passwordOf(user) });

  beforeAll(async () => {
    bed = await openBed({ findLine: async (user) => lineSecret(user, domain, passwordOf(user)) });
    [pbx, browser, served] = await Promise.all([startPbx(), openBrowser(), Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")])]);
    const customer = await (await browser.newContext()).newPage();
    await customer.goto(served[1]?.url ?? "");
    await customer.evaluate(([given, tone]) => page.start(given as never, tone as never), [account(DEMO), 1130] as const);
    desk = await openDesk(browser, served[0] as ServedPage, { ...pbx.account("1003"), practice: account("agent1") });
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all(served.map((each) => each.close()));
    await pbx.stop();
    await bed.stop();
  });

  const talkTo = async (number: string, spelled = number) => {
    await desk.evaluate((to) => page.dial(to), spelled);
    await until(`the answer of ${number}`, async () => (await desk.evaluate(() => page.state())).phase === "talking");
  };

  it("calls a demo number through the practice switch, however it is spelled, and never through the PBX", async () => {
    await until("both registrations", () => bed.sip.registered("agent1") === 1);
    await talkTo(DEMO, `${DEMO.slice(0, 2)} (${DEMO.slice(2, 5)}) ${DEMO.slice(5, 8)}-${DEMO.slice(8, 10)}-${DEMO.slice(10)}`);
    await hearing(desk, 1130);
    await desk.evaluate(() => page.hangUp());
    expect(await pbx.ask("core show channels")).toMatch(/\b0 calls processed/);
  });

  it("calls every other number through the PBX", async () => {
    await talkTo("+79995550103");
    await hearing(desk, 700);
    await desk.evaluate(() => page.hangUp());
    expect(await pbx.ask("core show channels")).toMatch(/\b1 call processed/);
  });
});
