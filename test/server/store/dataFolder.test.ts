import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolders, openDataFolder } from "#server/store/dataFolder.ts";
import { processMark } from "#server/store/processes.ts";
import { newDataDir } from "#test/kit/dataDir.ts";

let path: string;
beforeEach(() => (path = newDataDir()));
afterEach(() => rmSync(join(path, ".."), { recursive: true, force: true }));

describe("the data folder", () => {
  it("is made, remembers, and shows what it remembers to its owner alone", () => {
    const folder = openDataFolder(path);
    expect(folder.memory()).toEqual({ format: 1 });
    folder.remember({ demo: true, secret: "s" });
    folder.release();
    expect(openDataFolder(path).memory()).toEqual({ format: 1, demo: true, secret: "s" });
    expect(statSync(join(path, "sufler.json")).mode & 0o777).toBe(0o600);
    expect(statSync(path).mode & 0o066).toBe(0);
    expect(readdirSync(path).toSorted()).toEqual(["sufler.json", "sufler.pid"]);
  });

  it("lets one Sufler in at a time", () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    try {
      mkdirSync(path);
      writeFileSync(join(path, "sufler.pid"), `${other.pid} ${processMark(other.pid ?? 0)}\n`);
      expect(() => openDataFolder(path)).toThrow(new RegExp(`is in use by another Sufler \\(process ${other.pid}\\)`));
      expect(readFileSync(join(path, "sufler.pid"), "utf8")).toContain(String(other.pid));
    } finally {
      other.kill("SIGKILL");
    }
  });

  it.each([
    ["a process that is gone", "999999999 1\n"],
    ["a later process with the same number", `${process.ppid} 1\n`],
    ["this very number in another life", `${process.pid} 1\n`],
    ["a mark cut short by a power cut", ""],
  ])("is taken over from %s", (_, mark) => {
    mkdirSync(path);
    writeFileSync(join(path, "sufler.pid"), mark);
    const folder = openDataFolder(path);
    expect(readFileSync(join(path, "sufler.pid"), "utf8")).toBe(`${process.pid} ${processMark(process.pid)}\n`);
    folder.release();
    expect(existsSync(join(path, "sufler.pid"))).toBe(false);
  });

  it("refuses a damaged memory in one sentence, keeps it, and lets the folder go", () => {
    mkdirSync(path);
    writeFileSync(join(path, "sufler.json"), '{"format":');
    expect(() => openDataFolder(path)).toThrow(/sufler\.json cannot be understood/);
    expect(readdirSync(path)).toEqual(["sufler.json"]);
  });

  it.runIf(process.platform === "linux")("refuses a place that takes no folders in one sentence, and does not try for ever", () => {
    expect(() => openDataFolder("/proc/sufler/data")).toThrow("The data folder /proc/sufler/data cannot be made: that place takes no folders. Name another one with DATA_DIR.");
    expect(() => makeFolders("/proc/sufler")).toThrow("ENOENT");
  });

  it("refuses a file in its place in one sentence", () => {
    writeFileSync(path, "");
    expect(() => openDataFolder(path)).toThrow(/cannot be made, because a file has that name/);
    expect(() => openDataFolder(join(path, "below"))).toThrow(/cannot be made, because a file has that name/);
  });
});
