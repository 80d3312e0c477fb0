import type { Database } from "#server/store/database.ts";
import { storeBatches, type BatchStored, type ToStore } from "./syncStore.ts";

/** Statements under way: one that commits, and one that is ready when the counter's lock is free. */
const UNDER_WAY = 2;
/** Batches, and entries of them, in one statement. */
const MOST = 16;
const MOST_ENTRIES = 100;

/**
 * Stores batches for all who send at the same time. They commit one after the other in any case (rule Y6), and each commit waits for
 * the disk: those that come meanwhile are stored by one statement and share the next one, and hold no connections while they wait.
 */
export function createTogether(db: Database): (batch: ToStore) => Promise<BatchStored> {
  interface Waiting { readonly batch: ToStore; readonly resolve: (stored: BatchStored) => void; readonly reject: (error: unknown) => void }
  const line: Waiting[] = [];
  let running = 0;

  const take = (): readonly Waiting[] => {
    let [count, entries] = [0, 0];
    for (const { batch } of line.slice(0, MOST)) {
      entries += batch.facts.length + batch.records.length;
      if (count > 0 && entries > MOST_ENTRIES) break;
      count += 1;
    }
    return line.splice(0, count);
  };

  const store = async (some: readonly Waiting[]): Promise<void> => {
    try {
      const stored = await storeBatches(db, some.map(({ batch }) => batch));
      for (const [at, { resolve, reject }] of some.entries()) {
        const one = stored[at];
        if (one) resolve(one);
        else reject(new Error("The batch was not answered"));
      }
    } catch (error) {
      // Refused by the database, and so nothing was stored: one bad batch never holds up the others. Without its word (the
      // connection broke) it may all be there: then whoever sent it asks again.
      if (some.length > 1 && refused(error)) for (const one of some) await store([one]);
      else for (const { reject } of some) reject(error);
    }
  };

  const next = async (): Promise<void> => {
    if (running >= UNDER_WAY || line.length === 0) return;
    running += 1;
    await store(take());
    running -= 1;
    void next();
  };

  return (batch) => new Promise((resolve, reject) => {
    line.push({ batch, resolve, reject });
    void next();
  });
}

/** An error that the database itself has sent: it has a code of five signs (PostgreSQL, appendix A). */
function refused(error: unknown): boolean {
  return error instanceof Error && "severity" in error && "code" in error && typeof error.code === "string" && error.code.length === 5;
}
