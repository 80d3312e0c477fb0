import type { Database, Queries } from "#server/store/database.ts";

/** Which socket of which app server holds a person's phone. `socket` is null while the holder is gone, for a moment. */
export interface KeptHolder { readonly server: string; readonly socket: string | null; readonly device: string | null }

/** What becomes of it: another holder, none, or as it was. */
export type HolderChange = { readonly put: KeptHolder } | { readonly drop: true } | undefined;

export async function holderOf(db: Queries, person: string): Promise<KeptHolder | undefined> {
  const [row] = await db.query<KeptHolder & Record<string, unknown>>("select server, socket, device from phone_holder where person = $1", [person]);
  return row;
}

/** Changes who holds a person's phone; all app servers one after another. @returns who held it before, and whether that changed */
export async function changeHolder(db: Database, person: string, change: (before: KeptHolder | undefined) => HolderChange): Promise<{ readonly before: KeptHolder | undefined; readonly changed: boolean }> {
  return db.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtextextended('phone ' || $1, 0))", [person]);
    const before = await holderOf(tx, person);
    const next = change(before);
    if (!next) return { before, changed: false };
    if ("drop" in next) await tx.query("delete from phone_holder where person = $1", [person]);
    else {
      await tx.query(
        "insert into phone_holder (person, server, socket, device) values ($1, $2, $3, $4) on conflict (person) do update set server = excluded.server, socket = excluded.socket, device = excluded.device",
        [person, next.put.server, next.put.socket, next.put.device],
      );
    }
    return { before, changed: true };
  });
}
