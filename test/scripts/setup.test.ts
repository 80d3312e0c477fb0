import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { sourceDigest } from "../../scripts/setup/build.mjs";
import { findBrowser } from "../../scripts/setup/browser.mjs";
import { installProblem, missingPackages } from "../../scripts/setup/install.mjs";
import { nodeProblem } from "../../scripts/setup/node.mjs";
import { closingLine, sum, vitestFailures, vitestRetried, vitestTally } from "../../scripts/setup/tally.mjs";
import { settingNames } from "#server/settings.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sufler-scripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the Node check", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.3.1"])("lets %s in", (version) => expect(nodeProblem(version)).toBeNull());
  it.each(["20.18.3", "18.20.0", "8.0.0"])("tells %s in one sentence that it is too old", (version) => {
    expect(nodeProblem(version)).toMatch(/^Sufler needs Node 20\.19 or newer, and this is Node .*\.$/);
  });
});

describe("the installation check", () => {
  const machine = { platform: "linux", arch: "x64", libc: "glibc" };
  const wanted = {
    "": { version: "1.0.0" },
    "node_modules/a": { version: "2.0.0" },
    "node_modules/native-linux": { version: "1.0.0", optional: true, os: ["linux"], cpu: ["x64"] },
    "node_modules/native-musl": { version: "1.0.0", optional: true, os: ["linux"], cpu: ["x64"], libc: ["musl"] },
    "node_modules/native-darwin": { version: "1.0.0", optional: true, os: ["darwin"], cpu: ["x64"] },
    "node_modules/of-an-optional-one": { version: "1.0.0", optional: true },
  };
  const complete = { "node_modules/a": { version: "2.0.0" }, "node_modules/native-linux": { version: "1.0.0" } };

  it("is content with what this machine needs", () => expect(missingPackages(wanted, complete, machine)).toEqual([]));
  it("finds a package that is not there, and one of another version", () => {
    expect(missingPackages(wanted, { ...complete, "node_modules/a": { version: "1.9.0" } }, machine)).toEqual(["node_modules/a"]);
    expect(missingPackages(wanted, {}, machine)).toEqual(["node_modules/a", "node_modules/native-linux"]);
  });
  it("finds a program for this system that npm has silently left out", () => {
    expect(missingPackages(wanted, { "node_modules/a": { version: "2.0.0" } }, machine)).toEqual(["node_modules/native-linux"]);
  });
  it.each([
    [127, "", /npm was not found/],
    [1, "npm error code ENOTFOUND", /does not reach its registry/],
    [1, "npm error code ENOSPC", /disk is full/],
    [1, "npm error code EACCES", /may not be written to/],
    [1, "npm error code E404\nnpm error 404 Not Found - a", /\(404 Not Found - a\)/],
    [0, "", /left out node_modules\/a/],
  ])("says in one sentence why it failed (%s, %s)", (code, output, sentence) => {
    const text = installProblem(code, output, ["node_modules/a"]);
    expect(text).toMatch(sentence);
    expect(text).not.toContain("\n");
  });
});

describe("the build's stamp", () => {
  it("changes with a file's content, name and place, and with nothing else", () => {
    const project = join(folder, "project");
    mkdirSync(join(project, "src/a"), { recursive: true });
    writeFileSync(join(project, "src/a/one.ts"), "1");
    writeFileSync(join(project, "index.html"), "x");
    const first = sourceDigest(project);
    writeFileSync(join(project, "README.md"), "not read by the build");
    writeFileSync(join(project, "src/a/one.ts"), "1");
    expect(sourceDigest(project)).toBe(first);
    writeFileSync(join(project, "src/a/one.ts"), "2");
    expect(sourceDigest(project)).not.toBe(first);
    writeFileSync(join(project, "src/a/one.ts"), "1");
    writeFileSync(join(project, "src/a/two.ts"), "");
    expect(sourceDigest(project)).not.toBe(first);
  });
});

describe("the closing line", () => {
  const report = (results: unknown): string => {
    const file = join(folder, "report.json");
    writeFileSync(file, JSON.stringify({ testResults: results }));
    return file;
  };

  it("adds up all runs and names skipped tests only when there are some", () => {
    const first = vitestTally(report([{ status: "passed", assertionResults: [{ status: "passed" }, { status: "passed" }] }]), 0);
    const second = vitestTally(report([{ status: "failed", assertionResults: [{ status: "failed" }, { status: "pending" }, { status: "todo" }] }]), 1);
    expect(closingLine(first)).toBe("2 passed, 0 failed");
    expect(closingLine(sum([first, second]))).toBe("2 passed, 1 failed, 2 skipped");
  });

  it("counts a file that does not load, a run that dies, and one that wrote no report, as failed", () => {
    expect(vitestTally(report([{ status: "failed", assertionResults: [] }]), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(vitestTally(report([{ status: "passed", assertionResults: [{ status: "passed" }] }]), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(vitestTally(join(folder, "none.json"), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("ends with what failed and why, also when a file could not be run at all", () => {
    const failed = report([
      { name: "/a/test/one.test.ts", status: "failed", assertionResults: [{ status: "failed", fullName: "counts", failureMessages: ["expected 1\nat line 2"] }, { status: "passed", fullName: "rings" }] },
      { name: "/a/test/two.test.ts", status: "failed", message: "no such module", assertionResults: [] },
    ]);
    expect(vitestFailures(failed)).toEqual(["FAILED test/one.test.ts: counts: expected 1", "FAILED test/two.test.ts: could not be run: no such module"]);
  });

  it("names an error that nobody caught, and a test that held only when it was tried again", () => {
    // Inside the project, so that it finds vitest, and where no other test looks.
    mkdirSync(join(PROJECT, ".cache/tests"), { recursive: true });
    const root = mkdtempSync(join(PROJECT, ".cache/tests/lost-"));
    try {
      mkdirSync(join(root, "test"));
      writeFileSync(join(root, "test/lost.test.ts"), `import { expect, it } from "vitest";
let tried = 0;
it("passes", () => { void Promise.reject(new TypeError("nobody hears me")); });
it("wavers", { retry: 1 }, () => { tried += 1; expect(tried).toBe(2); });
`);
      const file = join(root, "lost.json");
      const run = spawnSync(process.execPath, [
        "node_modules/vitest/vitest.mjs", "run", `--root=${root}`, "--reporter=json", `--reporter=${join(PROJECT, "scripts/setup/uncaught.mjs")}`, `--outputFile.json=${file}`,
      ], { encoding: "utf8", cwd: PROJECT });
      expect(run.status).toBe(1);
      expect(vitestTally(file, 1)).toEqual({ passed: 2, failed: 1, skipped: 0 });
      const [line, ...more] = vitestFailures(file);
      expect(line).toMatch(/^FAILED test\/lost\.test\.ts: an error that nobody caught.*: TypeError: nobody hears me, at test\/lost\.test\.ts:3$/);
      expect(more).toEqual([]);
      expect(vitestRetried(file)).toEqual([expect.stringMatching(/^RETRIED .*: wavers: held at try 2: expected 1 to be 2/)]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe("the browser search", () => {
  const program = join(folder, "some-browser");
  writeFileSync(program, "#!/bin/sh\n");
  chmodSync(program, 0o755);

  it("takes the one that CHROME_PATH names, or says that it is none", () => {
    expect(findBrowser({ CHROME_PATH: program })).toBe(program);
    expect(() => findBrowser({ CHROME_PATH: join(folder, "missing") })).toThrow(/CHROME_PATH names .*missing, which is no program/);
  });

  it("finds one in a folder of PATH", () => {
    const edge = join(folder, "microsoft-edge");
    writeFileSync(edge, "#!/bin/sh\n");
    chmodSync(edge, 0o755);
    expect(findBrowser({ PATH: folder }, "linux")).toSatisfy((path: string) => path === edge || path.startsWith("/usr/") || path.startsWith("/snap/"));
  });
});

describe("npm start -- --help", () => {
  it("lists every setting, without anything installed or built", () => {
    const start = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));
    const help = execFileSync(process.execPath, [start, "--help"], { encoding: "utf8", cwd: tmpdir() });
    expect(settingNames.filter((name) => !new RegExp(`^  ${name} `, "m").test(help))).toEqual([]);
  });
});
