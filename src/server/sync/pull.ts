import type { Person } from "#domain/base/campaign.ts";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import { people } from "#server/auth/peopleStore.ts";
import type { Database, Queries } from "#server/store/database.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { Document, PullResponse } from "#wire/sync.ts";
import { sightOf } from "./sight.ts";

/** Rows in one answer. */
export const PAGE = 4000;
/** How far back a device that knows nothing yet is told, in milliseconds. */
export const FIRST_SIGHT = 2 * 86_400_000;

type Row =
  | { readonly seq: number; readonly fact: Fact }
  | { readonly seq: number; readonly record: PrivateRecord }
  | { readonly seq: number; readonly document: Document };

/**
 * What concerns the person above the cursor, in the order of the one sequence. Read in one snapshot: every number up to the
 * counter is either in sight or will never be, so the cursor passes nothing over (rule Y6).
 */
export async function pull(db: Database, person: Person, asked: number, now: number): Promise<PullResponse> {
  return db.transaction(async (tx) => {
    await tx.query("set transaction isolation level repeatable read, read only");
    const [counter] = await tx.query<{ value: number }>("select value from sync_counter");
    const head = counter?.value ?? 0;
    // A cursor from a later life of the database (a back-up was restored): begin again.
    const since = asked > head ? 0 : asked;
    const sight = sightOf[person.role];
    const all = await people(tx, sight.colleagues === "team" ? person.team : undefined);
    const colleagues = sight.colleagues === "self" ? all.filter((one) => one.id === person.id) : all;
    const ids = colleagues.map((one) => one.id);

    const rows: Row[] = [
      ...(await factRows(tx, ids, sight.verbatims, since, now)),
      ...(await recordRows(tx, ids, sight.verbatims, since, now)),
      ...(await documentRows(tx, since, now)),
    ].sort((a, b) => a.seq - b.seq);
    const page = rows.slice(0, PAGE);
    const more = rows.length > PAGE;
    return {
      protocol: PROTOCOL,
      cursor: more ? (page.at(-1)?.seq ?? head) : head,
      more,
      facts: page.flatMap((row) => ("fact" in row ? [row.fact] : [])),
      records: page.flatMap((row) => ("record" in row ? [row.record] : [])),
      documents: page.flatMap((row) => ("document" in row ? [row.document] : [])),
      people: colleagues,
      now,
    };
  });
}

async function factRows(tx: Queries, ids: readonly string[], verbatims: boolean, since: number, now: number): Promise<Row[]> {
  const rows = since === 0
    ? await tx.query<{ seq: number; body: Fact }>(
        `select seq, body from fact where time >= $2 and (person = any($1) or ($3 and kind = 'verbatim.taken')) order by seq limit $4`,
        [ids, now - FIRST_SIGHT, verbatims, PAGE + 1])
    : await tx.query<{ seq: number; body: Fact }>(
        `select seq, body from fact where seq > $2 and (person = any($1) or ($3 and kind = 'verbatim.taken')) order by seq limit $4`,
        [ids, since, verbatims, PAGE + 1]);
  return rows.map(({ seq, body }) => ({ seq, fact: body }));
}

async function recordRows(tx: Queries, ids: readonly string[], verbatims: boolean, since: number, now: number): Promise<Row[]> {
  const rows = await tx.query<PrivateRecord & { seq: number }>(
    `select seq, id, type, text, person as by, device, at from private_record
     where seq > $2 and ($2 > 0 or received_at >= to_timestamp($5 / 1000.0)) and text is not null
       and (person = any($1) or ($3 and type = 'verbatim')) order by seq limit $4`,
    [ids, since, verbatims, PAGE + 1, now - FIRST_SIGHT],
  );
  return rows.map(({ seq, ...record }) => ({ seq, record }));
}

/** For a device that knows nothing: the newest version of each, and those that were replaced so lately that a call may still use them (rule S3). */
async function documentRows(tx: Queries, since: number, now: number): Promise<Row[]> {
  const rows = await tx.query<{ seq: number } & Document>(
    `select seq, type, id, version, body from document d
     where seq > $1 and ($1 > 0 or not exists (
       select from document newer where newer.type = d.type and newer.id = d.id and newer.version > d.version and newer.published_at < to_timestamp($2 / 1000.0)))
     order by seq limit $3`,
    [since, now - FIRST_SIGHT, PAGE + 1],
  );
  return rows.map(({ seq, ...document }) => ({ seq, document }));
}
