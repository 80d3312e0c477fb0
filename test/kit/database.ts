import { openDataFolder } from "#server/store/dataFolder.ts";
import { openDatabase, type Patience, type PooledDatabase } from "#server/store/database.ts";
import { migrate } from "#server/store/migrate.ts";
import { startEmbeddedPostgres } from "#server/store/postgres.ts";
import { databasePid, isAlive, newDataDir, removeDataDir } from "./dataDir.ts";
import { until } from "./until.ts";

/** A real PostgreSQL of its own for one test file, about a second to make. */
export interface TestDatabase {
  readonly db: PooledDatabase;
  /** postgres://… of the database `db` uses. */
  readonly url: string;
  /** Opens further pools, as further app servers would; over another way to the database, and with less patience, where they are given. Closed by `stop`. */
  open(by?: string, patience?: Patience): PooledDatabase;
  /** The database server crashes (what was not on the disk is gone) and comes back under the same address; `meanwhile` runs while it is away. */
  crash(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** @param migrated false leaves the database empty */
export async function startTestDatabase({ migrated = true }: { readonly migrated?: boolean } = {}): Promise<TestDatabase> {
  const dataDir = newDataDir();
  const folder = openDataFolder(dataDir);
  const start = () => startEmbeddedPostgres(folder, { say: () => {}, signal: new AbortController().signal });
  let server = await start();
  const { url } = server;
  const pools: PooledDatabase[] = [];
  const open = (by = url, patience?: Patience): PooledDatabase => {
    const db = openDatabase(by, () => {}, patience);
    pools.push(db);
    return db;
  };
  const db = open();
  if (migrated) await migrate(db);
  return {
    db,
    url,
    open,
    async crash(meanwhile) {
      const pid = databasePid(dataDir);
      process.kill(pid, "SIGQUIT");
      await until("the end of the database server", () => !isAlive(pid), 30_000);
      await meanwhile?.();
      server = await start();
      if (server.url !== url) throw new Error("the database came back under another address");
    },
    async stop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await server.stop();
      folder.release();
      await removeDataDir(dataDir);
    },
  };
}
