import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { PullResponse, PushResponse } from "#wire/sync.ts";
import { browserFlags, browserPath } from "#test/kit/browser.ts";
import { browserPid } from "#test/kit/processes.ts";
import { allSent, button, names, onServer, signIn as signInOn } from "#test/kit/roles.ts";
import { startSufler, type TestSufler } from "../kit/sufler.ts";
import { until } from "../kit/until.ts";

let sufler: TestSufler;
beforeEach(async () => { sufler = await startSufler(); });
afterEach(async () => { await sufler?.stop(); });

const json = { "content-type": "application/json" };
async function signIn(email: string): Promise<{ cookie: string; id: string }> {
  const response = await fetch(`${sufler.url}/api/auth/sign-in/email`, { method: "POST", headers: json, body: JSON.stringify({ email, password: sufler.password }) });
  const cookie = response.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const { person } = (await (await fetch(`${sufler.url}/api/me`, { headers: { cookie } })).json()) as { person: { id: string } };
  return { cookie, id: person.id };
}

it("keeps every acknowledged entry, and each once, while the server is killed with -9 and stopped again and again in the middle of uploads", async () => {
  const { cookie, id } = await signIn("agent1@demo.example");
  const device = "a-device-under-fire";
  const journal = Array.from({ length: 3000 }, (_, index) => {
    const n = index + 1;
    const envelope = { by: id, device, at: Date.now() };
    return n % 10 === 0
      ? { n, record: { id: `record-${n}`, type: "verbatim", text: `words ${n}`, ...envelope } satisfies PrivateRecord }
      : { n, fact: { id: `fact-${n}`, kind: "module.shown", call: `call-${n >> 4}`, module: "reason", way: "answer", offset: 0, ...envelope } satisfies Fact };
  });
  let acked = 0;
  let done = false;
  let seen = 0;
  // As the browser does: on and on from the acknowledged number, whatever happens to the server.
  const upload = (async () => {
    while (acked < journal.length) {
      const entries = journal.slice(acked, acked + 37);
      try {
        const response = await fetch(`${sufler.url}/api/sync/push`, { method: "POST", headers: { ...json, cookie }, body: JSON.stringify({ protocol: 1, device, entries }) });
        if (!response.ok) continue;
        const answer = (await response.json()) as PushResponse;
        expect(answer.refused).toEqual([]);
        expect(answer.acked).toBeGreaterThanOrEqual(acked);
        acked = answer.acked;
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // fetch failed: the server is away
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    done = true;
  })();
  for (let round = 1; round <= 4; round += 1) {
    await until("some progress", () => acked > seen || done);
    seen = acked;
    // Every second time in an orderly way: `restart` ends a server that still runs with SIGTERM.
    if (round % 2 === 1) await sufler.kill9();
    await sufler.restart();
  }
  await upload;

  const got: string[] = [];
  for (let since = 0, more = true; more; ) {
    const page = (await (await fetch(`${sufler.url}/api/sync/pull?since=${since}`, { headers: { cookie } })).json()) as PullResponse;
    got.push(...[...page.facts, ...page.records].map((one) => one.id));
    [since, more] = [page.cursor, page.more];
  }
  expect(got.sort()).toEqual(journal.map((entry) => ("fact" in entry ? entry.fact.id : entry.record.id)).sort());
  expect(await (await fetch(`${sufler.url}/api/sync/mark?device=${device}`, { headers: { cookie } })).json()).toMatchObject({ mark: journal.length });
}, 300_000);

/** How often server or browser, or both, are killed: `npm run crashes -- --rounds 100`. */
const ROUNDS = Number(process.env["ROUNDS"] ?? 5);

/** Every fact that lies in the journal of the person's browser. */
function inJournal(page: Page): Promise<Fact[]> {
  return page.evaluate(async () => {
    const [found] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith("sufler-"));
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open(found?.name ?? "");
      open.onsuccess = () => { resolve(open.result); };
      open.onerror = () => { reject(new Error("the database does not open")); };
    });
    const rows = await new Promise<{ fact?: unknown }[]>((resolve) => {
      const all = db.transaction("journal").objectStore("journal").getAll();
      all.onsuccess = () => { resolve(all.result as { fact?: unknown }[]); };
    });
    db.close();
    return rows.flatMap(({ fact }) => (fact ? [fact] : [])) as Fact[];
  });
}

// The profile's processes are found in /proc.
it.runIf(process.platform === "linux")(`loses nothing and doubles nothing in ${ROUNDS} rounds in which server or browser is killed with -9 at any moment of a day's calls`, async () => {
  const named = names.ru;
  const profile = mkdtempSync(join(tmpdir(), "sufler-profile-"));
  let context: BrowserContext | undefined;
  let page: Page | undefined;
  /** Outcomes that the screen has taken for saved. */
  let saved = 0;
  const open = async (): Promise<Page> => {
    context = await chromium.launchPersistentContext(profile, { executablePath: browserPath(), args: browserFlags(), viewport: { width: 1366, height: 640 }, locale: "ru-RU" });
    const fresh = context.pages()[0] ?? (await context.newPage());
    await fresh.goto(`${sufler.url}/desk`);
    await until("the desk or the sign-in", async () => (await button(fresh, named.signIn).first().isVisible()) || (await fresh.getByRole("status", { name: named.today }).first().isVisible()), 60_000);
    if (await button(fresh, named.signIn).first().isVisible()) await signInOn(fresh, sufler.url, "agent2@demo.example", sufler.password ?? "", named, "/desk");
    return fresh;
  };
  /** One thing that the agent can do just now. */
  const act = async (on: Page): Promise<void> => {
    const can = async (name: string): Promise<boolean> => (await button(on, name).count()) > 0 && button(on, name).first().isEnabled({ timeout: 500 });
    // Without a proposal the button waits for a choice (rule D3), which is the first key here.
    if ((await button(on, named.save).count()) > 0) {
      await on.keyboard.press("1");
      await on.keyboard.press("Enter");
      await button(on, named.next).first().waitFor({ timeout: 5_000 });
      saved += 1;
    } else if (await can(named.hangUp)) {
      await wait(Math.random() * 1500);
      await on.keyboard.press("End");
    } else if (await can(named.call)) await button(on, named.call).first().click({ timeout: 2_000 });
    else if (await can(named.next)) await button(on, named.next).first().click({ timeout: 2_000 });
    await wait(50);
  };
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const here = page ?? (page = await open());
      let killing = false;
      const calling = (async () => {
        // What is under way when the axe falls fails, and only then.
        while (!killing) await act(here).catch((error: unknown) => { if (!killing && !/Timeout|closed|crash/i.test(String(error))) throw error; });
      })();
      await wait(1000 + Math.random() * 7000);
      killing = true;
      const which = (["browser", "server", "both"] as const)[round % 3];
      if (which !== "server") process.kill(browserPid(profile), "SIGKILL");
      if (which !== "browser") await sufler.kill9();
      await calling;
      if (which !== "browser") await sufler.restart();
      if (which !== "server") {
        await context?.close().catch(() => undefined);
        page = undefined;
      }
    }
    const last = page ?? (page = await open());
    // What was left open is brought to its end.
    await until("the last call to be done", async () => {
      await act(last).catch(() => undefined);
      return saved > 0 && (await button(last, named.next).first().isVisible()) && !(await button(last, named.save).first().isVisible());
    }, 120_000);
    await allSent(last, named);

    const journal = await inJournal(last);
    const { facts } = await onServer({ context: last.context() }, sufler.url);
    const ids = (list: readonly Fact[]): string[] => list.map(({ id }) => id).sort();
    expect(ids(facts)).toEqual(ids(journal));
    expect(new Set(ids(facts)).size).toBe(facts.length);
    const calls = (kind: Fact["kind"]): string[] => facts.flatMap((one) => (one.kind === kind && "call" in one ? [one.call] : []));
    expect(new Set(calls("call.dialed")).size).toBe(calls("call.dialed").length);
    expect(calls("call.ended").sort()).toEqual(calls("call.dialed").sort());
    expect(new Set(calls("outcome.saved")).size).toBeGreaterThanOrEqual(saved);
    expect(saved).toBeGreaterThan(0);
  } catch (error) {
    // A failed journey leaves a picture of what the agent saw.
    await context?.pages().at(-1)?.screenshot({ path: "test-results/crashes.png" }).catch(() => undefined);
    throw error;
  } finally {
    await context?.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}, 120_000 + ROUNDS * 40_000);
