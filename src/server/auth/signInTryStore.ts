import type { Database, Queries } from "#server/store/database.ts";

/** How many tries are too many, of what. */
export interface TryBound { readonly who: string; readonly most: number }

/**
 * Writes a try down under each of these names, unless one of them has reached its bound within the window; together with that
 * look, so that a thousand tries at once, at whichever app server, are not all let in.
 * @param bounds always in the same order of kinds: two tries that wait for each other's names would wait for ever
 * @returns 0 when it was written down, else the seconds until the next one may be
 */
export async function takeTry(db: Database, bounds: readonly TryBound[], now: Date, windowSeconds: number): Promise<number> {
  return db.transaction(async (tx) => {
    let wait = 0;
    for (const { who, most } of bounds) {
      await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 7))", [who]);
      // The one that has to fall out of the window before there is room again.
      const [row] = await tx.query<{ at: Date }>(
        "select at from sign_in_try where who = $1 and at > $2::timestamptz - make_interval(secs => $3) order by at desc offset $4 limit 1",
        [who, now, windowSeconds, most - 1],
      );
      if (row) wait = Math.max(wait, Math.ceil((row.at.getTime() + windowSeconds * 1000 - now.getTime()) / 1000));
    }
    if (wait > 0) return wait;
    await tx.query("insert into sign_in_try (who, at) select who, $2 from unnest($1::text[]) as t (who)", [bounds.map(({ who }) => who), now]);
    return 0;
  });
}

/** Forgets all tries of the first name, and the newest one of the second. */
export async function forgetTries(db: Queries, all: string, newest: string): Promise<void> {
  await db.query(
    "delete from sign_in_try where who = $1 or ctid = (select ctid from sign_in_try where who = $2 order by at desc limit 1)",
    [all, newest],
  );
}

/** Forgets what is older than any window. */
export async function forgetOldTries(db: Queries, before: Date): Promise<void> {
  await db.query("delete from sign_in_try where at < $1", [before]);
}
