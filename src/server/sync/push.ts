import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Person } from "#domain/base/campaign.ts";
import type { Database, Queries } from "#server/store/database.ts";
import type { NumberedEntry } from "#wire/schema.ts";
import type { PushResponse, Refusal } from "#wire/sync.ts";
import { eraseLate } from "#server/keeping/erase.ts";
import { readBatch } from "./readBatch.ts";
import { claimDevice, insertFacts, insertRecords, setMark, takeNumbers, takenByOthers } from "./syncStore.ts";

export interface PushDeps {
  readonly db: Database;
  readonly now: () => number;
  readonly campaigns: () => Promise<ReadonlySet<string>>;
  /** The agents whom this person leads. */
  readonly led: (person: Person) => Promise<ReadonlySet<string>>;
  /** Runs in the transaction of the batch, with the facts that are new (none when only records are): what else follows from them. */
  readonly follow: (tx: Queries, fresh: readonly Fact[]) => Promise<void>;
  /** Runs when the batch is durable. */
  readonly stored: (fresh: Stored) => void;
}

export interface Stored {
  readonly person: Person;
  readonly device: string;
  readonly facts: readonly Fact[];
  readonly records: readonly PrivateRecord[];
}

export interface Batch {
  readonly device: string;
  readonly after?: number | undefined;
  readonly entries: readonly NumberedEntry[];
}

/**
 * Takes a batch in one transaction and answers when it is durable. Each entry is stored once, however often it comes (rule Y2).
 * When entries below the batch are missing here that were acknowledged once (a restored back-up), the batch is stored all the
 * same, but acknowledged is the server's own mark, so that the device goes back to there.
 */
export async function takeBatch(deps: PushDeps, person: Person, batch: Batch): Promise<PushResponse> {
  const [campaigns, led] = await Promise.all([deps.campaigns(), deps.led(person)]);
  const { answer, stored } = await deps.db.transaction(async (tx) => {
    const device = await claimDevice(tx, batch.device, person.id);
    const owned = device.person === person.id;
    const read = readBatch(batch.entries, { person: person.id, device: batch.device, owned, campaigns, led });
    const refused: Refusal[] = [...read.refused];
    const facts = read.facts.map(({ fact }) => fact);
    const records = read.records.map(({ record }) => record);

    // The numbers come last, because everybody else's batch waits from here to the commit.
    const base = facts.length + records.length > 0 ? await takeNumbers(tx, facts.length + records.length) : 0;
    const freshRecords = await insertRecords(tx, records, base);
    const freshFacts = await insertFacts(tx, facts, base + records.length);
    const fresh = facts.filter((fact) => freshFacts.has(fact.id));
    if (freshFacts.size + freshRecords.size > 0) await deps.follow(tx, fresh);
    await eraseLate(tx, fresh.map(({ id }) => id));

    const known = [...read.facts.map(({ n, fact }) => ({ n, id: fact.id })), ...read.records.map(({ n, record }) => ({ n, id: record.id }))]
      .filter(({ id }) => !freshFacts.has(id) && !freshRecords.has(id));
    const foreign = await takenByOthers(tx, known.map(({ id }) => id), person.id);
    for (const { n, id } of known) if (foreign.has(id)) refused.push({ n, id, why: "author" });

    let acked = read.last;
    if (owned) {
      const first = batch.entries[0]?.n;
      const whole = first !== undefined && (batch.after ?? first - 1) <= device.mark;
      acked = whole ? Math.max(device.mark, read.last) : device.mark;
      if (acked > device.mark) await setMark(tx, batch.device, acked);
    }
    return {
      answer: { acked, refused, now: deps.now() },
      stored: { person, device: batch.device, facts: fresh, records: records.filter((record) => freshRecords.has(record.id)) },
    };
  });
  if (stored.facts.length + stored.records.length > 0) deps.stored(stored);
  return answer;
}
