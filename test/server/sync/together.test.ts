import { afterAll, beforeAll, expect, it } from "vitest";
import { addPerson } from "#server/auth/peopleStore.ts";
import { createTogether } from "#server/sync/together.ts";
import type { ToStore } from "#server/sync/syncStore.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { fact, TEN } from "#test/kit/facts.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  await addPerson(database.db, { id: "anna", name: "Anna", email: "anna@demo.example", role: "agent", team: "north", language: "en", gender: "f" }, "no password");
}, 120_000);
afterAll(() => database.stop());

const batch = (device: string, id: string): ToStore => ({
  device, person: "anna", before: 0, last: 1, facts: [fact({ kind: "shift.ready" }, TEN, { id, by: "anna", device })], records: [],
  notice: { channel: "of_this_test", text: "something is new" }, calls: null, late: [],
});

it("[Y2] fifty devices that send at the same moment are each answered for themselves, and a batch that the database refuses holds up nobody", async () => {
  const store = createTogether(database.db);
  // PostgreSQL takes no half of a surrogate pair in JSON.
  const bad = batch("device-bad", "half of a pair: \ud800");
  const good = Array.from({ length: 50 }, (_, at) => batch(`device-${at}`, `f-${at}`));
  const said = await Promise.allSettled(good.toSpliced(25, 0, bad).map(store));
  expect(said.map(({ status }) => status)).toEqual(good.map(() => "fulfilled").toSpliced(25, 0, "rejected"));
  for (const one of said) if (one.status === "fulfilled") expect(one.value).toEqual({ owner: "anna", acked: 1, known: new Set(), taken: new Set() });
  const rows = await database.db.query<{ id: string; seq: number }>("select id, seq from fact order by seq");
  expect(rows.map(({ id }) => id).sort()).toEqual(good.map((_, at) => `f-${at}`).sort());
  expect(new Set(rows.map(({ seq }) => seq)).size).toBe(50);
  expect(await database.db.query("select id from device where id = 'device-bad'")).toEqual([]);
});
