import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { PullResponse, PushResponse } from "#wire/sync.ts";
import { startSufler, type TestSufler } from "../kit/sufler.ts";
import { until } from "../kit/until.ts";

let sufler: TestSufler;
beforeAll(async () => { sufler = await startSufler(); });
afterAll(() => sufler.stop());

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
});
