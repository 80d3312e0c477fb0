import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import type { Fact } from "#domain/fact.ts";
import type { PullResponse } from "#wire/sync.ts";
import { openBrowser } from "../kit/browser.ts";
import { newDataDir, removeDataDir } from "../kit/dataDir.ts";
import { wholeCall } from "../kit/facts.ts";
import { allSent, button, names, onServer, signIn } from "../kit/roles.ts";
import { startSufler, type TestSufler } from "../kit/sufler.ts";
import { until } from "../kit/until.ts";
import { visitor } from "../kit/visitor.ts";

const run = promisify(execFile);
const script = (name: string): string => fileURLToPath(new URL(`../../scripts/${name}.mjs`, import.meta.url));
const named = names.ru;
const json = { "content-type": "application/json" };

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
  // All of it is made here, so that a second try begins anew.
  const dataDir = newDataDir();
  let second: TestSufler | undefined;
  const sufler = await startSufler({ DEMO_PASSWORD: "a good password" });
  const browser = await openBrowser();
  onTestFinished(async () => {
    await browser.close();
    await sufler.stop();
    await (second ? second.stop() : removeDataDir(dataDir));
  });
  const anna = await person(sufler.url, "agent1@demo.example");
  const facts: readonly Fact[] = wholeCall("kept", Date.now() - 600_000, { campaign: "none" }).map((fact) => ({ ...fact, by: anna.id, device: "anna-laptop" }));
  const entries = facts.filter(({ kind }) => kind !== "call.dialed").map((fact, n) => ({ n: n + 1, fact }));
  expect(await anna.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: entries.slice(0, 2) })).toMatchObject({ acked: 2 });

  // A real browser works on the same server: one call before the back-up, one after it.
  const oleg = await visitor(browser);
  const call = async (): Promise<void> => {
    const { page } = oleg;
    for (const name of [named.next, named.call]) await button(page, name).first().click({ timeout: 30_000 });
    await button(page, named.hangUp).first().waitFor({ timeout: 30_000 });
    await page.keyboard.press("End");
    await button(page, named.save).first().waitFor({ timeout: 30_000 });
    await page.keyboard.press("9");
    await page.keyboard.press("Enter");
    await button(page, named.next).first().waitFor({ timeout: 30_000 });
    await allSent(page, named);
  };
  await signIn(oleg.page, sufler.url, "agent2@demo.example", "a good password", named, "/desk");
  await call();
  const olegKept = (await onServer(oleg, sufler.url)).facts;

  const env = { ...process.env, DATA_DIR: sufler.dataDir };
  const { stdout } = await run(process.execPath, [script("backup")], { env });
  expect(stdout).toMatch(new RegExp(`Backed up 9 people, \\d+ prospects, ${2 + olegKept.length} facts`));
  await call();
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
  // Oleg's browser knew the old server; the new one answers under the same address.
  const known = (await onServer(oleg, sufler.url)).facts.map(({ id }) => id).sort();
  expect(known.length).toBeGreaterThan(olegKept.length);
  await sufler.kill9();
  second = await startSufler({ DATA_DIR: dataDir, DEMO_PASSWORD: "a good password", PORT: String(sufler.port) });
  const again = await person(second.url, "agent1@demo.example");
  expect((await again.facts()).map(({ id }) => id).sort()).toEqual(entries.slice(0, 2).map(({ fact }) => fact.id).sort());
  // The browser's next batch shows the hole: it goes back to what this server has, and sends the rest.
  expect(await again.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: [], after: 3 })).toMatchObject({ acked: 2 });
  expect(await again.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: entries.slice(2), after: 2 })).toMatchObject({ acked: 3 });
  expect((await again.facts()).map(({ id }) => id).sort()).toEqual(entries.map(({ fact }) => fact.id).sort());
  expect(existsSync(file) && readFileSync(join(sufler.dataDir, "server.log"), "utf8").includes("a good password")).toBe(false);

  // The browser comes back: its person signs in again, and what this server has lost comes up again, each once.
  const { page } = oleg;
  await signIn(page, second.url, "agent2@demo.example", "a good password", named, "/desk");
  const came = await until("all that Oleg's browser knew", async () => {
    const { facts } = await onServer(oleg, sufler.url);
    return known.every((id) => facts.some((fact) => fact.id === id)) && facts;
  }, 60_000);
  expect(new Set(came.map(({ id }) => id)).size).toBe(came.length);
  expect(came.filter(({ kind }) => kind === "call.dialed")).toHaveLength(2);
  expect(came.filter(({ kind }) => kind === "outcome.saved")).toHaveLength(2);
  await allSent(page, named);
  expect(oleg.errors).toEqual([]);
}, 400_000);
