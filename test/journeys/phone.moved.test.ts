import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasNamespaces, openElsewhere, type Elsewhere } from "#test/kit/namespace.ts";
import { hasPbx, startPbx, type Pbx } from "#test/kit/pbx.ts";
import { until } from "#test/kit/until.ts";
import { MINE, openDesk } from "./phone.desk.ts";
import type { PhonePage } from "./pages/phonePage.ts";
import { servePage, type ServedPage } from "./pages/serve.ts";

declare const page: PhonePage;

/** `npm run moved` sets it: too long for every run. */
const ASKED = process.env["MOVED"] === "1";

describe.skipIf(!ASKED || !hasPbx || !hasNamespaces)("a computer whose network changes in a call, on Asterisk (by command: npm run moved)", () => {
  let pbx: Pbx;
  let served: ServedPage;
  let elsewhere: Elsewhere;
  let desk: Page;

  beforeAll(async () => {
    // Before the PBX: it looks at its own addresses when a call begins, and listens on all of them.
    elsewhere = await openElsewhere();
    [pbx, served] = await Promise.all([startPbx(), servePage("phonePage.ts")]);
    const url = `http://${await elsewhere.open(Number(new URL(served.url).port))}/`;
    const server = `ws://${await elsewhere.open(Number(new URL(pbx.server).port))}/ws`;
    const browser = await elsewhere.browser([url.slice(0, -1)]);
    desk = await openDesk(browser, { ...served, url }, pbx.account("1002", server));
  });
  afterAll(async () => {
    await elsewhere?.close();
    await served?.close();
    await pbx?.stop();
  });

  const call = () => desk.evaluate(() => page.state());
  const line = () => desk.evaluate(() => page.phone.line.getState().state);
  const echo = async () => (await desk.evaluate((tone) => page.hears([tone], 900), MINE))?.[MINE] ?? -200;

  it.each(["another address at once", "no network for a while, then another address"])("has sound both ways again: %s", async (how) => {
    await desk.evaluate(() => page.dial("600"));
    await until("the answer", async () => (await call()).phase === "talking");
    await until("the echo", async () => (await echo()) > -40);
    const began = Date.now();
    if (how.startsWith("no network")) {
      elsewhere.unplug();
      await until("the agent to be told that nothing is heard", () => desk.evaluate(() => page.phone.silent.getState()), 30_000);
    }
    elsewhere.move();
    const moved = Date.now();
    await until("the agent to be told that nothing is heard", () => desk.evaluate(() => page.phone.silent.getState()), 30_000);
    const told = Date.now();
    await until("the echo again", async () => (await echo()) > -40, 90_000);
    console.log(`${how}: told ${told - began} ms after the loss, the echo is back ${Date.now() - moved} ms after the new address`);
    await until("the line", async () => (await line()) === "ready", 60_000);
    await until("no more word of silence", () => desk.evaluate(() => !page.phone.silent.getState()), 30_000);
    expect((await call()).phase).toBe("talking");
    await desk.evaluate(() => page.hangUp());
    await until("nothing left at the PBX", async () => /0 active channels/.test(await pbx.ask("core show channels")), 60_000);
    await desk.evaluate(() => page.phone.line.getState());
  }, 300_000);
});
