import type { Company } from "#domain/base/campaign.ts";
import type { Queries } from "#server/store/database.ts";
import { takeNumbers } from "#server/sync/syncStore.ts";
import type { Document } from "#wire/sync.ts";

type Type = Document["type"];
type Body<T extends Type> = Extract<Document, { type: T }>["body"];

/** The id under which the company's settings are a document. */
export const COMPANY = "company";

/** The newest version of a document. */
export async function newestDocument<T extends Type>(db: Queries, type: T, id: string): Promise<{ readonly version: number; readonly body: Body<T> } | undefined> {
  const rows = await db.query<{ version: number; body: Body<T> }>("select version, body from document where type = $1 and id = $2 order by version desc limit 1", [type, id]);
  return rows[0];
}

/** The newest version of every document of a type. */
export async function newestDocuments<T extends Type>(db: Queries, type: T): Promise<readonly { readonly id: string; readonly version: number; readonly body: Body<T> }[]> {
  return db.query<{ id: string; version: number; body: Body<T> }>("select distinct on (id) id, version, body from document where type = $1 order by id, version desc", [type]);
}

/** The version before one, and when that one took its place (milliseconds since 1970); undefined when it was the first. */
export async function documentBefore(db: Queries, type: Type, id: string, version: number): Promise<{ readonly body: Document["body"]; readonly replacedAt: number } | undefined> {
  const [row] = await db.query<{ body: Document["body"]; at: Date }>(
    `select old.body, new.published_at as at from document old join document new using (type, id)
     where type = $1 and id = $2 and new.version = $3 and old.version = $3 - 1`, [type, id, version]);
  return row && { body: row.body, replacedAt: row.at.getTime() };
}

/** Adds a version, under the next number of the one sequence. `by`: who publishes; null for a set-up. */
export async function addDocument(tx: Queries, document: Document, by: string | null): Promise<void> {
  const base = await takeNumbers(tx, 1);
  await tx.query("insert into document (seq, type, id, version, body, published_by) values ($1, $2, $3, $4, $5, $6)", [
    base + 1, document.type, document.id, document.version, JSON.stringify(document.body), by,
  ]);
}

/** Ids of the documents of a type. */
export async function documentIds(db: Queries, type: Type): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ id: string }>("select distinct id from document where type = $1", [type]);
  return new Set(rows.map((row) => row.id));
}

/** The company's settings; undefined before its first set-up. */
export async function company(db: Queries): Promise<Company | undefined> {
  const rows = await db.query<{ body: Company }>("select body from document where type = 'company' order by version desc limit 1");
  return rows[0]?.body;
}
