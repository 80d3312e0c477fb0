import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backUp } from "#server/keeping/backUp.ts";
import { eraseOld, eraseProspect, finishErasures } from "#server/keeping/erase.ts";
import { openEraseLog, readErasures } from "#server/keeping/eraseLog.ts";
import { restore } from "#server/keeping/restore.ts";
import type { AuditResponse, LeaseResponse, ProspectsResponse } from "#wire/api.ts";
import type { PullResponse } from "#wire/sync.ts";
import { startTestDatabase } from "#test/kit/database.ts";
import { fact, wholeCall } from "#test/kit/facts.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

const BEFORE = Date.now() - 7_200_000;
let rooms: TestRooms;
let anna: Visitor;
let lead: Visitor;
let editor: Visitor;
let admin: Visitor;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sufler-erase-"));
  rooms = await startRooms();
  [anna, lead, editor, admin] = await Promise.all([rooms.signIn("anna"), rooms.signIn("lead"), rooms.signIn("editor"), rooms.signIn("admin")]);
});
afterAll(async () => {
  await rooms.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A call of anna's with a number, the client's words and a note. */
function callWith(prospect: string, call: string) {
  const record = (type: string, text: string) => ({ record: { id: `${type}-${call}`, type, text, by: anna.person.id, device: `of-${call}`, at: BEFORE } });
  const own = { by: anna.person.id, device: `of-${call}` };
  const facts = [
    ...wholeCall(call, BEFORE, { prospect }).map((one) => (one.kind === "call.dialed" ? { ...one, number: `number-${call}` } : one)),
    fact({ kind: "verbatim.taken", call, record: `verbatim-${call}`, second: 4, unforeseen: false }, BEFORE + 9000),
    fact({ kind: "note.taken", call, record: `note-${call}` }, BEFORE + 9000),
  ].map((one) => ({ fact: { ...one, ...own } }));
  const entries = [record("number", "+74950005101"), record("verbatim", "we have no money"), record("note", "ask for Pete"), ...facts].map((entry, n) => ({ ...entry, n: n + 1 }));
  return {
    entries,
    push: async (from = 0, to = entries.length): Promise<void> => {
      const { body } = await anna.post("/api/sync/push", { protocol: 1, device: `of-${call}`, entries: entries.slice(from, to) });
      expect(body.refused).toEqual([]);
    },
    texts: [`number-${call}`, `verbatim-${call}`, `note-${call}`],
  };
}
const pull = async (who: Visitor, since = 0): Promise<PullResponse> => (await who.get(`/api/sync/pull?since=${since}`)).body as PullResponse;
const textsLeft = async (ids: readonly string[]): Promise<readonly unknown[]> => rooms.database.db.query("select id from private_record where id = any($1) and text is not null", [ids]);

describe("erasing a person of a list", () => {
  it("[Y10] takes the card and every text of every call, tells all who have read them, and leaves facts and counts as they were", async () => {
    const [gone, stays] = [callWith("storage-0001", "one"), callWith("storage-0002", "two")];
    await gone.push();
    await stays.push();
    const before = await pull(lead);
    expect((await admin.post("/api/prospects/find", { text: "No 1" })).body.prospects.map((one: { id: string }) => one.id)).toContain("storage-0001");

    expect((await admin.post("/api/prospects/erase", { prospect: "storage-0001" })).status).toBe(200);
    expect(await textsLeft(gone.texts)).toEqual([]);
    expect(await textsLeft(stays.texts)).toHaveLength(3);
    const [body] = await rooms.database.db.query<{ body: Record<string, unknown> }>("select body from prospect where id = 'storage-0001'");
    expect(JSON.stringify(body)).not.toMatch(/Pat|Acme|7495/);

    expect([...((await pull(anna, before.cursor)).erased ?? [])].sort()).toEqual([...gone.texts, "storage-0001"].sort());
    expect([...((await pull(lead, before.cursor)).erased ?? [])].sort()).toEqual([...gone.texts, "storage-0001"].sort());
    expect([...((await pull(editor, before.cursor)).erased ?? [])].sort()).toEqual(["storage-0001", "verbatim-one"]);
    const after = await pull(lead);
    expect(after.facts).toEqual(before.facts);
    expect(after.records.map((one) => one.id).sort()).toEqual([...stays.texts].sort());
    expect(((await lead.get("/api/prospects?ids=storage-0001,storage-0002")).body as ProspectsResponse).prospects.map(({ id }) => id)).toEqual(["storage-0002"]);
    expect(rooms.erased).toEqual(["storage-0001"]);
    expect(await rooms.database.db.query("select person, subject from audit where action = 'prospect.erased'")).toEqual([{ person: admin.person.id, subject: "storage-0001" }]);
  });

  it("[Y10] holds against what a device uploads late, in whatever portions", async () => {
    await admin.post("/api/prospects/erase", { prospect: "storage-0003" });
    const late = callWith("storage-0003", "late");
    await late.push(0, 3);
    await late.push(3, 5);
    await late.push(5);
    expect(await textsLeft(late.texts)).toEqual([]);
    expect((await pull(anna)).facts.filter((one) => "call" in one && one.call === "late")).toHaveLength(6);
  });

  it("gives nobody the right to call them any more", async () => {
    await admin.post("/api/prospects/erase", { prospect: "storage-0004" });
    const { body } = await anna.post("/api/dialing/leases", { device: "of-one", language: "en", hold: ["storage-0004"], want: 20 });
    expect((body as LeaseResponse).leases.map(({ prospect }) => prospect.id)).not.toContain("storage-0004");
  });

  it("says nothing twice, and says so when nobody has that id", async () => {
    const { cursor } = await pull(anna);
    expect((await admin.post("/api/prospects/erase", { prospect: "storage-0001" })).status).toBe(200);
    expect((await pull(anna, cursor)).erased).toEqual([]);
    expect((await admin.post("/api/prospects/erase", { prospect: "nobody" })).body.why).toBe("noProspect");
  });

  it("stands in the log of deeds, for the admin alone", async () => {
    const { entries } = (await admin.get("/api/audit")).body as AuditResponse;
    expect(entries.at(-1)).toMatchObject({ by: "admin", action: "prospect.erased", subject: "storage-0001" });
    expect(entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).toSorted((a, b) => b - a));
    expect(((await admin.get(`/api/audit?before=${entries[0]?.id}`)).body as AuditResponse).entries).toEqual(entries.slice(1));
    expect((await lead.get("/api/audit")).status).toBe(403);
  });

  it.each(["No 12", "no 12", "pat no 12", "Acme", "7495 000-51-11", "8 495 000 51 11"])("finds people by %s", async (text) => {
    const { prospects } = (await admin.post("/api/prospects/find", { text })).body as ProspectsResponse;
    expect(prospects.map((one) => one.id)).toContain("storage-0012");
  });

  it.each(["%%", "__", "\\", "' or 1=1 --"])("takes %s for text, not for a pattern", async (text) => {
    expect((await admin.post("/api/prospects/find", { text: `${text}x` })).body).toEqual({ prospects: [] });
  });
});

it("[Y10] an erasure that was written down, and that a crash kept from the database, is finished by the next start", async () => {
  const call = callWith("storage-0007", "crash");
  await call.push();
  const before = await pull(anna);
  const own = mkdtempSync(join(folder, "crash-"));
  const log = openEraseLog(own);
  const news = { notice: () => ({ channel: "", text: "" }), post: async () => {}, tell: () => {}, hear: () => () => {}, close: async () => {} };
  const { db } = rooms.database;
  await expect(eraseProspect(db, news, "storage-0007", null, (prospect) => {
    log.write(prospect);
    throw new Error("power cut");
  })).rejects.toThrow("power cut");
  expect(await textsLeft(call.texts)).toHaveLength(3);
  expect(await finishErasures(db, readErasures(own))).toBe(1);
  expect(await textsLeft(call.texts)).toEqual([]);
  const after = await pull(anna, before.cursor);
  expect([...(after.erased ?? [])].sort()).toEqual([...call.texts, "storage-0007"].sort());
  expect((await pull(anna)).facts).toEqual(before.facts);
  expect(await finishErasures(db, readErasures(own))).toBe(0);
});

describe("what was erased", () => {
  it("[Y10] stays erased when a back-up from before is restored, and a device that knew it is told again", async () => {
    const call = callWith("storage-0005", "kept");
    await call.push();
    const file = join(folder, "before.backup");
    await backUp(rooms.database.db, file, new Date());
    const { cursor, epoch } = await pull(anna);
    const log = openEraseLog(folder);
    log.write("storage-0005");
    log.write("storage-0005");
    const target = await startTestDatabase({ migrated: false });
    await restore(target.db, file, { erased: readErasures(folder) });
    const there = await startRooms({ database: target });
    try {
      expect(await target.db.query("select id from private_record where id = any($1) and text is not null", [call.texts])).toEqual([]);
      const again = await there.signIn("anna");
      const told = ((await again.get(`/api/sync/pull?since=${cursor}&epoch=${epoch}`)).body as PullResponse).erased ?? [];
      expect(told).toEqual(expect.arrayContaining([...call.texts, "storage-0005"]));
    } finally {
      await there.stop();
      await target.stop();
    }
  });

  it("is read from its list, whose last line a power cut may have torn", () => {
    const file = join(folder, "torn.ndjson");
    writeFileSync(file, '{"prospect":"a"}\n{"prospect":"b"}\n{"pros');
    expect(readErasures(file)).toEqual(["a", "b"]);
    writeFileSync(file, '{"pros\n{"prospect":"b"}\n');
    expect(() => readErasures(file)).toThrow(/line 1/);
    expect(readErasures(join(folder, "none.ndjson"))).toEqual([]);
  });
});

it("[Y11] texts kept long enough go by themselves, counted from their arrival: a clock that was years behind costs nobody a note", async () => {
  const call = callWith("storage-0006", "old");
  // Its device believed that it was 2020.
  for (const entry of call.entries) if ("record" in entry) Object.assign(entry.record, { at: Date.UTC(2020, 0) });
  await call.push();
  const { facts, cursor } = await pull(anna);
  const news = { notice: () => ({ channel: "", text: "" }), post: async () => {}, tell: () => {}, hear: () => () => {}, close: async () => {} };
  expect(await eraseOld(rooms.database.db, news, new Date(Date.now() - 86_400_000))).toBe(0);
  expect(await textsLeft(call.texts)).toHaveLength(3);
  // A restore keeps the day of their arrival.
  const file = join(folder, "arrived.backup");
  await backUp(rooms.database.db, file, new Date());
  const target = await startTestDatabase({ migrated: false });
  await restore(target.db, file);
  const arrived = "select id, received_at from private_record where text is not null order by id";
  expect(await target.db.query(arrived)).toEqual(await rooms.database.db.query(arrived));
  await target.stop();
  expect(await eraseOld(rooms.database.db, news, new Date(Date.now() + 1000))).toBeGreaterThanOrEqual(3);
  expect(await textsLeft(call.texts)).toEqual([]);
  expect((await pull(anna)).facts).toEqual(facts);
  expect((await pull(anna, cursor)).erased).toEqual(expect.arrayContaining([...call.texts]));
});
