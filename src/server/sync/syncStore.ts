import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Queries } from "#server/store/database.ts";

/**
 * Takes `count` numbers of the one sequence. The row stays locked until the transaction ends, so transactions that take numbers
 * commit in the order of their numbers, and who reads one number has all below it in sight (rule Y6).
 * @returns the number before the first one taken
 */
export async function takeNumbers(tx: Queries, count: number): Promise<number> {
  const [row] = await tx.query<{ base: number }>("update sync_counter set value = value + $1 returning value - $1 as base", [count]);
  if (!row) throw new Error("The sync counter is missing");
  return row.base;
}

/**
 * Begins another life of the one sequence. A restore calls it in its own transaction: the numbers that are given out from then
 * on have been used before for other rows, so every reader must start over (rule Y6).
 */
export async function beginEpoch(tx: Queries): Promise<void> {
  await tx.query("update sync_counter set epoch = gen_random_uuid()");
}

export interface Device {
  readonly person: string;
  readonly mark: number;
}

/** The device, made for this person when nobody has it yet, and locked until the transaction ends: two tabs of one device wait for each other. */
export async function claimDevice(tx: Queries, device: string, person: string): Promise<Device> {
  const [row] = await tx.query<Device>(
    "insert into device (id, person) values ($1, $2) on conflict (id) do update set mark = device.mark returning person, mark",
    [device, person],
  );
  if (!row) throw new Error("The device could not be claimed");
  return row;
}

export async function deviceOf(db: Queries, device: string): Promise<Device | undefined> {
  return (await db.query<Device>("select person, mark from device where id = $1", [device]))[0];
}

export async function setMark(tx: Queries, device: string, mark: number): Promise<void> {
  await tx.query("update device set mark = $2 where id = $1 and mark < $2", [device, mark]);
}

/**
 * Stores facts of one author and device under the numbers after `base`; those whose id is known already are passed over
 * (rule Y2). The batch goes over as one JSON text: taken apart here into arrays, it would cost five times as much.
 * @returns ids of the fresh ones
 */
export async function insertFacts(tx: Queries, facts: readonly Fact[], base: number): Promise<ReadonlySet<string>> {
  if (facts.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `insert into fact (seq, id, person, device, kind, call, prospect, subject, time, body)
     select $1::bigint + row, body ->> 'id', $2, $3, body ->> 'kind', body ->> 'call', body ->> 'prospect', body ->> 'agent',
       round((body ->> 'at')::double precision + (body ->> 'offset')::double precision)::bigint, body
     from jsonb_array_elements($4::jsonb) with ordinality as f (body, row)
     on conflict (id) do nothing returning id`,
    [base, facts[0]?.by, facts[0]?.device, JSON.stringify(facts)],
  );
  return new Set(rows.map((row) => row.id));
}

/** As `insertFacts`, for private records. Their text may hold what JSON in PostgreSQL refuses (half of a surrogate pair), so it goes over as text. */
export async function insertRecords(tx: Queries, records: readonly PrivateRecord[], base: number): Promise<ReadonlySet<string>> {
  if (records.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `insert into private_record (seq, id, type, text, person, device, at)
     select $1::bigint + row, id, type, text, $2, $3, at
     from unnest($4::text[], $5::text[], $6::text[], $7::double precision[]) with ordinality as r (id, type, text, at, row)
     on conflict (id) do nothing returning id`,
    [
      base, records[0]?.by, records[0]?.device,
      records.map((record) => record.id), records.map((record) => record.type), records.map((record) => record.text), records.map((record) => record.at),
    ],
  );
  return new Set(rows.map((row) => row.id));
}

/** Which of these ids, facts or records, another person has used. */
export async function takenByOthers(tx: Queries, ids: readonly string[], person: string): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    "select id from fact where id = any($1) and person <> $2 union all select id from private_record where id = any($1) and person <> $2",
    [ids, person],
  );
  return new Set(rows.map((row) => row.id));
}
