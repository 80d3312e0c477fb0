import { createStore, type StoreApi } from "zustand/vanilla";
import type { Fact, FactBody, PrivateRecord } from "#domain/fact.ts";
import { emptyBoard, writeBoard, type Board } from "#domain/wallboard/board.ts";
import type { Batch, Journal } from "./journal.ts";
import type { MemoryJournal } from "./memoryJournal.ts";

/** What the facts that this device knows add up to, kept in memory and grown fact by fact. */
export interface Known {
  readonly board: Board;
  /** One array that grows in place, newest last: a reader remembers how many it has read. A hundred thousand are not copied for each new one. */
  readonly facts: readonly Fact[];
}

/** The way past a disk that takes nothing. `add` resolves when the server has the entries. */
export type PastTheDisk = Pick<MemoryJournal, "device" | "add">;

export type Body = FactBody & { readonly at?: number };

export interface Recorder {
  readonly known: StoreApi<Known>;
  /**
   * Makes facts durable, then known. Resolves when they are on the disk. When the disk refuses they go straight to the server: it
   * resolves when the server has them, and rejects when it has not within five seconds; they are known all the same then, and still on
   * their way as long as this page lives. `remember` lies on the disk alone.
   */
  record(bodies: readonly Body[], records?: readonly PrivateRecord[], remember?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Facts from elsewhere, already durable. */
  readonly learn: (facts: readonly Fact[]) => void;
  /** Learns what another tab of the same person has written meanwhile. */
  reload(): Promise<void>;
  /** Called after every write, with what is wrong with the disk, or undefined when it took the write. */
  onDisk(listener: (trouble: unknown) => void): void;
  /** Called after every write, with what the uplink should fetch. */
  onWritten(listener: () => void): void;
  /** A private record of this author and device. */
  text(type: PrivateRecord["type"], text: string): PrivateRecord;
}

const HOUR = 3_600_000;

/** How long the disk is waited for, milliseconds. A browser whose disk is full may never answer. */
const DISK_PATIENCE = 4_000;

/** How long the server is waited for in place of the disk, milliseconds: somebody sits before a call that must not begin without it. */
const PATIENCE = 5_000;

/** Turns bodies into facts of this author and device, durable first. Starts from the facts of the last two days, of training of sixty. */
export async function openRecorder(
  person: string, journal: Journal, clock: { readonly now: () => number; readonly offset: () => number }, past?: PastTheDisk,
): Promise<Recorder> {
  const recent = (): Promise<readonly Fact[]> => {
    const now = clock.now() + clock.offset();
    return journal.factsSince(now - 48 * HOUR, now - 60 * 24 * HOUR);
  };
  // Read before the facts: what is written meanwhile is read once more.
  const stampNow = async (): Promise<string> => `${await journal.stamp()} ${clock.offset()}`;
  let stamp = await stampNow();
  const facts = [...await recent()];
  const known = createStore<Known>(() => ({ board: writeBoard(emptyBoard, facts), facts }));
  const seen = new Set(facts.map((fact) => fact.id));
  const listeners: (() => void)[] = [];
  const disks: ((trouble: unknown) => void)[] = [];
  const learn = (fresh: readonly Fact[]): void => {
    const news = fresh.filter((fact) => !seen.has(fact.id) && seen.add(fact.id));
    if (news.length === 0) return;
    for (const fact of news) facts.push(fact);
    known.setState(({ board }) => ({ board: writeBoard(board, news), facts }));
  };
  let stuck = false;
  /** A disk that does not answer must not hold up a call; should it take the write after all, the server knows the fact by its id. */
  const disk = async (batch: Batch): Promise<void> => {
    if (stuck) {
      // What is to be remembered waits in line for it all the same: should the disk wake up, it must not hold an older place.
      if (batch.remember) void journal.write({ remember: batch.remember }).catch(() => undefined);
      throw new Error("the disk still does not answer");
    }
    const written = journal.write(batch);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        stuck = true;
        void written.catch(() => undefined).finally(() => { stuck = false; });
        reject(new Error("the disk does not answer"));
      }, DISK_PATIENCE);
    });
    await Promise.race([written, late]).finally(() => { clearTimeout(timer); });
  };
  // One write after another: the journal's order is the order of what happened.
  let last: Promise<unknown> = Promise.resolve();
  return {
    known,
    learn,
    async reload() {
      const now = await stampNow();
      // Two days of facts are long to read, and mostly nobody has written since; a clock that was put right has read other days.
      if (now === stamp) return;
      stamp = now;
      learn(await recent());
    },
    onDisk: (listener) => void disks.push(listener),
    onWritten: (listener) => void listeners.push(listener),
    record(bodies, records = [], remember) {
      const now = clock.now();
      const made = bodies.map((body): Fact => ({
        ...body, id: crypto.randomUUID(), at: body.at ?? now, offset: clock.offset(), by: person, device: journal.device,
      }));
      const written = last.then(async (): Promise<void | (() => Promise<void>)> => {
        try {
          await disk({ facts: made, records, ...(remember ? { remember } : {}) });
        } catch (because) {
          for (const listener of disks) listener(because);
          if (!past || made.length + records.length === 0) throw because;
          const own = <T>(one: T): T => ({ ...one, device: past.device });
          const facts = made.map(own);
          const taken = past.add(facts, records.map(own));
          learn(facts);
          for (const listener of listeners) listener();
          // The next write does not wait for the network.
          return () => within(taken, because);
        }
        for (const listener of disks) listener(undefined);
        learn(made);
        if (made.length > 0 || records.length > 0) for (const listener of listeners) listener();
      });
      last = written.catch(() => undefined);
      return written.then((safe) => safe?.());
    },
    text: (type, text) => ({ id: crypto.randomUUID(), type, text, by: person, device: journal.device, at: clock.now() }),
  };
}

/** Rejects with `because` when the server does not take it in time, or at all. */
function within(taken: Promise<void>, because: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(because as Error); }, PATIENCE);
    taken.then(resolve, () => { reject(because as Error); }).finally(() => { clearTimeout(timer); });
  });
}
