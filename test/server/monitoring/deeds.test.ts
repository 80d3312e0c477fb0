import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FactBody } from "#domain/fact.ts";
import { migrate } from "#server/store/migrate.ts";
import { migrations } from "#server/store/migrations/list.ts";
import { startTestDatabase } from "#test/kit/database.ts";
import { startRooms, type TestRooms, type Visitor } from "#test/kit/rooms.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { AuditResponse, Deed } from "#wire/api.ts";

let rooms: TestRooms;
let lead: Visitor;
let admin: Visitor;
let boris: Visitor;
let anna: string;
beforeAll(async () => {
  rooms = await startRooms();
  [lead, admin, boris] = await Promise.all([rooms.signIn("lead"), rooms.signIn("admin"), rooms.signIn("boris")]);
  anna = (await rooms.signIn("anna")).person.id;
});
afterAll(() => rooms.stop());

let made = 0;
async function tell(who: Visitor, body: FactBody, times = 1): Promise<readonly unknown[]> {
  const device = `${who.person.id}-deeds`;
  made += 1;
  const fact = { ...body, id: `deed-${made}`, at: Date.now(), offset: 0, by: who.person.id, device };
  let refused: readonly unknown[] = [];
  for (let n = 0; n < times; n += 1) refused = ((await who.post("/api/sync/push", { protocol: PROTOCOL, device, entries: [{ n: made, fact }] })).body as { refused: unknown[] }).refused;
  return refused;
}
const newest = async (): Promise<AuditResponse["entries"]> => ((await admin.get("/api/audit")).body as AuditResponse).entries;

const target = { kind: "target.set", target: "t", from: "2026-11-23", to: "2026-11-23", since: 0, unit: "contacts", amount: 40, start: 540, end: 900 } as const;
const practice = { kind: "training.assigned", assignment: "a", campaign: "storage", customer: "mix", difficulty: "easy", calls: 3, until: "2026-12-01" } as const;
/** Everything that a lead says of an agent, and what it is called in the log. */
const deeds = (): readonly (readonly [FactBody, Deed])[] => [
  [{ ...target, agent: anna }, "target.set"],
  [{ kind: "target.withdrawn", target: "t", agent: anna, on: true }, "target.withdrawn"], [{ kind: "target.withdrawn", target: "t", agent: anna, on: false }, "target.restored"],
  [{ ...practice, agent: anna }, "training.assigned"],
  [{ kind: "training.withdrawn", assignment: "a", agent: anna, on: true }, "training.withdrawn"], [{ kind: "training.withdrawn", assignment: "a", agent: anna, on: false }, "training.restored"],
  ...(["confirmed", "notConfirmed", "notReached", "withdrawn"] as const).map((found) => [{ kind: "contact.checked", call: "c", agent: anna, found }, `contact.${found}`] as const),
];

describe("the log of deeds", () => {
  it("[Q15] has a line for each target, check and assignment of a lead's, once however often it is sent, and none for what was refused", async () => {
    for (const [body, action] of deeds()) {
      const before = (await newest()).length;
      expect(await tell(lead, body, 2)).toEqual([]);
      const entries = await newest();
      expect([action, entries.length - before]).toEqual([action, 1]);
      expect(entries[0]).toMatchObject({ by: "lead", action, subject: "anna" });
      expect(await tell(boris, body)).toMatchObject([{ why: "author" }]);
      expect((await newest()).length).toBe(before + 1);
    }
  });

  it("keeps what was said, and nothing of the envelope", async () => {
    const [row] = await rooms.database.db.query("select detail from audit where action = 'target.set'");
    const { kind: _, ...said } = target;
    expect(row).toEqual({ detail: said });
  });

  it("is only added to, whoever asks", async () => {
    const { db } = rooms.database;
    for (const change of ["update audit set person = null", "delete from audit", "truncate audit"]) await expect(db.query(change)).rejects.toThrow("only added to");
    expect((await newest()).length).toBeGreaterThan(0);
  });

  it("tells of what leads have said before there was a line for it", async () => {
    const old = await startTestDatabase({ migrated: false });
    try {
      await migrate(old.db, migrations.filter(({ number }) => number < 12));
      await old.db.query("insert into person (id, name, email, role, language, gender, line) values ('l', 'lead', 'l@x.example', 'lead', 'en', 'f', 'l'), ($1, 'anna', 'a@x.example', 'agent', 'en', 'f', 'a')", [anna]);
      await old.db.query("insert into audit (person, action, subject) values ('l', 'listen.started', 'a')");
      const facts = deeds().map(([body], n) => ({ ...body, id: `old-${n}`, at: n, offset: 0, by: "l", device: "d" }));
      await old.db.query("select insert_facts(0, 'l', 'd', $1)", [JSON.stringify([...facts, { kind: "shift.ready", id: "other", at: 0, offset: 0, by: "l", device: "d" }])]);
      await migrate(old.db, migrations);
      const rows = await old.db.query<{ action: string }>("select action from audit where action <> 'listen.started' order by id");
      expect(rows.map(({ action }) => action)).toEqual(deeds().map(([, action]) => action));
    } finally {
      await old.stop();
    }
  });
});
