import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { PullResponse } from "#wire/sync.ts";
import { newDataDir, removeDataDir } from "../kit/dataDir.ts";
import { wholeCall } from "../kit/facts.ts";
import { startSufler, type TestSufler } from "../kit/sufler.ts";

const run = promisify(execFile);
const script = (name: string): string => fileURLToPath(new URL(`../../scripts/${name}.mjs`, import.meta.url));
const json = { "content-type": "application/json" };

let sufler: TestSufler;
let second: TestSufler | undefined;
const dataDir = newDataDir();
beforeAll(async () => { sufler = await startSufler({ DEMO_PASSWORD: "a good password" }); });
afterAll(async () => {
  await sufler.stop();
  await (second ? second.stop() : removeDataDir(dataDir));
});

/** A signed-in program. */
async function person(url: string, email: string) {
  const response = await fetch(`${url}/api/auth/sign-in/email`, { method: "POST", headers: json, body: JSON.stringify({ email, password: "a good password" }) });
  const cookie = response.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const { person: { id } } = (await (await fetch(`${url}/api/me`, { headers: { cookie } })).json()) as { person: { id: string } };
  const post = async (path: string, body: unknown) => (await fetch(url + path, { method: "POST", headers: { ...json, cookie }, body: JSON.stringify(body) })).json();
  const facts = async () => ((await (await fetch(`${url}/api/sync/pull?since=0`, { headers: { cookie } })).json()) as PullResponse).facts;
  return { id, post, facts };
}

it("backs up by one command while people work, restores into an empty folder by another, and what came later is sent again", async () => {
  const anna = await person(sufler.url, "agent1@demo.example");
  const facts: readonly Fact[] = wholeCall("kept", Date.now() - 600_000, { campaign: "none" }).map((fact) => ({ ...fact, by: anna.id, device: "anna-laptop" }));
  const entries = facts.filter(({ kind }) => kind !== "call.dialed").map((fact, n) => ({ n: n + 1, fact }));
  expect(await anna.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: entries.slice(0, 2) })).toMatchObject({ acked: 2 });

  const env = { ...process.env, DATA_DIR: sufler.dataDir };
  const { stdout } = await run(process.execPath, [script("backup")], { env });
  expect(stdout).toMatch(/Backed up 9 people, \d+ prospects, 2 facts/);
  const file = / into (.+\.backup)/.exec(stdout)?.[1] ?? "";
  expect(file.startsWith(join(sufler.dataDir, "backups"))).toBe(true);
  expect(await anna.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: entries.slice(2), after: 2 })).toMatchObject({ acked: 3 });

  // Onto the folder in use, or from no file: one sentence each, nothing done.
  for (const [args, sentence] of [[[file], /in use by another Sufler/], [[], /Name the file/], [[`${file}x`], /There is no file/]] as const) {
    const other = sentence.source.includes("in use") ? sufler.dataDir : join(dataDir, "../other");
    const refused = await run(process.execPath, [script("restore"), ...args], { env: { ...env, DATA_DIR: other } }).then(() => "", (error: { stderr: string }) => error.stderr);
    expect(refused).toMatch(sentence);
  }

  const restored = await run(process.execPath, [script("restore"), file], { env: { ...env, DATA_DIR: dataDir } });
  expect(restored.stdout).toContain("Restored 9 people");
  second = await startSufler({ DATA_DIR: dataDir, DEMO_PASSWORD: "a good password" });
  const again = await person(second.url, "agent1@demo.example");
  expect((await again.facts()).map(({ id }) => id).sort()).toEqual(entries.slice(0, 2).map(({ fact }) => fact.id).sort());
  // The browser's next batch shows the hole: it goes back to what this server has, and sends the rest.
  expect(await again.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: [], after: 3 })).toMatchObject({ acked: 2 });
  expect(await again.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: entries.slice(2), after: 2 })).toMatchObject({ acked: 3 });
  expect((await again.facts()).map(({ id }) => id).sort()).toEqual(entries.map(({ fact }) => fact.id).sort());
  expect(existsSync(file) && readFileSync(join(sufler.dataDir, "server.log"), "utf8").includes("a good password")).toBe(false);
}, 240_000);
