import { openDataFolder } from "#server/store/dataFolder.ts";
import { openDatabase, type PooledDatabase } from "#server/store/database.ts";
import { migrate } from "#server/store/migrate.ts";
import { startEmbeddedPostgres } from "#server/store/postgres.ts";
import { newDataDir, removeDataDir } from "./dataDir.ts";

/** A real PostgreSQL of its own for one test file, about a second to make. */
export interface TestDatabase {
  readonly db: PooledDatabase;
  /** postgres://… of the database `db` uses. */
  readonly url: string;
  /** Opens further pools, as further app servers would. Closed by `stop`. */
  open(): PooledDatabase;
  stop(): Promise<void>;
}

/** @param migrated false leaves the database empty */
export async function startTestDatabase({ migrated = true }: { readonly migrated?: boolean } = {}): Promise<TestDatabase> {
  const dataDir = newDataDir();
  const folder = openDataFolder(dataDir);
  const server = await startEmbeddedPostgres(folder, { say: () => {}, signal: new AbortController().signal });
  const pools: PooledDatabase[] = [];
  const open = (): PooledDatabase => {
    const db = openDatabase(server.url, () => {});
    pools.push(db);
    return db;
  };
  const db = open();
  if (migrated) await migrate(db);
  return {
    db,
    url: server.url,
    open,
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await server.stop();
      folder.release();
      await removeDataDir(dataDir);
    },
  };
}
