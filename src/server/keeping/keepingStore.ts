import type { Prospect } from "#domain/dialing/prospect.ts";
import type { Queries } from "#server/store/database.ts";

/** Whether anybody or anything that happened is in the database. */
export async function holdsSomething(db: Queries): Promise<boolean> {
  const [row] = await db.query<{ some: boolean }>("select exists (select from person) or exists (select from fact) or exists (select from prospect) as some");
  return row?.some ?? false;
}

/** Puts the erasure on record. @returns false when it is there already */
export async function recordErasure(tx: Queries, prospect: string, seq: number, by: string | null): Promise<boolean> {
  return (await tx.query("insert into erasure (seq, prospect, person) values ($1, $2, $3) on conflict (prospect) do nothing returning seq", [seq, prospect, by])).length > 0;
}

/** Takes the person off the list and leaves of their row only what is about nobody: id, campaign, language, time zone. @returns false when nobody has that id */
export async function blankProspect(tx: Queries, prospect: string): Promise<boolean> {
  await tx.query("delete from dialing_turn where prospect = $1", [prospect]);
  const rows = await tx.query(
    `update prospect set body = jsonb_build_object('id', id, 'campaign', campaign, 'language', body -> 'language', 'gender', body -> 'gender', 'timeZone', body -> 'timeZone',
       'firstName', '', 'lastName', '', 'position', '', 'company', '', 'phone', '', 'city', '') where id = $1 returning id`,
    [prospect],
  );
  return rows.length > 0;
}

/** Erases every private text that facts of calls with erased people name. A text that comes later is erased as it comes (`take_batch`). */
export async function blankTextsOfErased(tx: Queries): Promise<void> {
  await tx.query("select blank_records(array(select texts_of_erased(null)))");
}

/** Those of them of whom no erasure is on record. */
export async function notErased(tx: Queries, prospects: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>("select l.id from unnest($1::text[]) as l (id) where not exists (select from erasure e where e.prospect = l.id)", [prospects]);
  return rows.map((row) => row.id);
}

/** Leaves of each record its empty row, under a new number, so that every device that has read the text hears of it. */
export async function blankRecords(tx: Queries, ids: readonly string[]): Promise<void> {
  await tx.query("select blank_records($1)", [ids]);
}

/** Records whose text is older than this, by the server's own clock of their arrival (rule Y11). */
export async function textsBefore(tx: Queries, before: Date, most: number): Promise<readonly string[]> {
  return (await tx.query<{ id: string }>("select id from private_record where received_at < $1 and text is not null order by received_at limit $2", [before, most])).map((row) => row.id);
}

/** Prospects whose name, company or number holds this text. */
export async function findProspects(db: Queries, text: string, most: number): Promise<readonly Prospect[]> {
  const digits = text.replace(/\D/g, "");
  const like = (part: string): string => `%${part.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db.query<{ body: Prospect }>(
    `select body from prospect where body ->> 'phone' <> '' and (
       concat_ws(' ', body ->> 'firstName', body ->> 'middleName', body ->> 'lastName', body ->> 'company') ilike $1
       or concat_ws(' ', body ->> 'lastName', body ->> 'firstName', body ->> 'middleName') ilike $1
       or ($2 <> '' and body ->> 'phone' like $3)) order by id limit $4`,
    [like(text.trim()), digits.length >= 4 ? digits : "", like(digits.replace(/^8(?=\d{10}$)/, "")), most],
  );
  return rows.map((row) => row.body);
}
