import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sourceDigest } from "../../scripts/setup/build.mjs";
import { openBrowser } from "#test/kit/browser.ts";
import { databasePid, isAlive, newDataDir, removeDataDir } from "#test/kit/dataDir.ts";
import { freePort } from "#test/kit/port.ts";
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

describe("npm start over what is installed and built", () => {
  it("is ready, builds only what has changed since, and Ctrl-C ends all of it in order", async () => {
    const [port, dataDir] = [await freePort(), newDataDir()];
    const script = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));
    const changed = sourceDigest() !== readFileSync(fileURLToPath(new URL("../../.cache/built", import.meta.url)), "utf8");
    // A group of its own, as a shell makes for each command: Ctrl-C reaches every process of it.
    const child = spawn(process.execPath, [script], { detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, PORT: String(port), DATA_DIR: dataDir } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    try {
      await until("the ready line", () => output.includes("Password for all of them: "), 60_000);
      expect(output).not.toContain("Installing");
      expect(output.includes("Building")).toBe(changed);
      const database = databasePid(dataDir);
      process.kill(-(child.pid ?? NaN), "SIGINT");
      expect(await ended).toBe(0);
      expect(isAlive(database)).toBe(false);
    } finally {
      child.kill("SIGKILL");
      await removeDataDir(dataDir);
    }
  });
});

describe.runIf(spawnSync("openssl", ["version"]).status === 0)("with a certificate", () => {
  it("serves https, also beyond loopback, and then is no demo", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sufler-tls-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", key, "-out", cert, ...name], { stdio: "ignore" });
    const sufler = await startSufler({ HOST: "0.0.0.0", TLS_CERT: cert, TLS_KEY: key });
    try {
      expect(sufler.password).toBeNull();
      expect(sufler.output()).toContain(`Sufler is ready: https://0.0.0.0:${sufler.port}\n`);
      const status = await new Promise((resolve, reject) => {
        get(`https://127.0.0.1:${sufler.port}/healthz`, { ca: readFileSync(cert) }, (response) => resolve(response.resume().statusCode)).on("error", reject);
      });
      expect(status).toBe(200);
    } finally {
      await sufler.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
