import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { browserArguments, browserPath } from "#test/kit/browser.ts";
import { freePort } from "#test/kit/port.ts";
import { openWire, type Wire } from "#test/kit/proxy.ts";
import { allSent, button, names, onServer, signIn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";

// The browser's profile lies on a small disk of its own, which really gets full: nothing in the page is replaced.

const named = names.ru;
/** A disk in memory; null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "sufler-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=300m", "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

const disk = smallDisk();
if (disk === null) console.log("fullDisk: this user may not mount a disk; left out");

describe.runIf(disk !== null)("a full disk", () => {
  const ballast = join(disk ?? "", "ballast");
  /** Takes the room that is left; the browser tidies up now and then and makes a little of it. */
  function fill(): void {
    const file = openSync(ballast, "a");
    try {
      for (const size of [1 << 20, 1 << 12]) {
        const block = Buffer.alloc(size);
        try { for (;;) writeSync(file, block); } catch (error) { if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error; }
      }
    } finally {
      closeSync(file);
    }
  }

  let sufler: TestSufler;
  let wire: Wire;
  let context: BrowserContext;
  let page: Page;
  let profile: string;
  beforeEach(async () => {
    // A failed try leaves the disk full.
    rmSync(ballast, { force: true });
    const port = await freePort();
    wire = await openWire(port);
    sufler = await startSufler({ PORT: String(port), PUBLIC_URL: wire.url });
    const cache = mkdtempSync(join(tmpdir(), "sufler-cache-"));
    profile = mkdtempSync(join(disk ?? "", "profile-"));
    context = await chromium.launchPersistentContext(profile, {
      executablePath: browserPath(), args: [...browserArguments(), `--disk-cache-dir=${cache}`], viewport: { width: 1366, height: 640 }, locale: "ru-RU",
    });
    page = context.pages()[0] ?? (await context.newPage());
  });
  afterEach(async () => {
    await context?.close();
    await sufler?.stop();
    await wire?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  afterAll(() => {
    if (disk !== null) {
      execFileSync("umount", [disk]);
      rmSync(disk, { recursive: true });
    }
  });

  const stage = (name: string): Promise<void> => button(page, name).first().waitFor({ timeout: 20_000 });
  const kinds = async (): Promise<readonly string[]> => (await onServer({ context }, sufler.url)).facts.map(({ kind }) => kind);

  it("[P1] is told in words, and calling goes on: on record on the server before the call leaves; without a server no call begins, and nothing is lost", async () => {
    await signIn(page, wire.url, "agent1@demo.example", sufler.password ?? "", named, "/desk");
    await stage(named.next);
    await button(page, named.next).click();
    await stage(named.call);
    await allSent(page, named);

    fill();
    const filling = setInterval(fill, 100);
    onTestFinished(() => { clearInterval(filling); });
    let cards = 1;
    const skip = async (): Promise<void> => {
      const card = await page.getByRole("heading", { level: 1 }).first().innerText();
      await button(page, "Пропустить").click();
      cards += 1;
      await until("another card", async () => (await page.getByRole("heading", { level: 1 }).first().innerText()) !== card);
    };
    const told = page.getByText("записи уходят сразу на сервер", { exact: false });
    // The last page of the browser's file has some room yet.
    await until("the full disk to be told", async () => {
      await skip();
      return told.isVisible();
    }, 60_000);
    await button(page, named.call).click();
    await page.getByText("Приветствие", { exact: true }).first().waitFor({ timeout: 30_000 });
    await until("the answered call on the server", async () => (await kinds()).filter((kind) => kind.startsWith("call.")).join() === "call.dialed,call.ringing,call.answered");
    await page.screenshot({ path: "test-results/full-disk.png" });
    await page.keyboard.press("End");
    await stage(named.save);
    await page.keyboard.press("9");
    await page.keyboard.press("Enter");
    await stage(named.next);
    await until("the outcome on the server", async () => (await kinds()).includes("outcome.saved"));

    // Neither the disk nor the server: nothing new begins, and what is noted waits in the page.
    wire.cut();
    await button(page, named.next).click();
    cards += 1;
    await page.getByText("не закрывайте её", { exact: false }).waitFor({ timeout: 20_000 });
    expect(await button(page, named.call).first().isDisabled()).toBe(true);
    await page.screenshot({ path: "test-results/full-disk-offline.png" });
    wire.mend();
    await told.waitFor({ timeout: 40_000 });

    // Room again: the disk takes what happens now, and the page needs no reload.
    clearInterval(filling);
    rmSync(ballast);
    await skip();
    await told.waitFor({ state: "detached" });
    await allSent(page, named);
    const { facts } = await onServer({ context }, sufler.url);
    expect(facts.filter(({ kind }) => kind === "prospect.opened")).toHaveLength(cards);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    // What the disk took and what went past it are two devices: each numbers its own rows.
    expect(new Set(facts.map(({ device }) => device)).size).toBe(2);
    await page.reload();
    await stage(named.call);
    expect((await onServer({ context }, sufler.url)).facts).toHaveLength(facts.length);
  });
});
