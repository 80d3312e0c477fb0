import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backUp, NOT_KEPT } from "#server/keeping/backUp.ts";
import { restore } from "#server/keeping/restore.ts";
import type { PooledDatabase } from "#server/store/database.ts";
import { migrate } from "#server/store/migrate.ts";
import { migrations } from "#server/store/migrations/list.ts";
import { rowsOf, tablesOf } from "#server/store/tables.ts";
import type { PullResponse } from "#wire/sync.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { wholeCall } from "#test/kit/facts.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";

/** Two hours ago: a device that knows nothing is told what is not too old. */
const TEN = Date.now() - 7_200_000;

let rooms: TestRooms;
let anna: Visitor;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sufler-keeping-"));
  rooms = await startRooms();
  anna = await rooms.signIn("anna");
  const entries = Array.from({ length: 12 }, (_, call) => wholeCall(`call-${call}`, TEN + call * 600_000, { prospect: `storage-000${1 + (call % 9)}`, seconds: call * 7 })).flat()
    .map((fact) => ({ ...fact, by: anna.person.id, device: "anna-laptop" }))
    .map((fact, n) => ({ n: n + 2, fact }));
  const words = { n: 1, record: { id: "words-1", type: "verbatim", text: "слишком дорого\nи «не сейчас» \\ \"\t\u2028", by: anna.person.id, device: "anna-laptop", at: TEN } };
  const { body } = await anna.post("/api/sync/push", { protocol: 1, device: "anna-laptop", entries: [words, ...entries] });
  expect(body.refused).toEqual([]);
});
afterAll(async () => {
  await rooms.stop();
  rmSync(folder, { recursive: true, force: true });
});

const inside = (name: string): string => join(folder, name);

/** Everything that is kept, table by table, in an order of its own. */
async function content(db: PooledDatabase): Promise<Record<string, string[]>> {
  return db.transaction(async (tx) => {
    const found: Record<string, string[]> = {};
    for (const table of await tablesOf(tx)) {
      if (NOT_KEPT.includes(table.name)) continue;
      const rows: string[] = [];
      for await (const portion of rowsOf(tx, table)) rows.push(...portion.map((row) => JSON.stringify(row)));
      found[table.name] = rows.sort();
    }
    return found;
  });
}
const withoutEpoch = (tables: Record<string, string[]>): Record<string, string[]> => ({ ...tables, sync_counter: (tables["sync_counter"] ?? []).map((row) => JSON.stringify((JSON.parse(row) as unknown[]).slice(0, 2))) });

async function withDatabase<T>(work: (one: TestDatabase) => Promise<T>): Promise<T> {
  const one = await startTestDatabase({ migrated: false });
  try {
    return await work(one);
  } finally {
    await one.stop();
  }
}

describe("a back-up", () => {
  it("put into an empty database gives every row and every number again, and another life of the sequence", async () => {
    const file = inside("whole.backup");
    const counts = await backUp(rooms.database.db, file, new Date(TEN));
    expect(counts["fact"]).toBe(48);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await withDatabase(async ({ db }) => {
      expect(await restore(db, file)).toEqual(counts);
      const [before, after] = [await content(rooms.database.db), await content(db)];
      expect(Object.keys(after)).toContain("account");
      expect(withoutEpoch(after)).toEqual(withoutEpoch(before));
      expect(after["sync_counter"]).not.toEqual(before["sync_counter"]);
      // The next entry of the audit log and the next fact take numbers of their own.
      await db.query("insert into audit (action, subject) values ('listen.started', 'x')");
    });
  });

  it("holds nothing that is of the moment alone: no unlogged table", async () => {
    const unlogged = await rooms.database.db.query<{ name: string }>("select relname as name from pg_class where relkind = 'r' and relpersistence = 'u' order by 1");
    expect(unlogged.length).toBeGreaterThan(0);
    expect(unlogged.filter(({ name }) => !NOT_KEPT.includes(name))).toEqual([]);
  });

  it("lets everybody sign in with the old password, and shows the same day", async () => {
    const file = inside("day.backup");
    await backUp(rooms.database.db, file, new Date());
    const target = await startTestDatabase({ migrated: false });
    await restore(target.db, file);
    const there = await startRooms({ database: target });
    try {
      const again = await there.signIn("anna");
      const facts = async (who: Visitor): Promise<PullResponse> => (await who.get("/api/sync/pull?since=0")).body as PullResponse;
      const [before, after] = [await facts(anna), await facts(again)];
      // The same facts in the same order: every number is a fold over them (rule Y5).
      expect(before.facts).toHaveLength(48);
      expect(after.facts).toEqual(before.facts);
      expect(after.records).toEqual(before.records);
      // The session of before is not one here, and what the device sends again is known.
      expect((await fetch(`${there.url}/api/me`, { headers: { cookie: anna.cookie } })).status).toBe(401);
      expect((await again.get("/api/sync/mark?device=anna-laptop")).body.mark).toBe(49);
    } finally {
      await there.stop();
      await target.stop();
    }
  });

  it("is taken while the server goes on writing, as of one moment", async () => {
    const file = inside("moving.backup");
    let going = true;
    let n = 100;
    const busy = (async () => {
      while (going) {
        const entries = wholeCall(`busy-${n}`, TEN, { prospect: "storage-0009" }).map((fact) => ({ n: (n += 1), fact: { ...fact, by: anna.person.id, device: "anna-busy" } }));
        await anna.post("/api/sync/push", { protocol: 1, device: "anna-busy", entries, after: (entries[0]?.n ?? 1) - 1 });
      }
    })();
    await backUp(rooms.database.db, file, new Date());
    going = false;
    await busy;
    await withDatabase(async ({ db }) => {
      await restore(db, file);
      const [counted] = await db.query<{ facts: number; highest: number; value: number }>("select (select count(*) from fact) as facts, (select max(seq) from fact) as highest, value from sync_counter");
      expect(counted?.value).toBe(counted?.highest);
      expect((counted?.facts ?? 0) % 4).toBe(0); // a call came in one transaction: all of it or nothing
    });
  });

  it("is refused, and nothing done, when the database holds somebody", async () => {
    const file = inside("onto.backup");
    await backUp(rooms.database.db, file, new Date());
    const before = await content(rooms.database.db);
    await expect(restore(rooms.database.db, file)).rejects.toThrow(/an empty one/);
    expect(await content(rooms.database.db)).toEqual(before);
  });

  it("is refused when it was cut off, changed, or is none at all", async () => {
    const file = inside("broken.backup");
    await backUp(rooms.database.db, file, new Date());
    const whole = readFileSync(file);
    const text = gunzipSync(whole).toString("utf8");
    const broken: Record<string, Buffer> = {
      "cut off": whole.subarray(0, whole.length - 40), "half": whole.subarray(0, whole.length / 2), "empty": Buffer.alloc(0), "a letter": Buffer.from("Dear Sir"),
      "one line less": gzipSync(text.split("\n").toSpliced(5, 1).join("\n")), "one word changed": gzipSync(text.replace("слишком", "совсем")),
      "another program's": gzipSync('{"name":"x"}\n{"end":1}\n'), "no JSON": gzipSync("hello\nworld\n"),
    };
    await withDatabase(async ({ db }) => {
      for (const [name, bytes] of Object.entries(broken)) {
        writeFileSync(file, bytes);
        await expect(restore(db, file), name).rejects.toThrow(/not a whole back-up/);
      }
      await expect(restore(db, inside("nowhere"))).rejects.toThrow(/There is no file/);
      expect(await tablesOf(db)).toEqual([]);
    });
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("encrypted with a passphrase shows nothing of what it holds, and opens with that passphrase alone", async () => {
    const file = inside("sealed.backup");
    const passphrase = "корабль лимон 7 окон";
    const counts = await backUp(rooms.database.db, file, new Date(TEN), () => {}, passphrase);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const whole = readFileSync(file);
    expect(() => gunzipSync(whole)).toThrow();
    const again = inside("sealed-again.backup");
    await backUp(rooms.database.db, again, new Date(TEN), () => {}, passphrase);
    // The same content under the same passphrase never looks alike: salt and vector are new each time.
    expect(readFileSync(again).subarray(16, 44).equals(whole.subarray(16, 44))).toBe(false);
    await withDatabase(async ({ db }) => {
      await expect(restore(db, file)).rejects.toThrow(/is encrypted: give the passphrase/);
      await expect(restore(db, file, { passphrase: `${passphrase}!` })).rejects.toThrow(/another BACKUP_PASSPHRASE/);
      const broken: Record<string, Buffer> = { "cut off": whole.subarray(0, -40), "one bit": Buffer.from(whole), "nothing but its head": whole.subarray(0, 76), "another's tag": Buffer.concat([whole.subarray(0, -16), readFileSync(again).subarray(-16)]) };
      const bit = broken["one bit"] as Buffer;
      bit[bit.length >> 1] = (bit[bit.length >> 1] ?? 0) ^ 1;
      for (const [name, bytes] of Object.entries(broken)) {
        writeFileSync(again, bytes);
        await expect(restore(db, again, { passphrase }), name).rejects.toThrow(/not a whole back-up/);
      }
      expect(await tablesOf(db)).toEqual([]);
      expect(await restore(db, file, { passphrase: passphrase.normalize("NFD") })).toEqual(counts);
      expect(withoutEpoch(await content(db))).toEqual(withoutEpoch(await content(rooms.database.db)));
    });
  });

  it("can be begun again after it was broken off", async () => {
    const file = inside("again.backup");
    const counts = await backUp(rooms.database.db, file, new Date());
    await withDatabase(async ({ db }) => {
      await expect(restore(db, file, { told: (table) => { if (table === "fact") throw new Error("power cut"); } })).rejects.toThrow("power cut");
      expect(await restore(db, file)).toEqual(counts);
    });
  });
});

describe("a back-up of another version", () => {
  const later = [...migrations, { number: 9001, name: "a later step", sql: "alter table fact add column shade text not null default 'none'; create table shade (id text primary key); insert into shade values ('grey');" }];

  it("is brought to the newer form", async () => {
    const file = inside("older.backup");
    await backUp(rooms.database.db, file, new Date());
    await withDatabase(async ({ db }) => {
      await restore(db, file, { steps: later });
      expect(await db.query("select distinct shade from fact")).toEqual([{ shade: "none" }]);
      expect(await db.query("select id from shade")).toEqual([{ id: "grey" }]);
    });
  });

  it("made by the first version still comes in whole", async () => {
    const file = inside("first.backup");
    await withDatabase(async ({ db }) => {
      await migrate(db, migrations.slice(0, 1));
      await db.query("insert into person (id, name, email, role, language, gender, line) values ('p', 'Old Hand', 'old@demo.example', 'agent', 'en', 'f', 'l1')");
      await db.query("insert into fact (seq, id, person, device, kind, call, time, body) values (1, 'f', 'p', 'd', 'call.ended', 'practice-1', 5, '{\"kind\":\"call.ended\"}')");
      await backUp(db, file, new Date());
    });
    await withDatabase(async ({ db }) => {
      await restore(db, file);
      expect(await db.query("select id, lasting from fact")).toEqual([{ id: "f", lasting: true }]);
    });
  });

  it("made by a newer version is refused with a sentence", async () => {
    const file = inside("newer.backup");
    await withDatabase(async ({ db }) => {
      await migrate(db, later);
      await backUp(db, file, new Date());
    });
    await withDatabase(async ({ db }) => expect(restore(db, file)).rejects.toThrow(/newer version/));
  });
});
