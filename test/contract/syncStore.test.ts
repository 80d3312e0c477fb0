import { afterAll, beforeAll, describe } from "vitest";
import type { Person } from "#domain/base/campaign.ts";
import { addPerson } from "#server/auth/peopleStore.ts";
import { addDocument } from "#server/scripts/documentStore.ts";
import * as pullStore from "#server/sync/pullStore.ts";
import * as syncStore from "#server/sync/syncStore.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";
import { memoryDatabase, memoryPullStore, memorySyncStore, publishInMemory } from "#test/kit/memoryServer.ts";
import { TEN } from "#test/kit/facts.ts";
import { syncStoreContract } from "./syncStore.ts";

const people = ["anna", "boris"].map((id): Person => ({ id, name: id, email: `${id}@demo.example`, role: "agent", team: "north", language: "en", gender: "f" }));

describe("in memory", () => {
  const db = memoryDatabase(() => TEN, people);
  syncStoreContract(() => ({ db, sync: memorySyncStore, pull: memoryPullStore, publish: async (document) => { publishInMemory(db, document); } }));
});

describe("in PostgreSQL", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startTestDatabase();
    for (const person of people) await addPerson(database.db, person, "no password");
  }, 120_000);
  afterAll(() => database.stop());
  syncStoreContract(() => ({ db: database.db, sync: syncStore, pull: pullStore, publish: (document) => database.db.transaction((tx) => addDocument(tx, document, null)) }));
});
