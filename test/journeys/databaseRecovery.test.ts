import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { databasePid, databasePlace, isAlive, newDataDir, removeDataDir } from "#test/kit/dataDir.ts";
import { runSufler, startSufler } from "#test/kit/sufler.ts";
import { until } from "#test/kit/until.ts";

describe("the first start, killed half way", () => {
  it.each(["SIGKILL", "SIGTERM"] as const)("by %s while the database is being made: the next start makes it whole", async (signal) => {
    const dataDir = newDataDir();
    try {
      const run = runSufler({ DATA_DIR: dataDir, PORT: "0" });
      const place = join(dataDir, "postgres");
      await until("the draft of the database", () => existsSync(place) && readdirSync(place).some((name) => name.startsWith("draft-") && existsSync(join(place, name, "base"))));
      run.child.kill(signal);
      await until("the end", run.ended);
      expect(existsSync(join(place, "cluster"))).toBe(false);
      const sufler = await startSufler({ DATA_DIR: dataDir });
      expect(readdirSync(place).toSorted()).toEqual(["cluster", "log"]);
      await sufler.stop();
    } finally {
      await removeDataDir(dataDir);
    }
  });
});

describe("a pid file that a power cut has left behind", () => {
  it("naming a process of another program: that one is left alone, and the database starts", async () => {
    const sufler = await startSufler();
    try {
      await sufler.kill9();
      const pid = databasePid(sufler.dataDir);
      const file = join(databasePlace(sufler.dataDir) ?? "", "cluster/postmaster.pid");
      const content = readFileSync(file, "utf8");
      process.kill(pid, "SIGKILL");
      await until("the end of the database", () => !isAlive(pid));
      writeFileSync(file, content.replace(/^\d+/, String(process.pid)));
      await sufler.restart();
      expect((await fetch(`${sufler.url}/healthz`)).status).toBe(200);
    } finally {
      await sufler.stop();
    }
  });
});

describe.runIf(process.getuid?.() === 0)("a data folder that the database's user may not enter, as root", () => {
  it("has its database elsewhere, says where, remembers it, and never touches one that an earlier folder left there", async () => {
    const closed = mkdtempSync(join(process.env["HOME"] ?? "/root", "sufler-closed-"));
    chmodSync(closed, 0o700);
    const dataDir = join(closed, "data");
    mkdirSync(dataDir);
    const sufler = await startSufler({ DATA_DIR: dataDir });
    const first = databasePlace(dataDir) ?? "";
    let second: string | null = null;
    try {
      expect(first).toMatch(/^\/var\/lib\/sufler\/[0-9a-f]{12}$/);
      expect(sufler.output()).toContain(`The database lies in ${first}, because the user `);
      await sufler.restart();
      expect(databasePlace(dataDir)).toBe(first);
      await sufler.kill9();
      process.kill(databasePid(dataDir), "SIGQUIT");
      rmSync(dataDir, { recursive: true });
      await sufler.restart();
      second = databasePlace(dataDir);
      expect(second).toBe(`${first}-2`);
      expect(existsSync(join(first, "cluster/PG_VERSION"))).toBe(true);
    } finally {
      await sufler.stop();
      for (const place of [first, second]) if (place !== null) rmSync(place, { recursive: true, force: true });
    }
  });
});
