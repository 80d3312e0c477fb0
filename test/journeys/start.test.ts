import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "#test/kit/browser.ts";
import { databasePid, isAlive } from "#test/kit/dataDir.ts";
import { startSufler, type TestSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";

describe("a server that lives and dies", () => {
  let sufler: TestSufler;
  beforeAll(async () => {
    sufler = await startSufler();
  });
  afterAll(() => sufler.stop());

  const healthy = async (): Promise<boolean> => (await fetch(`${sufler.url}/healthz`)).status === 200;

  it("says where it is, and the demo's password below", async () => {
    expect(sufler.output()).toContain(`Sufler is ready: ${sufler.url}\n`);
    expect(sufler.password).toMatch(/^\S{8,}$/);
    expect(await healthy()).toBe(true);
  });

  it("opens in a browser", async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const response = await page.goto(`${sufler.url}/healthz`);
      expect(response?.status()).toBe(200);
    } finally {
      await browser.close();
    }
  });

  it("comes back after kill -9 over the database that the kill left running, with the same password", async () => {
    const before = databasePid(sufler.dataDir);
    const password = sufler.password;
    await sufler.kill9();
    expect(isAlive(before)).toBe(true);
    await sufler.restart();
    expect(await healthy()).toBe(true);
    expect(databasePid(sufler.dataDir)).not.toBe(before);
    expect(sufler.output()).toContain(`Password for all of them: ${password}\n`);
  });

  it("comes back after a power cut: server and database killed at once", async () => {
    const database = databasePid(sufler.dataDir);
    process.kill(database, "SIGKILL");
    await sufler.kill9();
    await sufler.restart();
    expect(await healthy()).toBe(true);
  });

  it("ends with one sentence when its database is killed", async () => {
    process.kill(databasePid(sufler.dataDir), "SIGKILL");
    await until("the server's end", () => !isAlive(sufler.pid()));
    expect(sufler.output()).toMatch(/The embedded database has ended by itself; the reason is in .*\n$/);
    await sufler.restart();
  });

  it("leaves nothing running after an orderly end", async () => {
    const [server, database] = [sufler.pid(), databasePid(sufler.dataDir)];
    await sufler.restart();
    expect([isAlive(server), isAlive(database)]).toEqual([false, false]);
  });
});
