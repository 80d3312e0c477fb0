import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LeaseResponse } from "#wire/api.ts";
import type { FactBody } from "#domain/fact.ts";
import { LEASE, STOCK, lease as give } from "#server/dialing/leases.ts";
import { PASSWORD, people, small, startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { HOUR, MINUTE, TEN } from "#test/kit/facts.ts";
import { until } from "#test/kit/until.ts";

const agents = ["anna", "boris", "carl", "dora", "emil"] as const;
let rooms: TestRooms;
const visitors = new Map<string, Visitor>();
const who = (name: string): Visitor => visitors.get(name) ?? (() => { throw new Error(name); })();

beforeAll(async () => {
  const more = ["dora", "emil"].map((name) => ({ ...people[0], name, email: `${name}@demo.example` }));
  rooms = await startRooms({ company: { ...small, people: [...people, ...more] } });
  for (const name of [...agents, "lead", "southlead"]) visitors.set(name, await rooms.signIn(name));
  expect(PASSWORD).not.toBe("");
});
afterAll(() => rooms.stop());
beforeEach(async () => {
  const { db } = rooms.database;
  await db.query("update dialing_turn set called_at = null, reached_at = null, person = null, device = null, until = null");
  await db.query("delete from private_record");
  await db.query("delete from fact");
  rooms.clock = TEN;
});

async function lease(name: string, hold: readonly string[], want: number, device = `${name}-desk`, language = "en"): Promise<readonly string[]> {
  return (await whole(name, hold, want, device, language)).leases.map((one) => one.prospect.id);
}
async function whole(name: string, hold: readonly string[], want: number, device = `${name}-desk`, language = "en"): Promise<LeaseResponse> {
  const { status, body } = await who(name).post("/api/dialing/leases", { device, language, hold, want });
  expect(status).toBe(200);
  return body as LeaseResponse;
}

async function wholeList(): Promise<void> {
  await rooms.database.db.query("insert into dialing_turn (prospect, campaign, place) select id, campaign, substr(id, 9)::int from prospect on conflict do nothing");
}

let made = 0;
/** A call that rang, and was answered when `seconds` are given. */
async function call(name: string, prospect: string, at: number, seconds?: number, words?: string): Promise<void> {
  const [id, device] = [`call-${(made += 1)}`, `${name}-desk`];
  const bodies: [FactBody, number][] = [
    [{ kind: "call.dialed", call: id, campaign: "storage", prospect, number: `n-${id}` }, at],
    ...(seconds === undefined ? [] : [[{ kind: "call.answered", call: id }, at + 5000] as [FactBody, number]]),
    [{ kind: "call.ended", call: id, why: seconds === undefined ? "noAnswer" : "agentHungUp" }, at + 5000 + (seconds ?? 20) * 1000],
    ...(words === undefined ? [] : [[{ kind: "verbatim.taken", call: id, record: `r-${id}`, second: 4, unforeseen: false }, at + 9000] as [FactBody, number]]),
    [{ kind: "outcome.saved", call: id, outcome: seconds === undefined ? "noAnswer" : "refused", decisionMaker: seconds !== undefined }, at + 90_000],
  ];
  const by = who(name).person.id;
  const entries = [
    ...(words === undefined ? [] : [{ n: (made += 1), record: { id: `r-${id}`, type: "verbatim", text: words, by, device, at } }]),
    ...bodies.map(([body, when]) => ({ n: (made += 1), fact: { ...body, id: `fact-${made}`, at: when, offset: 0, by, device } })),
  ];
  expect((await who(name).post("/api/sync/push", { protocol: 1, device, after: 0, entries })).body).toMatchObject({ refused: [] });
}
const nth = (...numbers: number[]): string[] => numbers.map((number) => `storage-${String(number).padStart(4, "0")}`);

describe("leases", () => {
  it("begin with the first of the list, in its order, and leave it to whoever comes first", async () => {
    expect(await lease("anna", [], 3)).toEqual(nth(1, 2, 3));
    expect(await lease("boris", [], 2)).toEqual(nth(4, 5));
  });

  it("[D1] are never held by two, however many ask at once and again", async () => {
    const open = await Promise.all(agents.flatMap((name) => [`${name}-desk`, `${name}-tablet`].map((device) => who(name).live(device))));
    const held = new Map<string, readonly string[]>();
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(agents.flatMap((name) => [`${name}-desk`, `${name}-tablet`].map(async (device) => {
        const before = held.get(device) ?? [];
        held.set(device, await lease(name, before.slice(round % 2), 3, device));
      })));
      const all = [...held.values()].flat();
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBeGreaterThan(20);
    }
    for (const one of open) one.socket.close();
    await Promise.all(open.map((one) => one.closed()));
  });

  it("follow an agent to another device when the first one is away, and not while it is connected", async () => {
    const first = await who("anna").live("anna-laptop");
    expect(await lease("anna", [], 3, "anna-laptop")).toEqual(nth(1, 2, 3));
    expect(await lease("anna", [], 2, "anna-tablet")).toEqual(nth(4, 5));
    first.socket.close();
    await first.closed();
    expect(await until("the laptop's absence", async () => {
      const held = await lease("anna", nth(4, 5), 6, "anna-tablet");
      return held.includes("storage-0001") && held;
    })).toEqual(nth(1, 2, 3, 4, 5, 6));
    // The laptop wakes up and still believes in its stock.
    await who("anna").live("anna-tablet");
    expect(await lease("anna", nth(1, 2, 3), 3, "anna-laptop")).toEqual(nth(7, 8, 9));
  });

  it("leave out who was called a moment ago: the call may still be going on", async () => {
    await rooms.database.db.query("delete from dialing_turn where place > 1");
    await lease("anna", [], 1);
    await call("anna", "storage-0001", TEN + MINUTE);
    rooms.clock = TEN + 10 * MINUTE;
    expect(await lease("anna", [], 0)).toEqual([]);
    expect(await lease("boris", [], 1)).toEqual([]);
    rooms.clock = TEN + 17 * MINUTE;
    expect(await lease("boris", [], 1)).toEqual(nth(1));
    await wholeList();
  });

  it("are the same when the answer was lost and the device asks again", async () => {
    expect(await lease("anna", [], 4)).toEqual(await lease("anna", [], 4));
    expect(await Promise.all([lease("anna", nth(1, 2, 3, 4), 4), lease("anna", nth(1, 2, 3, 4), 4)])).toEqual([nth(1, 2, 3, 4), nth(1, 2, 3, 4)]);
  });

  it("last an hour, are renewed by asking, and come back when nobody asks", async () => {
    const first = await whole("anna", [], 2);
    expect(first.leases.map((one) => one.until)).toEqual([TEN + LEASE, TEN + LEASE]);
    rooms.clock = TEN + 50 * MINUTE;
    expect((await whole("anna", nth(1), 1)).leases.map((one) => one.until)).toEqual([TEN + 50 * MINUTE + LEASE]);
    expect(await lease("boris", [], 2)).toEqual(nth(2, 3));
    rooms.clock = TEN + 111 * MINUTE;
    expect(await lease("carl", [], 3)).toEqual(nth(1, 2, 3));
    // Anna wakes up: her lease is over and somebody else's now.
    expect(await lease("anna", nth(1), 2)).toEqual(nth(4, 5));
  });

  it("that are over are renewed all the same while nobody else has taken them", async () => {
    await lease("anna", [], 2);
    rooms.clock = TEN + 3 * HOUR;
    expect(await lease("anna", nth(1, 2), 2)).toEqual(nth(1, 2));
  });

  it("are at most twenty a device, and never more than half of what is left", async () => {
    expect(await lease("anna", [], 500)).toHaveLength(15);
    expect(await lease("boris", [], 500)).toHaveLength(8);
    await rooms.database.db.query("update dialing_turn set person = null, device = null, until = null");
    expect(STOCK).toBe(20);
    const [one, two] = [await lease("anna", [], 500), await lease("anna", nth(1), 500)];
    expect([one.length, two.length]).toEqual([15, 16]);
  });

  it("are for a list in the language asked for", async () => {
    expect(await lease("anna", [], 5, "anna-desk", "ru")).toEqual([]);
  });

  it("are refused to a device of somebody else", async () => {
    await lease("anna", [], 1, "annas-own");
    expect((await who("boris").post("/api/dialing/leases", { device: "annas-own", language: "en", hold: [], want: 1 })).status).toBe(403);
    expect(await lease("anna", nth(1), 1, "annas-own")).toEqual(nth(1));
  });

  it("leave out who was reached today by anybody, until tomorrow; those not reached come again when the list is exhausted, the longest ago first", async () => {
    await rooms.database.db.query("delete from dialing_turn where place > 4");
    await lease("anna", [], 2);
    rooms.clock = TEN + 8 * MINUTE;
    await call("anna", "storage-0001", TEN + MINUTE, 60);
    await call("anna", "storage-0002", TEN + 5 * MINUTE);
    await call("boris", "storage-0003", TEN + 2 * MINUTE);
    rooms.clock = TEN + 25 * MINUTE;
    const drained: string[] = [];
    for (const name of ["carl", "dora", "emil", "boris"]) drained.push(...(await lease(name, [], 1)));
    // Anna let hers go by asking for others.
    drained.push(...(await lease("anna", [], 1)));
    expect(drained).toEqual(nth(4, 3, 2));
    // The next morning all may be called again, the longest ago first: 1, then 3, then 2; but 4, never called, comes first.
    rooms.clock = TEN + 22 * HOUR;
    const next: string[] = [];
    for (const name of ["emil", "dora", "carl", "boris"]) next.push(...(await lease(name, [], 1, `${name}-morning`)));
    expect(next).toEqual(nth(4, 1, 3, 2));
    await wholeList();
  });

  it("come back the next day also from a device whose clock runs a year ahead", async () => {
    await rooms.database.db.query("delete from dialing_turn where place > 1");
    await call("anna", "storage-0001", TEN + 8760 * HOUR, 60);
    rooms.clock = TEN + HOUR;
    expect(await lease("boris", [], 1)).toEqual([]);
    rooms.clock = TEN + 22 * HOUR;
    expect(await lease("boris", [], 1)).toEqual(nth(1));
    await wholeList();
  });

  it("tell what anybody has attempted before, with the client's words", async () => {
    await lease("anna", [], 1);
    await call("anna", "storage-0001", TEN - 48 * HOUR, 40, "we have our own store");
    await call("boris", "storage-0001", TEN - 20 * HOUR);
    const [first] = (await whole("anna", nth(1), 1)).leases;
    expect(first?.history).toMatchObject([
      { at: TEN - 20 * HOUR, by: "boris", ended: "noAnswer", outcome: "noAnswer", words: [] },
      { at: TEN - 48 * HOUR, by: "anna", ended: "agentHungUp", outcome: "refused", words: ["we have our own store"] },
    ]);
    expect(first?.prospect).toMatchObject({ id: "storage-0001", company: "Acme" });
  });

  it("feed five agents through a whole day's list without one person called by two", async () => {
    const called: string[] = [];
    await Promise.all(agents.map(async (name) => {
      let stock = await lease(name, [], 3);
      while (stock.length > 0) {
        const [next = "", ...rest] = stock;
        called.push(next);
        await call(name, next, TEN + called.length * MINUTE, 30);
        stock = await lease(name, rest, 3);
      }
    }));
    expect(called).toHaveLength(30);
    expect(new Set(called).size).toBe(30);
  });
});

describe("prospects for a lead", () => {
  it("are those whom the team has called, and no others", async () => {
    await call("anna", "storage-0001", TEN);
    await call("carl", "storage-0002", TEN);
    const ids = "storage-0001,storage-0002,storage-0003,nobody";
    const found = async (name: string): Promise<string[]> => ((await who(name).get(`/api/prospects?ids=${ids}`)).body as { prospects: { id: string }[] }).prospects.map((one) => one.id);
    expect(await found("lead")).toEqual(["storage-0001"]);
    expect(await found("southlead")).toEqual(["storage-0002"]);
    expect((await who("lead").get(`/api/prospects?ids=${"x,".repeat(201)}`)).status).toBe(400);
  });
});

describe("a list with numbers that the dial plan bars", () => {
  it("[P7] gives them to nobody, takes them back when the plan changes, and says how many were passed over", async () => {
    const { db } = rooms.database;
    const phone = (at: number, number: string) => db.query("update prospect set body = jsonb_set(body, '{phone}', to_jsonb($2::text)) where id = $1", [nth(at)[0], number]);
    await Promise.all([phone(1, "+78090000001"), phone(2, "+78091234567"), phone(3, "+74951234567")]);
    const { person } = who("anna");
    const ask = (plan: Parameters<typeof give>[5], hold: readonly string[] = []) => give(db, person, { device: "anna-desk", language: "en", hold, want: 4 }, [], TEN, plan);
    const ids = (answer: LeaseResponse | undefined) => answer?.leases.map((one) => one.prospect.id);
    const plan = { barred: ["+7809"], allowed: ["+780912"] };
    // The second is allowed by a longer beginning; the first is not; practice numbers are nobody's business.
    expect(ids(await ask(plan))).toEqual(nth(2, 3, 4, 5));
    expect(ids(await ask(undefined))).toEqual(nth(1, 2, 3, 4));
    expect(ids(await ask({ barred: ["+7"], allowed: [] }, nth(1, 2, 3, 4)))).toEqual(nth(4, 5, 6, 7));
    // Nobody else is left: then it is told.
    await db.query("update dialing_turn set reached_at = $1, device = null, person = null, until = null", [TEN]);
    expect(await ask(plan)).toEqual({ leases: [], barred: 1 });
    expect(await ask(undefined)).toEqual({ leases: [] });
    for (const at of [1, 2, 3]) await phone(at, `+7495000${5100 + at - 1}`);
  });
});
