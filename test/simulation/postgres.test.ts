import { afterAll, beforeAll, expect, it } from "vitest";
import { addPerson } from "#server/auth/peopleStore.ts";
import { addDocument } from "#server/scripts/documentStore.ts";
import type { Fact } from "#domain/fact.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { playDay, staff, type Place } from "./day.ts";

// The same days over the real database: a few of them, and shorter, because each step takes its time.

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  for (const person of staff) await addPerson(database.db, person, "no password");
}, 120_000);
afterAll(() => database.stop());

const FIRST = Number(process.env["SEED"] ?? 1);

const open = async (): Promise<Place> => {
  const { db } = database;
  await db.query("truncate fact, private_record, device, document, device_key cascade");
  return {
    db, steps: 14,
    facts: async () => (await db.query<{ body: Fact }>("select body from fact")).map(({ body }) => body),
    publish: (document) => db.transaction((tx) => addDocument(tx, document, null)),
    close: async () => undefined,
  };
};

it.each([FIRST, FIRST + 1])("[Y2] [Y5] [Y6] day %i over PostgreSQL: agent, wallboard, report and recount say one number", async (seed) => {
  const played = await playDay(seed, open);
  expect(played.wrong).toEqual([]);
  expect(played.facts).toBeGreaterThan(80);
}, 180_000);
