import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { browserFlags, browserPath } from "#test/kit/browser.ts";
import { startSuflerOnPbx, type SuflerOnPbx } from "#test/kit/onPbx.ts";
import { hasPbx } from "#test/kit/pbx.ts";
import { browserPid, family } from "#test/kit/processes.ts";
import { allSent, button, names, onServer, signIn } from "#test/kit/roles.ts";
import { until } from "#test/kit/until.ts";
import { visitor, type Visitor } from "#test/kit/visitor.ts";

const named = names.en;

describe.skipIf(!hasPbx)("a browser that is killed in a call, on Asterisk (skipped: no PBX)", () => {
  let on: SuflerOnPbx;
  let profile: string;
  let context: BrowserContext;
  beforeEach(async () => {
    profile = mkdtempSync(join(tmpdir(), "sufler-killed-"));
    on = await startSuflerOnPbx();
  });
  afterEach(async () => {
    await (context as BrowserContext | undefined)?.close().catch(() => undefined);
    await (on as SuflerOnPbx | undefined)?.stop();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  async function open(): Promise<Visitor & { readonly page: Page }> {
    context = await chromium.launchPersistentContext(profile, { executablePath: browserPath(), args: browserFlags(), viewport: { width: 1366, height: 640 }, locale: "en-GB" });
    const who = await visitor(context, 450);
    await who.page.goto(`${on.sufler.url}/desk`);
    // The sign-in of a moment ago is lost with the browser, too.
    await until("the desk or the sign-in", async () => (await button(who.page, named.signIn).first().isVisible()) || (await who.page.locator(".phone-bar").isVisible()), 60_000);
    if (await button(who.page, named.signIn).first().isVisible()) await signIn(who.page, on.sufler.url, on.email, on.sufler.password ?? "", named, "/desk");
    return who;
  }

  it("[P6] leaves a call whose client has gone meanwhile with the seconds that it had, though the browser had not written down all that it was told", async () => {
    const { page } = await open();
    await button(page, named.next).first().click({ timeout: 60_000 });
    await button(page, named.call).first().click();
    // Its first writings are on the disk by then, and those of the next half minute are not.
    await page.getByRole("timer").filter({ hasText: "00:20" }).waitFor({ timeout: 60_000 });
    const closed = context.waitForEvent("close");
    for (const pid of family(browserPid(profile))) try { process.kill(pid, "SIGKILL"); } catch { /* It has gone with its parent. */ }
    const killed = Date.now();
    await closed;
    await on.pbx.ask("channel request hangup all");
    const again = await open();
    await button(again.page, named.save).waitFor({ timeout: 60_000 });
    await allSent(again.page, named);
    const ended = (await onServer(again, on.sufler.url)).facts.find(({ kind }) => kind === "call.ended");
    expect(ended).toMatchObject({ why: "lost" });
    console.log(`ended ${killed - (ended?.at ?? 0)} ms before the kill`);
    expect(Math.abs(killed - (ended?.at ?? 0))).toBeLessThan(5_000);
  });
});
