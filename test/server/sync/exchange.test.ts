import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Person } from "#domain/base/campaign.ts";
import { people } from "#server/auth/peopleStore.ts";
import { pull, type Since } from "#server/sync/pull.ts";
import type { Entry, MarkResponse, PullResponse, PushResponse } from "#wire/sync.ts";
import { MAX_PUSH_BYTES, MAX_TEXT } from "#wire/protocol.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { beginEpoch } from "#server/sync/syncStore.ts";
import { HOUR } from "#test/kit/facts.ts";

let rooms: TestRooms;
let anna: Visitor;
let boris: Visitor;
let carl: Visitor;
beforeAll(async () => {
  rooms = await startRooms();
  [anna, boris, carl] = await Promise.all([rooms.signIn("anna"), rooms.signIn("boris"), rooms.signIn("carl")]);
});
afterAll(() => rooms.stop());

let made = 0;
const unique = (stem: string): string => `${stem}-${(made += 1)}`;
/** A device of its own with a journal that is numbered as the browser's. */
function device(who: Visitor, id = unique("device")) {
  let n = 0;
  return {
    id,
    ready: (more: Partial<Fact> = {}): Entry => ({ n: (n += 1), fact: { id: unique("f"), at: Date.now(), offset: 0, by: who.person.id, device: id, kind: "shift.ready", ...more } as Fact }),
    record: (text: string, more: Partial<PrivateRecord> = {}): Entry => ({ n: (n += 1), record: { id: unique("r"), type: "verbatim", text, by: who.person.id, device: id, at: Date.now(), ...more } }),
    async push(entries: readonly unknown[], more = {}): Promise<PushResponse> {
      const { status, body } = await who.post("/api/sync/push", { protocol: 1, device: id, entries, ...more });
      expect(status).toBe(200);
      return body as PushResponse;
    },
  };
}
const idOf = (entry: Entry): string => ("fact" in entry ? entry.fact.id : entry.record.id);
async function all(who: Visitor, since = 0): Promise<PullResponse & { readonly ids: readonly string[] }> {
  const body = (await who.get(`/api/sync/pull?since=${since}`)).body as PullResponse;
  return { ...body, ids: [...body.facts, ...body.records].map((one) => one.id) };
}

describe("taking a batch", () => {
  it("[Y2] takes an entry once, however often and in whatever batches it is sent", async () => {
    const mine = device(anna);
    const entries = [mine.ready(), mine.record("too dear"), mine.ready()];
    const { cursor } = await all(anna);
    expect((await mine.push(entries)).acked).toBe(3);
    expect((await mine.push(entries.slice(1))).acked).toBe(3);
    expect((await mine.push(entries)).acked).toBe(3);
    expect([...(await all(anna, cursor)).ids].sort()).toEqual(entries.map(idOf).sort());
  });

  it("[Y2] takes an entry once when both tabs send it at the same moment", async () => {
    const mine = device(anna);
    const entries = Array.from({ length: 200 }, () => mine.ready());
    const { cursor } = await all(anna);
    const answers = await Promise.all([mine.push(entries), mine.push(entries), mine.push(entries)]);
    expect(answers.map((one) => one.acked)).toEqual([200, 200, 200]);
    expect((await all(anna, cursor)).ids).toHaveLength(200);
  });

  it("gives back each fact exactly as it came, field by field", async () => {
    const mine = device(anna);
    const fact = { id: unique("f"), at: 1_795_000_000_000.25, offset: -1234.5, by: anna.person.id, device: mine.id, kind: "verbatim.taken", call: "c", record: "r", second: 12.125, module: "m", unforeseen: true };
    const { cursor } = await all(anna);
    await mine.push([{ n: 1, fact }]);
    expect((await all(anna, cursor)).facts).toEqual([fact]);
  });

  it("[Y7] takes nothing of a batch under somebody else's cookie, and refuses nothing of it", async () => {
    const mine = device(anna);
    const entry = mine.ready();
    const answer = await boris.post("/api/sync/push", { protocol: 1, device: mine.id, by: anna.person.id, entries: [entry] });
    expect(answer.status).toBe(401);
    expect(await mine.push([entry], { by: anna.person.id })).toMatchObject({ acked: 1, refused: [] });
  });

  it("[Y7] takes a fact whatever its clock says", async () => {
    const mine = device(anna);
    const entries = [mine.ready({ at: 0 }), mine.ready({ at: -5 }), mine.ready({ at: 4e15 }), mine.ready({ offset: -9e14 })];
    const { cursor } = await all(anna);
    expect(await mine.push(entries)).toMatchObject({ acked: 4, refused: [] });
    expect((await all(anna, cursor)).facts).toHaveLength(4);
  });

  it("[Y7] refuses only what is wrong, with the reason, and takes the entries around it", async () => {
    const mine = device(anna);
    const good = [mine.ready(), mine.record("a phrase")];
    const wrong: [Entry | { n: number }, string][] = [
      [mine.ready({ by: boris.person.id }), "author"],
      [mine.ready({ device: "another" }), "device"],
      [mine.ready({ kind: "shift.forgotten" as never }), "shape"],
      [mine.ready({ kind: "call.dialed", call: "c", campaign: "nowhere", prospect: "p", number: "n" } as Partial<Fact>), "campaign"],
      [mine.record("x".repeat(MAX_TEXT + 1)), "size"],
      [mine.record("nul \0"), "shape"],
      [{ n: 9 }, "shape"],
    ];
    const last = { ...mine.ready(), n: 10 };
    const answer = await mine.push([good[0], ...wrong.map(([entry]) => entry), good[1], last].sort((a, b) => (a as Entry).n - (b as Entry).n));
    expect(answer.acked).toBe(10);
    expect(Object.fromEntries(answer.refused.map((one) => [one.n, one.why]))).toEqual(Object.fromEntries(wrong.map(([entry, why]) => [entry.n, why])));
    const { ids } = await all(anna);
    for (const entry of [...good, last]) expect(ids).toContain(idOf(entry));
  });

  it("[Y1] refuses a fact that carries anything beside ids, codes, counts and times", async () => {
    const mine = device(anna);
    const answer = await mine.push([
      mine.ready({ note: "Mrs Smith, +7 495 000 51 00" } as never),
      { n: 2, fact: { ...("fact" in mine.ready() ? {} : {}), id: unique("f"), at: 1, offset: 0, by: anna.person.id, device: mine.id, kind: "outcome.saved", call: "c", outcome: "Ирина Сергеевна", decisionMaker: true } },
      { n: 3, fact: { id: unique("f"), at: 1, offset: 0, by: anna.person.id, device: mine.id, kind: "module.shown", call: "c", module: "she said maybe", way: "start" } },
    ]);
    expect(answer.refused.map((one) => [one.n, one.why])).toEqual([[1, "shape"], [2, "shape"], [3, "shape"]]);
  });

  it("[Y4] leaves a device to the person who came first", async () => {
    const mine = device(anna);
    await mine.push([mine.ready()]);
    const thief = device(boris, mine.id);
    const entry = thief.ready();
    expect(await thief.push([entry])).toMatchObject({ acked: 1, refused: [{ n: 1, id: idOf(entry), why: "device" }] });
    expect((await boris.get(`/api/sync/mark?device=${mine.id}`)).status).toBe(403);
    expect((await anna.get(`/api/sync/mark?device=${mine.id}`)).body.mark).toBe(1);
  });

  it("refuses an entry under an id that belongs to somebody else's", async () => {
    const [hers, his] = [device(anna), device(boris)];
    const first = hers.ready();
    await hers.push([first]);
    expect((await his.push([his.ready({ id: idOf(first) })])).refused).toEqual([{ n: 1, id: idOf(first), why: "author" }]);
  });

  it("acknowledges its own mark when entries below the batch are gone, and goes on once they came again", async () => {
    const mine = device(anna);
    const entries = [mine.ready(), mine.ready(), mine.ready(), mine.ready()];
    await mine.push(entries.slice(0, 2));
    await rooms.database.db.query("update device set mark = 1 where id = $1", [mine.id]);
    expect((await mine.push(entries.slice(2))).acked).toBe(1);
    expect((await mine.push(entries.slice(1))).acked).toBe(4);
  });

  it("does not wait for rows that the device itself no longer keeps", async () => {
    const mine = device(anna);
    const entries = [mine.ready(), mine.ready(), mine.ready()];
    expect((await mine.push(entries.slice(2), { after: 0 })).acked).toBe(3);
  });

  it("never moves a mark back", async () => {
    const mine = device(anna);
    const entries = [mine.ready(), mine.ready(), mine.ready()];
    await mine.push(entries);
    expect((await mine.push(entries.slice(0, 1))).acked).toBe(3);
  });

  it("tells an old tab that it is too old, and a body that is too large that it is", async () => {
    expect((await anna.post("/api/sync/push", { protocol: 0, device: "d", entries: [] })).status).toBe(426);
    expect((await anna.post("/api/sync/push", { protocol: 1, device: "d", entries: [], x: "x".repeat(MAX_PUSH_BYTES) })).status).toBe(413);
    const mine = device(anna);
    expect((await anna.post("/api/sync/push", { protocol: 1, device: mine.id, entries: Array.from({ length: 2001 }, () => mine.ready()) })).status).toBe(400);
  });

  it("takes a thousand of the longest texts at once", async () => {
    const mine = device(boris);
    const entries = Array.from({ length: 1000 }, () => mine.record("ж".repeat(MAX_TEXT)));
    expect(await mine.push(entries)).toMatchObject({ acked: 1000, refused: [] });
  });

  it("takes 10,000 facts in batches of 1,000", async () => {
    const mine = device(carl);
    const bodies = Array.from({ length: 10 }, (_, batch) => Array.from({ length: 1000 }, (_, index): Entry =>
      mine.ready({ kind: "module.shown", call: `c${batch}-${index >> 4}`, module: "reason", way: "answer", answer: "yes" } as Partial<Fact>)));
    const before = process.cpuUsage();
    const started = performance.now();
    for (const entries of bodies) await mine.push(entries);
    const work = process.cpuUsage(before);
    console.log(`10,000 facts: ${Math.round((work.user + work.system) / 1000)} ms of work on both sides, ${Math.round(performance.now() - started)} ms by the clock`);
    // A net far below: how much work it is, is measured by `npm run bench`; half of it is the sender's, who lives in this process too.
    expect((work.user + work.system) / 1000).toBeLessThan(10_000);
  });
});

describe("pulling", () => {
  it("[Y8] begins again for a cursor of another life of the database, also when its numbers have been given out anew", async () => {
    const { db } = rooms.database;
    const from = async (cursor: number, epoch: string): Promise<PullResponse> => (await anna.get(`/api/sync/pull?since=${cursor}&epoch=${epoch}`)).body as PullResponse;
    const mine = device(anna);
    await mine.push([mine.ready()]);
    const before = await all(anna);
    expect((await from(before.cursor, before.epoch)).facts).toEqual([]);
    // A restore: other rows will get the numbers that the reader has passed.
    const again = mine.ready();
    await db.transaction((tx) => beginEpoch(tx));
    await mine.push([again]);
    const after = await from(before.cursor, before.epoch);
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.facts.map((one) => one.id)).toEqual(expect.arrayContaining([...before.facts.map((one) => one.id), idOf(again)]));
    expect(after.documents.length).toBeGreaterThan(0);
    expect((await from(after.cursor, after.epoch)).facts).toEqual([]);
  });

  it("[Y8] begins another life when a reader or a device proves that the database has known more: it was set back by a copied folder, or by a standby", async () => {
    const { db } = rooms.database;
    const [mine, proofs] = [device(anna), [] as string[]];
    await mine.push([mine.ready(), mine.ready(), mine.ready()]);
    const before = await all(anna);
    const setBack = async (epoch: string): Promise<void> => void proofs.push(epoch);
    // A reader who has passed numbers that were never given out, as far as the database knows.
    const [person] = await people(db);
    const read = (place: Since): Promise<PullResponse> => pull(db, async () => [], person as Person, place, Date.now(), setBack);
    for (const place of [{ since: before.cursor, epoch: before.epoch }, { since: before.cursor + 9 }, { since: before.cursor + 9, epoch: "another" }]) await read(place);
    expect(proofs).toEqual([]);
    await read({ since: before.cursor + 9, epoch: before.epoch });
    expect(proofs).toEqual([before.epoch]);

    const asks = async (acked: number, epoch: string): Promise<number> => ((await anna.get(`/api/sync/mark?device=${mine.id}&acked=${acked}&epoch=${epoch}`)).body as MarkResponse).mark;
    expect([await asks(3, before.epoch), await asks(4, "another"), (await all(anna)).epoch]).toEqual([3, 3, before.epoch]);
    await db.query("update device set mark = 2 where id = $1", [mine.id]);
    expect(await asks(3, before.epoch)).toBe(2);
    const after = await all(anna);
    expect(after.epoch).not.toBe(before.epoch);
    // Once is enough, and nobody can make everybody start over again and again.
    expect(await asks(900, after.epoch)).toBe(2);
    expect((await all(anna)).epoch).toBe(after.epoch);
  });

  it("[Y6] passes nothing over when the earlier number commits later", async () => {
    const { db } = rooms.database;
    const { cursor } = await all(anna);
    const mine = device(anna);
    const early = mine.ready();
    const late = mine.ready();
    await mine.push([mine.ready()], { after: 0 });
    // A transaction that has taken its number and is slow to commit …
    let commit = (): void => {};
    const held = new Promise<void>((resolve) => { commit = resolve; });
    let numbered = (): void => {};
    const taken = new Promise<void>((resolve) => { numbered = resolve; });
    const slow = db.transaction(async (tx) => {
      const [row] = await tx.query<{ value: number }>("update sync_counter set value = value + 1 returning value");
      await tx.query("insert into fact (seq, id, person, device, kind, time, body) values ($1, $2, $3, $4, 'shift.ready', $5, $6)", [
        row?.value, idOf(early), anna.person.id, mine.id, Date.now(), JSON.stringify("fact" in early ? early.fact : {}),
      ]);
      numbered();
      await held;
    });
    await taken;
    // … while another connection pushes, and a reader pulls as long as both are under way.
    let seen = cursor;
    const ids: string[] = [];
    const read = async (): Promise<void> => {
      const page = await all(anna, seen);
      seen = page.cursor;
      ids.push(...page.ids);
    };
    const pushed = mine.push([late], { after: 0 });
    for (let round = 0; round < 10; round += 1) await read();
    commit();
    await Promise.all([slow, pushed]);
    await read();
    expect(ids).toContain(idOf(early));
    expect(ids).toContain(idOf(late));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("[Y6] gives every fact to a reader who pulls while ten devices push", async () => {
    const { cursor } = await all(await rooms.signIn("lead"));
    const lead = await rooms.signIn("lead");
    const devices = Array.from({ length: 10 }, (_, index) => device(index % 2 ? anna : boris));
    const sent: string[] = [];
    let pushing = true;
    const pushes = Promise.all(devices.map(async (one) => {
      for (let batch = 0; batch < 15; batch += 1) {
        const entries = Array.from({ length: 1 + (batch % 5) }, () => one.ready());
        sent.push(...entries.map(idOf));
        await one.push(entries);
      }
    })).finally(() => { pushing = false; });
    const got: string[] = [];
    let since = cursor;
    for (let last = false; ; ) {
      const page = await all(lead, since);
      since = page.cursor;
      got.push(...page.ids);
      if (last) break;
      last = !pushing;
    }
    await pushes;
    expect(got.sort()).toEqual(sent.sort());
  });

  it("pages through more rows than fit one answer, each once", async () => {
    const southLead = await rooms.signIn("southlead");
    const seen: string[] = [];
    let pages = 0;
    for (let since = 0, more = true; more; pages += 1) {
      const page = await all(southLead, since);
      seen.push(...page.facts.map((fact) => fact.id));
      [since, more] = [page.cursor, page.more];
    }
    expect(pages).toBeGreaterThan(2);
    expect(seen).toHaveLength(10_000);
    expect(new Set(seen).size).toBe(10_000);
  });

  it("gives agents their own, leads their team's, editors the clients' words, admins all, and everybody the documents", async () => {
    const [hers, his, theirs] = [device(anna), device(boris), device(carl)];
    const call = unique("call");
    const words = hers.record("we have our own store");
    const taken = hers.ready({ kind: "verbatim.taken", call, record: idOf(words), second: 3, unforeseen: false } as Partial<Fact>);
    const entries = { anna: hers.ready(), words, taken, number: hers.record("+74950005101", { type: "number" }), boris: his.ready(), carl: theirs.ready() };
    const before = (await all(anna)).cursor;
    await hers.push([entries.anna, words, taken, entries.number].sort((a, b) => a.n - b.n), { after: 0 });
    await his.push([entries.boris]);
    await theirs.push([entries.carl]);
    const named = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [idOf(entry), name]));
    const sees = async (name: string): Promise<readonly string[]> => (await all(await rooms.signIn(name), before)).ids.map((id) => named[id] ?? "unknown").sort();
    expect(await sees("anna")).toEqual(["anna", "number", "taken", "words"]);
    expect(await sees("boris")).toEqual(["boris"]);
    expect(await sees("lead")).toEqual(["anna", "boris", "number", "taken", "words"]);
    expect(await sees("southlead")).toEqual(["carl"]);
    expect(await sees("editor")).toEqual(["taken", "words"]);
    expect(await sees("closer")).toEqual([]);
    expect(await sees("admin")).toEqual(["anna", "boris", "carl", "number", "taken", "words"]);
    const documents = (await all(await rooms.signIn("closer"))).documents.map((one) => one.type).sort();
    expect(documents).toEqual(["campaign", "campaign", "company", "handler", "script"]);
    expect((await all(anna)).people.map((one) => one.name)).toEqual(["anna"]);
    expect((await all(await rooms.signIn("lead"))).people.map((one) => one.name)).toEqual(["anna", "boris", "lead"]);
  });

  it("[C1] brings the client's words as a record of their own, which the fact only names", async () => {
    const mine = device(anna);
    const words = mine.record("call me after the harvest");
    const taken = mine.ready({ kind: "verbatim.taken", call: unique("call"), record: idOf(words), second: 3, unforeseen: true } as Partial<Fact>);
    const { cursor } = await all(anna);
    await mine.push([words, taken]);
    const got = await all(anna, cursor);
    expect(got.records.map((one) => one.text)).toEqual(["call me after the harvest"]);
    expect(JSON.stringify(got.facts)).not.toContain("harvest");
  });

  it("gives a new device the last two days only, and a cursor from another life of the database everything again", async () => {
    const mine = device(anna);
    const [old, young] = [mine.ready({ at: Date.now() - 49 * HOUR }), mine.ready({ at: Date.now() - 47 * HOUR })];
    await mine.push([old, young]);
    const fresh = await all(anna, 0);
    expect(fresh.ids).toContain(idOf(young));
    expect(fresh.ids).not.toContain(idOf(old));
    expect((await all(anna, 1e12)).ids).toEqual(fresh.ids);
  });

  it("keeps an erased text away, also from a late upload of it", async () => {
    const mine = device(anna);
    const words = mine.record("erase me");
    await mine.push([words]);
    await rooms.database.db.query("update private_record set text = null, erased_at = now() where id = $1", [idOf(words)]);
    await mine.push([words]);
    expect((await all(anna)).ids).not.toContain(idOf(words));
  });
});
