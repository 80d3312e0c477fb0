import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Queries } from "#server/store/database.ts";
import type { Document } from "#wire/sync.ts";

/** A row of the one sequence that concerns somebody. */
export type Row =
  | { readonly seq: number; readonly fact: Fact }
  | { readonly seq: number; readonly record: PrivateRecord }
  | { readonly seq: number; readonly document: Document }
  | { readonly seq: number; readonly erased: string };

/**
 * What is asked for: above `since`; with 0, for a device that knows nothing yet, what is not older than `oldest` (milliseconds),
 * of training what is not older than `lasting`, and every target (rule T6).
 */
export interface Asked {
  readonly since: number;
  readonly oldest: number;
  readonly lasting: number;
  readonly most: number;
}

/** Whose rows: of these people, and clients' words of anybody. */
export interface Whose {
  readonly people: readonly string[];
  readonly verbatims: boolean;
}

/** The highest number given out, and the life of the database that it belongs to. In a snapshot, every number up to it is in sight or will never be. */
export async function headOf(tx: Queries): Promise<{ readonly head: number; readonly epoch: string }> {
  const [row] = await tx.query<{ head: number; epoch: string }>("select value as head, epoch from sync_counter");
  if (!row) throw new Error("The sync counter is missing");
  return row;
}

export async function factRows(tx: Queries, { people, verbatims }: Whose, { since, oldest, lasting, most }: Asked): Promise<Row[]> {
  const [above, from] = since === 0 ? ["(time >= $4 or (lasting and (time >= $5 or kind like 'target.%')))", [oldest, lasting]] as const : ["seq > $4", [since]] as const;
  const rows = await tx.query<{ seq: number; body: Fact }>(
    `select seq, body from fact where ${above} and (person = any($1) or subject = any($1) or ($2 and kind = 'verbatim.taken')) order by seq limit $3`,
    [people, verbatims, most, ...from],
  );
  return rows.map(({ seq, body }) => ({ seq, fact: body }));
}

export async function recordRows(tx: Queries, { people, verbatims }: Whose, { since, oldest, most }: Asked): Promise<Row[]> {
  const rows = await tx.query<PrivateRecord & { seq: number }>(
    `select seq, id, type, text, person as by, device, at from private_record
     where seq > $2 and ($2 > 0 or received_at >= to_timestamp($5 / 1000.0)) and text is not null
       and (person = any($1) or ($3 and type = 'verbatim')) order by seq limit $4`,
    [people, since, verbatims, most, oldest],
  );
  return rows.map(({ seq, ...record }) => ({ seq, record }));
}

/** Ids of private records and of prospects whose text was erased (rule Y10). */
export async function erasedRows(tx: Queries, { people, verbatims }: Whose, { since, most }: Asked): Promise<Row[]> {
  return tx.query<{ seq: number; erased: string }>(
    `select seq, id as erased from private_record where seq > $1 and erased_at is not null and (person = any($2) or ($3 and type = 'verbatim'))
     union all select seq, prospect from erasure where seq > $1 order by seq limit $4`,
    [since, people, verbatims, most],
  );
}

/** For a device that knows nothing: the newest version of each, and those that were replaced so lately that a call may still use them (rule S3). */
export async function documentRows(tx: Queries, { since, oldest, most }: Asked): Promise<Row[]> {
  const rows = await tx.query<{ seq: number } & Document>(
    `select seq, type, id, version, body from document d
     where seq > $1 and ($1 > 0 or not exists (
       select from document newer where newer.type = d.type and newer.id = d.id and newer.version > d.version and newer.published_at < to_timestamp($2 / 1000.0)))
     order by seq limit $3`,
    [since, oldest, most],
  );
  return rows.map(({ seq, ...document }) => ({ seq, document }));
}

/**
 * All that is above `since`, with the head of the same moment: one statement, and so one snapshot, because on a large floor every
 * wallboard asks several times a second.
 */
export async function rowsAbove(db: Queries, { people, verbatims }: Whose, { since, most }: Asked): Promise<{ readonly head: number; readonly epoch: string; readonly rows: readonly Row[] }> {
  const answer = await db.query<{ head: number; epoch: string; seq: number | null; what: "fact" | "record" | "document" | "erased"; body: unknown }>(
    `select c.value as head, c.epoch, r.seq, r.what, r.body from sync_counter c left join lateral (
       (select seq, 'fact' as what, body from fact
        where seq > $1 and (person = any($2) or subject = any($2) or ($3 and kind = 'verbatim.taken')) order by seq limit $4)
       union all (select seq, 'record', jsonb_build_object('id', id, 'type', type, 'text', text, 'by', person, 'device', device, 'at', at) from private_record
        where seq > $1 and text is not null and (person = any($2) or ($3 and type = 'verbatim')) order by seq limit $4)
       union all (select seq, 'document', jsonb_build_object('type', type, 'id', id, 'version', version, 'body', body) from document where seq > $1 order by seq limit $4)
       union all (select seq, 'erased', to_jsonb(id) from private_record
        where seq > $1 and erased_at is not null and (person = any($2) or ($3 and type = 'verbatim')) order by seq limit $4)
       union all (select seq, 'erased', to_jsonb(prospect) from erasure where seq > $1 order by seq limit $4)
       order by seq limit $4) r on true
     order by r.seq`,
    [since, people, verbatims, most],
  );
  const [first] = answer;
  if (!first) throw new Error("The sync counter is missing");
  const rows = answer.flatMap(({ seq, what, body }): Row[] => (seq === null ? [] : [{ seq, [what]: body } as unknown as Row]));
  return { head: first.head, epoch: first.epoch, rows };
}
