import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PooledDatabase } from "#server/store/database.ts";
import { migrate } from "#server/store/migrate.ts";
import { migrations } from "#server/store/migrations/list.ts";
import type { Migration } from "#server/store/migrations/migration.ts";
import { startTestDatabase, type TestDatabase } from "#test/kit/database.ts";

let database: TestDatabase;
let db: PooledDatabase;
beforeAll(async () => {
  database = await startTestDatabase({ migrated: false });
  db = database.db;
}, 60_000);
afterAll(() => database.stop());

const first: Migration = { number: 1, name: "first", sql: "create table a (x integer); insert into a values (1);" };
const second: Migration = { number: 2, name: "second", sql: "insert into a values (2);" };
const broken: Migration = { number: 3, name: "broken", sql: "insert into a values (3); select no_such_function();" };

const empty = (): Promise<unknown> => db.transaction((tx) => tx.script("drop schema public cascade; create schema public;"));
const rows = (): Promise<unknown[]> => db.query("select x from a order by x");

describe("migrations", () => {
  it("are numbered from 1 upwards without a gap", () => {
    expect(migrations.map((step) => step.number)).toEqual(migrations.map((_, index) => index + 1));
  });

  it("run once each, in order, also when two app servers start at once", async () => {
    await empty();
    await migrate(db, [first]);
    await Promise.all([migrate(db, [first, second]), migrate(database.open(), [first, second])]);
    expect(await rows()).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it("leave whole steps only when one fails", async () => {
    await empty();
    await expect(migrate(db, [first, second, broken])).rejects.toThrow(/no_such_function/);
    expect(await rows()).toEqual([{ x: 1 }, { x: 2 }]);
    await migrate(db, [first, second, { ...broken, sql: "insert into a values (4);" }]);
    expect(await rows()).toEqual([{ x: 1 }, { x: 2 }, { x: 4 }]);
  });

  it("refuse a database of a newer version in one sentence, and leave it alone", async () => {
    await empty();
    await migrate(db, [first, second]);
    await expect(migrate(db, [first])).rejects.toThrow(/^The database was made by a newer version of Sufler \(step 2; this version knows 1\): .*\.$/);
  });

  it("refuse a database with tables of something else, and leave it alone", async () => {
    await empty();
    await db.query("create table invoices (id integer)");
    await expect(migrate(db, [first])).rejects.toThrow(/^The database holds tables of something else \(such as "invoices"\): .*\.$/);
    expect(await db.query("select tablename from pg_tables where schemaname = 'public'")).toEqual([{ tablename: "invoices" }]);
  });

  it("run as they stand on an empty database", async () => {
    await empty();
    await migrate(db);
    expect(await db.query("select max(number) as newest from sufler_migrations")).toEqual([{ newest: migrations.length }]);
  });
});
