import { Dexie, type EntityTable, type Table } from "dexie";
import { timeOf } from "#domain/base/envelope.ts";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import { isLasting, isTarget } from "#domain/training/log.ts";
import type { Document, Entry, Refusal } from "#wire/sync.ts";

/** A row of the journal: what happened here, numbered as it was written. Above the acknowledged number it is unsent. */
interface Row { n: number; readonly id: string; readonly at: number; readonly lasting?: number; readonly fact?: Fact; readonly record?: PrivateRecord }
type Unnumbered = Omit<Row, "n">;
interface Received { readonly id: string; readonly at: number; readonly lasting?: number; readonly fact: Fact }
interface Meta { readonly k: string; readonly v: unknown }

/** What a write may carry. One transaction: either all of it is durable, or none. */
export interface Batch {
  readonly facts?: readonly Fact[];
  readonly records?: readonly PrivateRecord[];
  /** Small things to remember under a name; `undefined` forgets. */
  readonly remember?: Readonly<Record<string, unknown>>;
}

/** Up to where the server's rows are here: a cursor means something only within its epoch, the life of the server's database. */
export interface Place {
  readonly cursor: number;
  readonly epoch?: string | undefined;
}

/** What came down from the server, stored together with the cursor it reaches to. */
export interface Delivery extends Place {
  /** The cursor from which it goes on, in its epoch; 0 when it begins anew. */
  readonly since: number;
  readonly facts: readonly Fact[];
  readonly records: readonly PrivateRecord[];
  readonly documents: readonly Document[];
  /** Private records whose text goes from here too. */
  readonly erased?: readonly string[];
  readonly remember: Readonly<Record<string, unknown>>;
}

/** What a sender needs: the rows above the acknowledged number. */
export interface UnsentRows {
  /** Made with this database and gone with it (rule Y4). */
  readonly device: string;
  /** The next unsent entries above `after` and above the acknowledged number. */
  unsent(after: number, limit: number): Promise<readonly Entry[]>;
  /** Number of the row before this one; 0 when the journal holds none. */
  rowBefore(n: number): Promise<number>;
  /** How many entries are not acknowledged. */
  countUnsent(): Promise<number>;
  /**
   * Sets the acknowledged number to the server's word and keeps what was refused. The number goes back when the server
   * has lost entries (restored from a back-up): they are then sent again. One above the highest row is not believed.
   */
  acknowledge(upTo: number, refused: readonly Refusal[]): Promise<void>;
  countRefused(): Promise<number>;
}

/** All of one person's data in one browser: the journal (outbox included), what came down, and small memories. */
export interface Journal extends UnsentRows {
  /** Rejects when the disk is full or the database broken; then nothing of the batch was kept. */
  write(batch: Batch): Promise<void>;
  /**
   * The cursor moves only when the delivery goes on from where it stands: after one that a full disk refused, or that a deleted
   * database has lost, the next page asks again from there. In another epoch than before, nothing that came down earlier stays: the
   * server may have lost it, or give out its versions anew (rule Y8).
   */
  receive(delivery: Delivery): Promise<void>;
  place(): Promise<Place>;
  /** The acknowledged number, and the life of the server's database that is known with it. */
  acknowledged(): Promise<{ readonly acked: number; readonly epoch?: string | undefined }>;
  /** Own and received facts since a time, and those of training since an earlier one (rule T6); company's clock (rule Y3), milliseconds. Without doubles. */
  factsSince(at: number, lasting?: number): Promise<readonly Fact[]>;
  /** Another one whenever facts or records of this device have been written, or facts of others have come down, by whichever tab. */
  stamp(): Promise<string>;
  records(ids: readonly string[]): Promise<readonly PrivateRecord[]>;
  /** The newest own facts for which `fits` holds, at most so many, newest first: the device's own past. */
  newestOwn(fits: (fact: Fact) => boolean, limit: number): Promise<readonly Fact[]>;
  allRecords(): Promise<readonly PrivateRecord[]>;
  documents(): Promise<readonly Document[]>;
  recall<T>(name: string): Promise<T | undefined>;
  /**
   * Lets go of what is acknowledged and older than `at`, and what came down before then; of training, and texts, before `lasting`
   * (company's clock, milliseconds). What was refused stays: nobody else has it.
   */
  tidy(at: number, lasting: number): Promise<void>;
  close(): void;
  /** Deletes the whole database; only when everything in it is acknowledged. */
  wipe(): Promise<void>;
}

class PersonDatabase extends Dexie {
  declare journal: EntityTable<Row, "n">;
  declare received: EntityTable<Received, "id">;
  declare texts: EntityTable<PrivateRecord, "id">;
  declare documents: Table<Document, [string, string, number]>;
  declare refused: EntityTable<Refusal, "n">;
  declare meta: EntityTable<Meta, "k">;

  constructor(person: string) {
    // Strict: a fact is on the disk before anybody acts on it (rule Y2).
    super(databaseName(person), { chromeTransactionDurability: "strict" });
    this.version(1).stores({
      journal: "++n, &id, at", received: "id, at", texts: "id",
      documents: "[type+id+version]", refused: "n", meta: "k",
    });
    // Only rows of training have the new key, so the others cost nothing more to write.
    this.version(2).stores({ journal: "++n, &id, at, lasting", received: "id, at, lasting" });
  }
}

/** Of rows that are never old: a target may be of any age (rule T6). */
const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** Found by the company's clock: a colleague whose own clock is days behind belongs to today all the same (rule Y3). */
const rowOf = (fact: Fact): Received => ({ id: fact.id, at: timeOf(fact), fact, ...(isTarget(fact) ? { lasting: FOR_EVER } : isLasting(fact) ? { lasting: timeOf(fact) } : {}) });

/** Where a database that was deleted under its page begins to count again: further on than anything another tab may have written in the one before. */
const STRIDE = 1_000_000;

/** Among the small memories: how many deliveries have brought facts, or taken them away. */
const DELIVERIES = "deliveries";

const PREFIX = "sufler-";

/** One database per person and browser. */
export function databaseName(person: string): string {
  return PREFIX + person;
}

/** Whose databases lie in this browser. */
export async function peopleHere(): Promise<readonly string[]> {
  const names = await Dexie.getDatabaseNames();
  return names.flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
}

/** Opens, or makes, the person's database. Rejects when the browser gives no storage. */
export async function openJournal(person: string): Promise<Journal>;
/** Opens the person's database if there is one. */
export async function openJournal(person: string, how: { readonly make: false }): Promise<Journal | undefined>;
export async function openJournal(person: string, how?: { readonly make: false }): Promise<Journal | undefined> {
  if (how && !(await Dexie.exists(databaseName(person)))) return undefined;
  let db = new PersonDatabase(person);
  await db.open();
  /** The device that this database is, and a name of the database itself; made as the given device where it is new. */
  const identity = async (maker: () => string = () => crypto.randomUUID()): Promise<{ readonly device: string; readonly life: string }> => {
    const [known, named] = await db.meta.bulkGet(["device", "life"]);
    const [device, life] = [(known?.v as string | undefined) ?? maker(), (named?.v as string | undefined) ?? crypto.randomUUID()];
    if (!known || !named) await db.meta.bulkPut([{ k: "device", v: device }, { k: "life", v: life }]);
    return { device, life };
  };
  const { device, ...opened } = await db.transaction("rw", db.meta, () => identity());
  let { life } = opened;
  let last = (await db.journal.orderBy("n").last())?.n ?? 0;
  /** What is not known to be acknowledged, by its number. */
  const kept = new Map<number, Unnumbered>();
  for (const { n, ...row } of await db.journal.where("n").above(await acked()).toArray()) kept.set(n, row);
  let closed = false;
  let reopening: Promise<void> | undefined;
  /**
   * Chromium closes a database whose disk took nothing, and cannot open it until there is room again. A fresh object each time:
   * what waits for the opening of the old one is told, and does not wait for ever.
   */
  const reopen = async (): Promise<void> => {
    db.close();
    db = new PersonDatabase(person);
    await db.open();
  };
  async function acked(): Promise<number> {
    return ((await db.meta.get("acked"))?.v as number | undefined) ?? 0;
  }
  /**
   * A transaction over journal, meta and more that is of the database that was opened. A browser whose site is cleared deletes it under
   * the page: the one that comes after becomes the same device (rule Y4), and what may be unsent is written into it first (rule Y2),
   * under numbers that no acknowledgement of before can mean.
   * @param rows to be added
   */
  async function change<T>(more: readonly Table[], rows: readonly Unnumbered[], work: () => Promise<T>): Promise<T> {
    let added: readonly (readonly [number, Unnumbered])[] = [];
    let found = life;
    let native: IDBTransaction | undefined;
    const done = await db.transaction("rw", [db.journal, db.meta, ...more], async (transaction) => {
      native = transaction.idbtrans;
      const now = await identity(() => device);
      found = now.life;
      if (now.device !== device) throw new Error("The database was deleted, and another page has made a device of its own in it");
      const again = found === life ? [] : await unknown([...kept.values()]);
      if (found !== life) {
        // A row that is added and taken away moves the counter of the keys, which never goes back.
        const first = Math.max(last, (await db.journal.orderBy("n").last())?.n ?? 0) + STRIDE;
        await db.journal.add({ n: first, id: found, at: 0 });
        await db.journal.delete(first);
      }
      const all = [...again, ...rows];
      const numbers = all.length > 0 ? await db.journal.bulkAdd(all as Row[], { allKeys: true }) : [];
      added = all.map((row, at) => [numbers[at] ?? 0, row]);
      return work();
    }).catch((error: unknown) => {
      // Only the transaction itself knows that it was the disk; its requests say no more than that they were aborted.
      throw native?.error ? new Error(`${native.error.name}: ${native.error.message}`, { cause: error }) : error;
    });
    if (found !== life) kept.clear();
    life = found;
    for (const [n, row] of added) kept.set(n, row);
    last = Math.max(last, added.at(-1)?.[0] ?? 0);
    return done;
  }
  async function unknown(rows: readonly Unnumbered[]): Promise<readonly Unnumbered[]> {
    const here = new Set((await db.journal.where("id").anyOf(rows.map(({ id }) => id)).toArray()).map(({ id }) => id));
    return rows.filter(({ id }) => !here.has(id));
  }
  const sameDatabase = async (): Promise<void> => {
    if ((await db.meta.get("life"))?.v !== life) await change([], [], async () => undefined);
  };
  /** Numbers of the rows above `after` and above the acknowledged one; undefined in another database than the one that was opened. */
  const unsentNumbers = (after: number, limit: number): Promise<readonly number[] | undefined> => db.transaction("r", db.journal, db.meta, async () => {
    const [mark, named] = await db.meta.bulkGet(["acked", "life"]);
    if (named?.v !== life) return undefined;
    return db.journal.where("n").above(Math.max(after, (mark?.v as number | undefined) ?? 0)).limit(limit).primaryKeys();
  });
  /** Facts are at hand already. A text is read from the disk: another tab may have been told that it is erased (rule Y10). */
  const atHand = (n: number): Entry | undefined => {
    const fact = kept.get(n)?.fact;
    return fact && { n, fact };
  };
  const place = async (): Promise<Place> => {
    const [cursor, epoch] = await db.meta.bulkGet(["cursor", "epoch"]);
    return { cursor: (cursor?.v as number | undefined) ?? 0, epoch: epoch?.v as string | undefined };
  };
  const remember = async (what: Readonly<Record<string, unknown>>): Promise<void> => {
    const names = Object.keys(what);
    await db.meta.bulkPut(names.filter((k) => what[k] !== undefined).map((k) => ({ k, v: what[k] })));
    await db.meta.bulkDelete(names.filter((k) => what[k] === undefined));
  };

  return {
    device,
    async write({ facts = [], records = [], remember: what }) {
      // Records go first: no acknowledged fact may name a text that the server has not got.
      const rows = [
        ...records.map((record) => ({ id: record.id, at: record.at, record })),
        ...facts.map(rowOf),
      ];
      if (!closed && !db.isOpen()) await (reopening ??= reopen().finally(() => { reopening = undefined; }));
      await change([], rows, async () => { if (what) await remember(what); });
    },
    async unsent(after, limit) {
      let numbers = await unsentNumbers(after, limit);
      if (!numbers) {
        await sameDatabase();
        numbers = await unsentNumbers(after, limit) ?? [];
      }
      const rest = numbers.filter((n) => !atHand(n));
      const read = new Map(rest.length > 0 ? (await db.journal.bulkGet(rest)).map((row) => [row?.n, row]) : []);
      return numbers.flatMap((n): Entry[] => {
        const { fact, record } = read.get(n) ?? {};
        const entry = atHand(n) ?? (fact ? { n, fact } : record && { n, record });
        return entry ? [entry] : [];
      });
    },
    rowBefore: async (n) => (await db.journal.where("n").below(n).last())?.n ?? 0,
    async countUnsent() {
      await sameDatabase();
      return db.journal.where("n").above(await acked()).count();
    },
    async acknowledge(upTo, refused) {
      const mark = await change([db.refused], [], async () => {
        const highest = (await db.journal.orderBy("n").last())?.n ?? 0;
        const believed = Math.min(upTo, highest);
        await db.meta.put({ k: "acked", v: believed });
        if (refused.length > 0) await db.refused.bulkPut([...refused]);
        return believed;
      });
      for (const n of kept.keys()) if (n <= mark) kept.delete(n);
    },
    countRefused: () => db.refused.count(),
    async receive({ since, cursor, epoch, facts, records, documents, erased = [], remember: what }) {
      await change([db.received, db.texts, db.documents], [], async () => {
        const old = await place();
        const goesOn = old.epoch === epoch && since <= old.cursor;
        const anew = old.epoch !== epoch && since === 0;
        if (anew) for (const table of [db.received, db.texts, db.documents]) await table.clear();
        const foreign = facts.filter((fact) => fact.device !== device);
        await db.received.bulkPut(foreign.map(rowOf));
        if (anew || foreign.length > 0) await db.meta.put({ k: DELIVERIES, v: (((await db.meta.get(DELIVERIES))?.v as number | undefined) ?? 0) + 1 });
        await db.texts.bulkPut([...records]);
        if (erased.length > 0) {
          await db.texts.bulkDelete([...erased]);
          // An own row keeps its number, for the acknowledged number counts on it; only the text goes (rule Y10).
          await db.journal.where("id").anyOf([...erased]).modify((row) => { if (row.record) Object.assign(row, { record: { ...row.record, text: "" } }); });
        }
        await db.documents.bulkPut([...documents]);
        for (const [n, row] of kept) if (row.record && erased.includes(row.id)) kept.set(n, { ...row, record: { ...row.record, text: "" } });
        await remember({ ...what, ...(goesOn ? { cursor: Math.max(old.cursor, cursor) } : anew ? { epoch, cursor } : {}) });
      });
    },
    place: () => db.transaction("r", db.meta, place),
    acknowledged: () => db.transaction("r", db.meta, async () => ({ acked: await acked(), epoch: (await place()).epoch })),
    async factsSince(at, lasting = at) {
      const older = (row: { readonly at: number }): boolean => row.at < at;
      const rows = await Promise.all([
        db.journal.where("at").aboveOrEqual(at).toArray(), db.received.where("at").aboveOrEqual(at).toArray(),
        ...(lasting < at
          ? [db.journal.where("lasting").aboveOrEqual(lasting).and(older).toArray(), db.received.where("lasting").aboveOrEqual(lasting).and(older).toArray()]
          : []),
      ]);
      return rows.flat().flatMap(({ fact }) => (fact ? [fact] : []));
    },
    stamp: () => db.transaction("r", db.journal, db.meta, async () => {
      const [last] = await db.journal.orderBy("n").reverse().limit(1).primaryKeys();
      return `${last ?? 0} ${((await db.meta.get(DELIVERIES))?.v as number | undefined) ?? 0}`;
    }),
    async records(ids) {
      const wanted = [...ids];
      const [own, received] = await Promise.all([
        db.journal.where("id").anyOf(wanted).toArray(), db.texts.where("id").anyOf(wanted).toArray(),
      ]);
      return [...received, ...own.flatMap(({ record }) => (record ? [record] : []))];
    },
    async newestOwn(fits, limit) {
      const rows = await db.journal.orderBy("n").reverse().filter(({ fact }) => fact !== undefined && fits(fact)).limit(limit).toArray();
      return rows.flatMap(({ fact }) => (fact ? [fact] : []));
    },
    allRecords: () => db.texts.toArray(),
    documents: () => db.documents.toArray(),
    async recall<T>(name: string) {
      return (await db.meta.get(name))?.v as T | undefined;
    },
    async tidy(at, lasting) {
      const old = ({ at: made, lasting: trained }: { readonly at: number; readonly lasting?: number }): boolean => trained === undefined ? made < at : trained < lasting;
      await db.transaction("rw", [db.journal, db.received, db.texts, db.refused, db.meta], async () => {
        const [mark, refused] = [await acked(), new Set(await db.refused.toCollection().primaryKeys())];
        // The last row stays: a mark is believed up to there.
        const highest = (await db.journal.orderBy("n").last())?.n ?? 0;
        await db.journal.where("at").below(at).and((row) => old(row) && row.n <= mark && row.n < highest && !refused.has(row.n)).delete();
        await db.received.where("at").below(at).and(old).delete();
        await db.texts.filter((record) => record.at < lasting).delete();
      });
    },
    close() {
      closed = true;
      db.close();
    },
    async wipe() {
      closed = true;
      db.close();
      await Dexie.delete(db.name);
    },
  };
}
