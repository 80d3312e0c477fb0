import { afterAll, beforeAll, expect, it } from "vitest";
import type { Fact, FactBody } from "#domain/fact.ts";
import { addDocument, COMPANY } from "#server/scripts/documentStore.ts";
import { createLateCalls } from "#server/sync/lateCalls.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { HOUR } from "#test/kit/facts.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  await database.db.transaction((tx) => addDocument(tx, { type: "company", id: COMPANY, version: 1, body: { name: "Company", timeZone: "Europe/Moscow", closes: 60 } as never }, null));
});
afterAll(() => database.stop());

const NOW = Date.parse("2026-11-30T12:00:00Z");
const fact = (body: FactBody, at: number): Fact => ({ ...body, id: `${body.kind} ${at}`, at, offset: 0, by: "anna", device: "d" } as Fact);
const dialed = fact({ kind: "call.dialed", call: "old", campaign: "storage", prospect: "p", number: "n" }, NOW - 60 * HOUR);
const ended = fact({ kind: "call.ended", call: "old", why: "agentHungUp" }, NOW - 59 * HOUR);

it("[Q14] finds a call late that began in the batch before, which was on its way into the database when this one was looked up", async () => {
  const late = createLateCalls(database.db, () => NOW);
  const notes = await late("anna", [ended]);
  (await late("anna", [dialed]))();
  expect(notes()).toMatchObject([{ of: ended.id, fact: { kind: "call.late", call: "old", agent: "anna", received: NOW } }]);
});

it("[Q14] knows nothing of a call whose beginning is nowhere", async () => {
  const late = createLateCalls(database.db, () => NOW);
  const notes = await late("anna", [ended]);
  (await late("boris", [dialed]))();
  expect(notes()).toEqual([]);
});
