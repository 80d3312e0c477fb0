import type { HeardLine } from "#domain/practice/facts.ts";
import type { Situation } from "#domain/practice/situations.ts";
import type { Queries } from "#server/store/database.ts";

/** A line of a practice customer in one call. */
export interface SaidLine extends HeardLine {
  /** The call's Session-ID. */
  readonly session: string;
  /** Counts up within the call. */
  readonly n: number;
  /** User name of the line that called. */
  readonly caller: string;
}

export async function keepLine(db: Queries, { session, n, caller, ms, says }: SaidLine): Promise<void> {
  await db.query("insert into practice_line (session, n, caller, ms, situation) values ($1, $2, $3, $4, $5) on conflict do nothing", [session, n, caller, ms, says]);
}

/** What was said in a call of this caller's, in order. */
export async function linesOf(db: Queries, session: string, caller: string, most: number): Promise<readonly HeardLine[]> {
  const rows = await db.query<{ ms: number; situation: Situation }>("select ms, situation from practice_line where session = $1 and caller = $2 order by n limit $3", [session, caller, most]);
  return rows.map(({ ms, situation }) => ({ ms, says: situation }));
}

/** Forgets what no device can still be asking for. */
export async function forgetLines(db: Queries, before: Date): Promise<void> {
  await db.query("delete from practice_line where at < $1", [before]);
}
