import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Person } from "#domain/base/campaign.ts";
import { movesTurns } from "#server/dialing/turnStore.ts";
import type { NumberedEntry } from "#wire/schema.ts";
import type { PushResponse, Refusal } from "#wire/sync.ts";
import { readBatch } from "./readBatch.ts";
import type { Turns } from "./turns.ts";
import type { BatchStored, LateNote, ToStore } from "./syncStore.ts";

export interface PushDeps {
  /** Stores a batch; it is durable when this resolves. */
  readonly store: (batch: ToStore) => Promise<BatchStored>;
  readonly now: () => number;
  /** Of these campaigns those that there are. */
  readonly campaigns: (asked: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  /** The agents whom this person leads. */
  readonly led: (person: Person) => Promise<ReadonlySet<string>>;
  readonly turns: Turns;
  /** What is to be stored beside such facts of this person when they are new; looked up before, and said in turn. */
  readonly late: (facts: readonly Fact[], person: Person) => Promise<() => readonly LateNote[]>;
  /** What the other app servers are told when something is new. */
  readonly notice: (facts: readonly Fact[]) => ToStore["notice"];
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

/** A batch with more entries than this is a long one: a desk at work sends what one key has made, or what came while the last batch was under way. */
const LONG = 100;

/**
 * Takes a batch and answers when all of it is durable. A long one, of a device that comes back, is stored in portions that take
 * turns with those of other devices that come back, so that those who send fact by fact pass between them; when nobody does, at once.
 */
export async function takeBatch(deps: PushDeps, person: Person, batch: Batch): Promise<PushResponse> {
  const { entries } = batch;
  const first = entries[0]?.n;
  const before = first === undefined ? null : (batch.after ?? first - 1);
  if (entries.length <= LONG) {
    deps.turns.short();
    return store(deps, person, batch.device, before, entries);
  }
  const refused: Refusal[] = [];
  let acked = 0;
  for (let at = 0; at < entries.length; ) {
    const most = deps.turns.portion();
    const portion = entries.slice(at, at + most);
    at += portion.length;
    // The place below the whole batch: with a hole there, no portion moves the mark.
    const work = (): Promise<PushResponse> => store(deps, person, batch.device, before, portion);
    const answer = most === Infinity ? await deps.turns.whole(work) : await deps.turns.inTurn(portion.length, work);
    refused.push(...answer.refused);
    acked = answer.acked;
  }
  return { acked, refused, now: deps.now() };
}

/**
 * Reads entries, looks up who may say what, and stores them with what follows from them by one statement; answers when they are
 * durable. Each entry is stored once, however often it comes (rule Y2). When entries below the batch are missing here that were
 * acknowledged once (a restored back-up), the batch is stored all the same, but acknowledged is the server's own mark, so that the
 * device goes back to there.
 */
async function store(deps: PushDeps, person: Person, device: string, before: number | null, entries: Batch["entries"]): Promise<PushResponse> {
  const [campaigns, led] = await Promise.all([deps.campaigns(campaignsIn(entries)), deps.led(person)]);
  const sender = { person: person.id, device, campaigns, led };
  const good = readBatch(entries, { ...sender, owned: true });
  const facts = good.facts.map(({ fact }) => fact);
  const records = good.records.map(({ record }) => record);

  // Looked up before the statement, from which on everybody else's batches wait for this one.
  const late = await deps.late(facts, person);
  const stored = await deps.store({ device, person: person.id, before, last: good.last, facts, records, notice: deps.notice(facts), calls: facts.some(movesTurns) ? deps.now() : null, late: late() });

  // Somebody else's device: each entry is told what is wrong with it, and none was stored.
  if (stored.owner !== person.id) return { acked: good.last, refused: readBatch(entries, { ...sender, owned: false }).refused, now: deps.now() };

  const refused: Refusal[] = [...good.refused];
  for (const { n, id } of [...good.facts.map(({ n, fact }) => ({ n, id: fact.id })), ...good.records.map(({ n, record }) => ({ n, id: record.id }))])
    if (stored.taken.has(id)) refused.push({ n, id, why: "author" });
  const isFresh = ({ id }: { readonly id: string }): boolean => !stored.known.has(id);
  const fresh = { facts: facts.filter(isFresh), records: records.filter(isFresh) };
  if (fresh.facts.length + fresh.records.length > 0) deps.stored({ person, device, ...fresh });
  return { acked: stored.acked, refused, now: deps.now() };
}

function campaignsIn(entries: Batch["entries"]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { fact } of entries) if (typeof fact === "object" && fact !== null && "campaign" in fact && typeof fact.campaign === "string") ids.add(fact.campaign);
  return ids;
}
