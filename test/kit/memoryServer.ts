import type { Person } from "#domain/base/campaign.ts";
import { isLasting, isTarget } from "#domain/training/log.ts";
import { timeOf } from "#domain/base/envelope.ts";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Database, Queries, Transaction } from "#server/store/database.ts";
import type * as PullStore from "#server/sync/pullStore.ts";
import type * as SyncStore from "#server/sync/syncStore.ts";
import type { Document } from "#wire/sync.ts";

// The server's tables in memory, behind the functions of syncStore.ts and pullStore.ts: held to the same suite of promises as
// the ones in PostgreSQL (test/contract/syncStore.ts), so that a thousand days can be played in minutes.

interface Tables {
  epoch: string;
  counter: number;
  readonly devices: Map<string, { person: string; mark: number }>;
  readonly facts: Map<string, { readonly seq: number; readonly fact: Fact }>;
  readonly records: Map<string, { readonly seq: number; readonly record: PrivateRecord; readonly receivedAt: number }>;
  readonly documents: { readonly seq: number; readonly document: Document }[];
  people: readonly Person[];
}

/** A database in memory. `now` is the server's clock. */
export interface MemoryDatabase extends Database {
  readonly tables: Tables;
  /** All that is committed, to go back to later as a restored back-up does. */
  backUp(): (sameLife?: boolean) => void;
}

/** What the memory functions find behind the `Queries` that they are handed. */
const tablesOf = new WeakMap<Queries, { readonly tables: Tables; readonly undo: (() => void)[]; readonly now: () => number; readonly database?: Database }>();

export function memoryDatabase(now: () => number, people: readonly Person[]): MemoryDatabase {
  const tables: Tables = { epoch: "life-1", counter: 0, devices: new Map(), facts: new Map(), records: new Map(), documents: [], people };
  let last: Promise<unknown> = Promise.resolve();
  const query: Queries["query"] = async (sql) => {
    if (sql.startsWith("set transaction ")) return [];
    throw new Error(`The database in memory knows no SQL, only the functions of the stores: ${sql}`);
  };
  const transaction = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const undo: (() => void)[] = [];
    const tx: Transaction = { query, script: async () => { throw new Error("no scripts"); } };
    tablesOf.set(tx, { tables, undo, now });
    try {
      return await work(tx);
    } catch (error) {
      for (const back of undo.reverse()) back();
      throw error;
    }
  };
  const database: MemoryDatabase = {
    tables, query,
    // One after the other: the strictest order of all.
    transaction(work) {
      const mine = last.then(() => transaction(work));
      last = mine.catch(() => undefined);
      return mine;
    },
    listen: async () => async () => undefined,
    end: async () => undefined,
    backUp() {
      const kept = { counter: tables.counter, devices: [...tables.devices].map(([id, device]) => [id, { ...device }] as const), facts: [...tables.facts], records: [...tables.records], documents: [...tables.documents] };
      return (sameLife = false) => {
        // Put back by other means than our own, a database does not know it.
        if (!sameLife) nextLife(tables);
        tables.counter = kept.counter;
        refill(tables.devices, kept.devices);
        refill(tables.facts, kept.facts);
        refill(tables.records, kept.records);
        tables.documents.splice(0, Infinity, ...kept.documents);
      };
    },
  };
  tablesOf.set(database, { tables, undo: [], now, database });
  return database;
}

function nextLife(tables: Tables): void {
  tables.epoch = `life-${Number(tables.epoch.slice(5)) + 1}`;
}

function refill<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

function behind(tx: Queries): NonNullable<ReturnType<typeof tablesOf.get>> {
  const found = tablesOf.get(tx);
  if (!found) throw new Error("not a database in memory");
  return found;
}

/** In place of `#server/sync/syncStore.ts`. */
export const memorySyncStore = {
  async takeNumbers(tx, count) {
    const { tables, undo } = behind(tx);
    const base = tables.counter;
    tables.counter += count;
    undo.push(() => { tables.counter = base; });
    return base;
  },
  async beginEpoch(tx, after) {
    const { tables } = behind(tx);
    if (after !== undefined && tables.epoch !== after) return false;
    nextLife(tables);
    return true;
  },
  async claimDevice(tx, device, person) {
    const { tables, undo } = behind(tx);
    const known = tables.devices.get(device);
    if (known) return { ...known };
    tables.devices.set(device, { person, mark: 0 });
    undo.push(() => tables.devices.delete(device));
    return { person, mark: 0 };
  },
  async deviceOf(tx, device) {
    const known = behind(tx).tables.devices.get(device);
    return known && { ...known };
  },
  async insertFacts(tx, facts, base) {
    putFacts(behind(tx), facts, base);
  },
  async storeBatch(db, batch) {
    // One statement is a transaction of its own.
    const whole = tablesOf.get(db)?.database;
    return whole ? whole.transaction(async (tx) => storeBatchIn(tx, batch)) : storeBatchIn(db, batch);
  },
} satisfies Partial<typeof SyncStore>;

type Behind = ReturnType<typeof behind>;

function putFacts({ tables, undo }: Behind, facts: readonly Fact[], base: number): void {
  for (const [index, fact] of facts.entries()) {
    if (tables.facts.has(fact.id)) continue;
    tables.facts.set(fact.id, { seq: base + index + 1, fact });
    undo.push(() => tables.facts.delete(fact.id));
  }
}

async function storeBatchIn(tx: Queries, { device, person, before, last, facts, records, late }: SyncStore.ToStore): Promise<SyncStore.BatchStored> {
  const { tables, undo, now } = behind(tx);
  const { person: owner, mark } = await memorySyncStore.claimDevice(tx, device, person);
  if (owner !== person) return { owner, acked: mark, known: new Set(), taken: new Set() };
  const known = new Set([...facts.filter(({ id }) => tables.facts.has(id)), ...records.filter(({ id }) => tables.records.has(id))].map(({ id }) => id));
  const taken = [...known].filter((id) => [tables.facts.get(id)?.fact.by, tables.records.get(id)?.record.by].some((by) => by !== undefined && by !== person));
  const base = await memorySyncStore.takeNumbers(tx, facts.length + records.length);
  for (const [index, record] of records.entries()) {
    if (tables.records.has(record.id)) continue;
    tables.records.set(record.id, { seq: base + index + 1, record, receivedAt: now() });
    undo.push(() => tables.records.delete(record.id));
  }
  putFacts(behind(tx), facts, base + records.length);
  const notes = late.filter(({ of }) => facts.some(({ id }) => id === of) && !known.has(of)).map((note) => note.fact);
  if (notes.length > 0) putFacts(behind(tx), notes, await memorySyncStore.takeNumbers(tx, notes.length));
  if (before === null || before > mark || last <= mark) return { owner, acked: mark, known, taken: new Set(taken) };
  tables.devices.set(device, { person, mark: last });
  undo.push(() => { tables.devices.set(device, { person, mark }); });
  return { owner, acked: last, known, taken: new Set(taken) };
}

const inParts = {
  async headOf(tx) {
    const { tables } = behind(tx);
    return { head: tables.counter, epoch: tables.epoch };
  },
  async factRows(tx, { people, verbatims }, { since, oldest, lasting, most }) {
    const whose = new Set(people);
    const rows: PullStore.Row[] = [];
    for (const { seq, fact } of behind(tx).tables.facts.values()) {
      const wanted = since === 0 ? timeOf(fact) >= oldest || (isLasting(fact) && (timeOf(fact) >= lasting || isTarget(fact))) : seq > since;
      if (wanted && (whose.has(fact.by) || ("agent" in fact && whose.has(fact.agent)) || (verbatims && fact.kind === "verbatim.taken"))) rows.push({ seq, fact });
    }
    return rows.sort((a, b) => a.seq - b.seq).slice(0, most);
  },
  async recordRows(tx, { people, verbatims }, { since, oldest, most }) {
    const whose = new Set(people);
    return [...behind(tx).tables.records.values()]
      .filter(({ seq, record, receivedAt }) => seq > since && (since > 0 || receivedAt >= oldest) && (whose.has(record.by) || (verbatims && record.type === "verbatim")))
      .sort((a, b) => a.seq - b.seq).slice(0, most).map(({ seq, record }) => ({ seq, record }));
  },
  erasedRows: async () => [],
  async documentRows(tx, { since, most }) {
    return behind(tx).tables.documents.filter(({ seq }) => seq > since).slice(0, most);
  },
} satisfies Partial<typeof PullStore>;

/** In place of `#server/sync/pullStore.ts`. */
export const memoryPullStore = {
  ...inParts,
  async rowsAbove(db, whose, asked) {
    // One statement sees what is committed, and nothing of a transaction that is under way.
    const whole = tablesOf.get(db)?.database;
    return whole ? whole.transaction((tx) => rowsAboveIn(tx, whose, asked)) : rowsAboveIn(db, whose, asked);
  },
} satisfies Partial<typeof PullStore>;

async function rowsAboveIn(tx: Queries, whose: PullStore.Whose, asked: PullStore.Asked): ReturnType<typeof PullStore.rowsAbove> {
  const rows = [...await inParts.factRows(tx, whose, asked), ...await inParts.recordRows(tx, whose, asked), ...await inParts.documentRows(tx, asked)];
  return { ...await inParts.headOf(tx), rows: rows.sort((a, b) => a.seq - b.seq).slice(0, asked.most) };
}

/** In place of the one function of `#server/auth/peopleStore.ts` that pulling asks. */
export async function memoryPeople(tx: Queries, team?: string): Promise<readonly Person[]> {
  return behind(tx).tables.people.filter((one) => team === undefined || one.team === team);
}

/** The same for `peopleOfTeams`. */
export async function memoryPeopleOfTeams(tx: Queries, teams: readonly string[]): Promise<ReadonlyMap<string, readonly Person[]>> {
  return new Map(await Promise.all(teams.map(async (team) => [team, await memoryPeople(tx, team)] as const)));
}

/** Publishes a document. */
export function publishInMemory(database: MemoryDatabase, document: Document): void {
  database.tables.counter += 1;
  database.tables.documents.push({ seq: database.tables.counter, document });
}
