import type { Queries } from "#server/store/database.ts";
import type { PhoneSetup } from "#wire/api.ts";

/** What the admin has entered; the TURN secret is sealed. */
export interface KeptSetup extends PhoneSetup { readonly version: number; readonly turnSecret: string | null }

export async function keptSetup(db: Queries): Promise<KeptSetup | undefined> {
  const [row] = await db.query<{ value: KeptSetup }>("select value from kept where name = 'phone'");
  return row?.value;
}

/** Keeps it as the version after `based`; false when that is not the newest any more. */
export async function keepSetup(db: Queries, based: number, setup: Omit<KeptSetup, "version">): Promise<boolean> {
  const value = JSON.stringify({ ...setup, version: based + 1 } satisfies KeptSetup);
  const rows = await db.query(
    `insert into kept (name, value) select 'phone', $2::jsonb where $1::integer = 0 or exists (select from kept where name = 'phone')
     on conflict (name) do update set value = excluded.value where (kept.value ->> 'version')::integer = $1 returning name`,
    [based, value],
  );
  return rows.length > 0;
}
