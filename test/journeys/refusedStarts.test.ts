import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newDataDir, removeDataDir } from "#test/kit/dataDir.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { freePort } from "#test/kit/port.ts";
import { refusedStart, startSufler } from "#test/kit/sufler.ts";

const ROOT = process.getuid?.() === 0;

/** One sentence (after what it told on the way), no stack trace, and an exit code that says so. */
async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  const dataDir = env["DATA_DIR"] ?? newDataDir();
  try {
    const { code, output } = await refusedStart({ PORT: "0", ...env, DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(output).not.toMatch(/^\s+at /m);
    expect(output).toMatch(/\.\n$/);
    return output.trimEnd().split("\n").at(-1) ?? "";
  } finally {
    if (env["DATA_DIR"] === undefined) await removeDataDir(dataDir);
  }
}

describe("a start that cannot go on says why in one sentence", () => {
  it("a wrong setting, before anything is touched", async () => {
    const dataDir = newDataDir();
    expect(await refusal({ PORT: "many", DATA_DIR: dataDir })).toMatch(/^PORT must be a number/);
    expect(existsSync(dataDir)).toBe(false);
    await removeDataDir(dataDir);
  });

  it("a taken port", async () => {
    const taken: Server = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await refusal({ PORT: String(port) })).toBe(`Port ${port} on 127.0.0.1 is taken by another program: end that one, or choose another port with PORT.`);
    taken.close();
  });

  it("an address that this machine does not have", async () => {
    expect(await refusal({ HOST: "192.0.2.1", PUBLIC_URL: "https://sufler.example.com" })).toBe("HOST=192.0.2.1 is no address of this machine.");
  });

  it("a data folder that another Sufler is using, which goes on undisturbed", async () => {
    const sufler = await startSufler();
    try {
      expect(await refusal({ DATA_DIR: sufler.dataDir })).toMatch(/is in use by another Sufler \(process \d+\)/);
      expect((await fetch(`${sufler.url}/healthz`)).status).toBe(200);
    } finally {
      await sufler.stop();
    }
  });

  it("the demo asked of a folder that was begun without it", async () => {
    const sufler = await startSufler({ DEMO: "off" });
    try {
      expect(sufler.password).toBeNull();
      expect(sufler.output()).not.toContain("demo.example");
      await sufler.restart();
      expect(sufler.output()).not.toContain("demo.example");
      await sufler.kill9();
      expect(await refusal({ DATA_DIR: sufler.dataDir, DEMO: "on" })).toMatch(/begun without the demo, which cannot be changed/);
    } finally {
      await sufler.stop();
    }
  });

  it("a certificate that is none", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sufler-tls-"));
    writeFileSync(join(folder, "cert.pem"), "no certificate");
    expect(await refusal({ TLS_CERT: join(folder, "cert.pem"), TLS_KEY: join(folder, "cert.pem") })).toMatch(/cannot be used together/);
    expect(await refusal({ TLS_CERT: join(folder, "none.pem"), TLS_KEY: join(folder, "cert.pem") })).toMatch(/^TLS_CERT names .*none\.pem, which cannot be read \(ENOENT\)\.$/);
    rmSync(folder, { recursive: true });
  });
});

describe("a database of the company's own that cannot be used says so in one sentence", () => {
  let database: TestDatabase;
  const url = (name: string): string => database.url.replace(/postgres$/, name);
  beforeAll(async () => {
    database = await startTestDatabase({ migrated: false });
    await database.db.query("create database latin template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'");
    await database.db.query("create database cee template template0 encoding 'UTF8' locale_provider libc locale 'C'");
    await database.db.query("create database theirs");
    await database.db.query("create database ours");
  });
  afterAll(() => database.stop());

  it("not there at all", async () => {
    const port = await freePort();
    expect(await refusal({ DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/sufler` })).toBe(`The database sufler on 127.0.0.1:${port} cannot be reached: check DATABASE_URL and whether the server runs.`);
  });
  it("a wrong password, which is not repeated", async () => {
    const sentence = await refusal({ DATABASE_URL: url("ours").replace(/:[0-9a-f]+@/, ":hunter2@") });
    expect(sentence).toMatch(/refuses the user or the password of DATABASE_URL\.$/);
    expect(sentence).not.toContain("hunter2");
  });
  it("no such database", async () => expect(await refusal({ DATABASE_URL: url("none") })).toMatch(/^The database none on .* does not exist/));
  it("not UTF-8", async () => expect(await refusal({ DATABASE_URL: url("latin") })).toMatch(/has the encoding SQL_ASCII, and Sufler needs UTF8: make it with: create database/));
  it("a locale without Cyrillic", async () => expect(await refusal({ DATABASE_URL: url("cee") })).toMatch(/knows no Cyrillic letters/));

  it("another application's, which is left as it was", async () => {
    const { Client } = await import("pg");
    const theirs = new Client({ connectionString: url("theirs") });
    await theirs.connect();
    await theirs.query("create table invoices (id integer)");
    expect(await refusal({ DATABASE_URL: url("theirs") })).toMatch(/holds tables of something else \(such as "invoices"\)/);
    expect((await theirs.query("select tablename from pg_tables where schemaname = 'public'")).rows).toEqual([{ tablename: "invoices" }]);
    await theirs.end();
  });

  it("and one that can be used is used, with no database of Sufler's own", async () => {
    const sufler = await startSufler({ DATABASE_URL: url("ours") });
    try {
      expect((await fetch(`${sufler.url}/healthz`)).status).toBe(200);
      expect(readdirSync(sufler.dataDir)).not.toContain("postgres");
      const other = newDataDir();
      expect(await refusal({ DATABASE_URL: url("ours"), DATA_DIR: other, DEMO: "off" })).toMatch(/begun with the demo/);
      await removeDataDir(other);
    } finally {
      await sufler.stop();
    }
  });
});

// Mounts, and folders that only root may enter, can be had by root alone.
describe.runIf(ROOT && process.platform === "linux")("a troublesome disk", () => {
  const base = mkdtempSync(join(tmpdir(), "sufler-disk-"));
  chmodSync(base, 0o755);
  const disk = join(base, "disk");
  mkdirSync(disk);
  const mount = (options: string): boolean => spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]).status === 0;
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it.each(["64k", "1m", "20m"])("full after %s: one sentence", async (size) => {
    expect(mount(`size=${size}`)).toBe(true);
    try {
      if (size === "64k") execFileSync("sh", ["-c", `head -c 60000 /dev/zero > ${disk}/ballast`]);
      expect(await refusal({ DATA_DIR: join(disk, "data") })).toMatch(/^The disk that holds the (data folder|database) .* is full/);
    } finally {
      execFileSync("umount", [disk]);
    }
  });

  it("read-only: one sentence", async () => {
    expect(mount("ro")).toBe(true);
    try {
      expect(await refusal({ DATA_DIR: join(disk, "data") })).toMatch(/may not be written to/);
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});
