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
 * @param after only if this is its life now
 * @returns whether it has begun
 */
export async function beginEpoch(tx: Queries, after?: string): Promise<boolean> {
  return (await tx.query("update sync_counter set epoch = gen_random_uuid() where $1::text is null or epoch = $1 returning epoch", [after ?? null])).length > 0;
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

/** A batch of one person, sorted into facts and records. */
export interface ToStore {
  readonly device: string;
  readonly person: string;
  /** The device's row below the first entry; null for an empty batch. */
  readonly before: number | null;
  /** Highest number of the batch. */
  readonly last: number;
  readonly facts: readonly Fact[];
  readonly records: readonly PrivateRecord[];
  /** Told to all who listen on a channel of the database when something of the batch is new. */
  readonly notice: { readonly channel: string; readonly text: string };
  /** The server's time, milliseconds, when calls among the facts move turns (`movesTurns`); otherwise null. */
  readonly calls: number | null;
  /** What else is stored, when a fact is new. */
  readonly late: readonly LateNote[];
}

/** A fact to be stored as well when the one that it is of is new. All of a batch have one author and device. */
export interface LateNote {
  /** Id of a fact of the batch. */
  readonly of: string;
  readonly fact: Fact;
}

/** What became of a batch. */
export interface BatchStored {
  /** Whose the device is. Nothing was stored when it is somebody else's. */
  readonly owner: string;
  /** The device's mark now. Below `last` when entries below the batch are missing here (rule Y8). */
  readonly acked: number;
  /** Ids that were here before. */
  readonly known: ReadonlySet<string>;
  /** Those of them that another person has used. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Stores a batch and moves its device's mark, in one statement: outside a transaction it is one by itself, and durable when this
 * resolves. Each entry is stored once, however often it comes (rule Y2); late texts about erased people come to nothing (rule Y10).
 */
export async function storeBatch(db: Queries, batch: ToStore): Promise<BatchStored> {
  const [stored] = await storeBatches(db, [batch]);
  if (!stored) throw new Error("The batch was not answered");
  return stored;
}

/** The same for several, one after the other and in one statement: all of them are stored, or none. */
export async function storeBatches(db: Queries, batches: readonly ToStore[]): Promise<readonly BatchStored[]> {
  const values = batches.flatMap(({ device, person, before, last, facts, records, notice, calls, late }) => [
    device, person, before, last, JSON.stringify(eachOnce(facts)),
    records.map((record) => record.id), records.map((record) => record.type), records.map((record) => record.text), records.map((record) => record.at),
    notice.channel, notice.text, calls, JSON.stringify(late),
  ]);
  const each = values.length / batches.length;
  const one = (_: ToStore, at: number): string => `select ${at} as at, * from take_batch(${Array.from({ length: each }, (__, n) => `$${at * each + n + 1}`).join(", ")})`;
  const rows = await db.query<{ at: number; owner: string; acked: number; known: readonly string[]; taken: readonly string[] }>(batches.map(one).join(" union all "), values);
  return rows.sort((a, b) => a.at - b.at).map(({ owner, acked, known, taken }) => ({ owner, acked, known: new Set(known), taken: new Set(taken) }));
}

/** Stores facts of one author and device under the numbers after `base`; those whose id is known already are passed over (rule Y2). */
export async function insertFacts(tx: Queries, facts: readonly Fact[], base: number): Promise<void> {
  await tx.query("select insert_facts($1, $2, $3, $4)", [base, facts[0]?.by, facts[0]?.device, JSON.stringify(eachOnce(facts))]);
}

/** The first of those with the same id: the database looks for known ones only among what it has stored before. */
function eachOnce(facts: readonly Fact[]): readonly Fact[] {
  const ids = new Set<string>();
  return facts.filter(({ id }) => ids.size < ids.add(id).size);
}
