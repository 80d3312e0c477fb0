import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { hasKamailio, startKamailio, type Kamailio } from "#test/kit/kamailio.ts";
import { until } from "#test/kit/until.ts";
import type { FarPage } from "./pages/farPage.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";
import { openDesk } from "./phone.desk.ts";

declare const page: PhonePage & FarPage;

describe.skipIf(!hasKamailio)("the Kamailio of docs/kamailio.md with rtpengine (skipped: not installed)", () => {
  let pbx: Kamailio;
  let browser: Browser;
  let served: ServedPage[];
  const account = (line: string) => {
    const own = { server: pbx.server, uri: `sip:${line}@${pbx.domain}`, username: line, password: pbx.passwordOf(line) };
    return { ...own, iceServers: [], practice: own };
  };
  beforeAll(async () => {
    [pbx, browser, served] = await Promise.all([startKamailio(), openBrowser(), Promise.all([servePage("phonePage.ts"), servePage("farPage.ts")])]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all((served ?? []).map((each) => each.close()));
    await pbx?.stop();
  });

  it("carries both voices through rtpengine, holds and comes back, and passes the goodbye on", async () => {
    const other = await (await browser.newContext()).newPage();
    await other.goto(served[1]?.url ?? "");
    await other.evaluate(([given, tone]) => page.start(given, tone), [account("102"), 1130] as const);
    const desk = await openDesk(browser, served[0] as ServedPage, account("101"));
    const state = () => desk.evaluate(() => page.state());
    const heardByDesk = async () => ((await desk.evaluate(() => page.hears([1130])))?.[1130] ?? -200) > -40;
    const heardByOther = async () => ((await other.evaluate(() => page.hears([450])))?.[450] ?? -200) > -40;
    await desk.evaluate(() => page.dial("102"));
    await until("the colleague's voice", async () => (await state()).phase === "talking" && heardByDesk());
    await until("the agent's voice", heardByOther);
    await desk.evaluate(() => page.hold(true));
    await until("the hold", async () => {
      const now = await state();
      return now.phase === "talking" && now.hold === "held";
    });
    await desk.evaluate(() => page.hold(false));
    await until("both voices again", async () => (await heardByOther()) && heardByDesk());
    await desk.evaluate(() => page.hangUp());
    await until("the colleague's end", () => other.evaluate(() => page.events.includes("ended")));
    expect((await state()).phase).toBe("ended");
  });
});
