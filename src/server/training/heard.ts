import type { HeardLine } from "#domain/practice/facts.ts";
import type { Said } from "#server/practice/practice.ts";
import type { Database } from "#server/store/database.ts";
import { MAX_LINES } from "#wire/protocol.ts";
import { keepLine, linesOf } from "./linesStore.ts";

/** Takes down what practice customers say, for the look back after the call (rule T7). */
export interface Heard {
  readonly said: (line: Said) => void;
  /** What was said in this call of the caller's, all of it up to now. */
  of(session: string, caller: string): Promise<readonly HeardLine[]>;
  /** When everything heard so far is kept. */
  settled(): Promise<void>;
}

export function openHeard(db: Database, trouble: (what: string, error: unknown) => void): Heard {
  const writing = new Set<Promise<void>>();
  const settled = async (): Promise<void> => { await Promise.all(writing); };
  return {
    said({ session, caller, n, ms, situation }) {
      // Calls of other SIP clients have no name that anybody could ask by.
      if (session === undefined || n >= MAX_LINES) return;
      const written: Promise<void> = keepLine(db, { session, caller, n, ms: Math.max(0, Math.round(ms)), says: situation })
        .catch((error: unknown) => { trouble("A practice customer's line could not be kept", error); })
        .finally(() => { writing.delete(written); });
      writing.add(written);
    },
    async of(session, caller) {
      await settled();
      return linesOf(db, session, caller, MAX_LINES);
    },
    settled,
  };
}
