import { StartProblem } from "#server/startProblem.ts";
import type { Database, Queries, Transaction } from "./database.ts";
import { migrations } from "./migrations/list.ts";
import type { Migration } from "./migrations/migration.ts";

/** Any number, the same in all app servers: only one of them migrates at a time. */
const LOCK = 7_283_001;

/**
 * Brings the database to the newest form: each step in a transaction of its own, under a lock, so that several app servers may
 * start at once and a kill half way leaves whole steps only.
 * @param steps in the order of their numbers
 * @throws StartProblem when the database belongs to a newer version, or to another application
 */
export async function migrate(db: Database, steps: readonly Migration[] = migrations): Promise<void> {
  const newest = await db.transaction(async (tx) => {
    await lock(tx);
    await refuseForeign(tx);
    await tx.query("create table if not exists sufler_migrations (number integer primary key, name text not null, at timestamptz not null default now())");
    return newestStep(tx);
  });
  if (newest > (steps.at(-1)?.number ?? 0))
    throw new StartProblem(`The database was made by a newer version of Sufler (step ${newest}; this version knows ${steps.at(-1)?.number ?? 0}): start that version, or restore a back-up made before.`);
  for (const step of steps) {
    await db.transaction(async (tx) => {
      await lock(tx);
      const done = await tx.query("select 1 from sufler_migrations where number = $1", [step.number]);
      if (done.length > 0) return;
      await tx.script(step.sql);
      await tx.query("insert into sufler_migrations (number, name) values ($1, $2)", [step.number, step.name]);
    });
  }
}

/** Number of the newest step that was made; 0 in an empty database. */
export async function newestStep(db: Queries): Promise<number> {
  const [row] = await db.query<{ newest: number | null }>("select max(number) as newest from sufler_migrations");
  return row?.newest ?? 0;
}

async function lock(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock($1)", [LOCK]);
}

async function refuseForeign(tx: Transaction): Promise<void> {
  const tables = await tx.query<{ name: string }>("select tablename as name from pg_tables where schemaname = current_schema()");
  if (tables.length > 0 && !tables.some(({ name }) => name === "sufler_migrations"))
    throw new StartProblem(`The database holds tables of something else (such as "${tables[0]?.name ?? ""}"): give Sufler an empty database of its own.`);
}
