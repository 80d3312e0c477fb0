import type { Pool, PoolClient } from "pg";

/** Where a single statement runs: the pool, or a connection inside a transaction. */
export type Queryable = Pick<Pool | PoolClient, "query">;

/**
 * Runs `work` in one transaction and gives back its result once that is durable; rolls back when it throws.
 * @param begin such as "begin isolation level repeatable read read only"
 */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>, begin = "begin"): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away; the error that matters is the first one.
    await client.query("rollback").catch((failure: unknown) => (broken = failure instanceof Error ? failure : new Error(String(failure))));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A moment in which nothing changes: all statements see the same state (PostgreSQL "repeatable read"). */
export const SNAPSHOT = "begin isolation level repeatable read read only";
