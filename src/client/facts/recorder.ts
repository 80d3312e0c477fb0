import { createStore, type StoreApi } from "zustand/vanilla";
import type { Fact, FactBody, PrivateRecord } from "#domain/fact.ts";
import { emptyBoard, writeBoard, type Board } from "#domain/wallboard/board.ts";
import type { Journal } from "./journal.ts";

/** What the facts that this device knows add up to, kept in memory and grown fact by fact. */
export interface Known {
  readonly board: Board;
  /** Grows with every fact, so that a reader can tell what is new. */
  readonly facts: readonly Fact[];
}

export type Body = FactBody & { readonly at?: number };

export interface Recorder {
  readonly known: StoreApi<Known>;
  /**
   * Makes facts durable, then known. Resolves when they are on the disk; rejects when the disk refuses,
   * and then they are neither durable nor known.
   */
  record(bodies: readonly Body[], records?: readonly PrivateRecord[], remember?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Facts from elsewhere, already durable. */
  readonly learn: (facts: readonly Fact[]) => void;
  /** Learns what another tab of the same person has written meanwhile. */
  reload(): Promise<void>;
  /** Called after every write, with what the uplink should fetch. */
  onWritten(listener: () => void): void;
  /** A private record of this author and device. */
  text(type: PrivateRecord["type"], text: string): PrivateRecord;
}

const HOUR = 3_600_000;

/** Turns bodies into facts of this author and device, durable first. Starts from the facts of the last two days, of training of sixty. */
export async function openRecorder(
  person: string, journal: Journal, clock: { readonly now: () => number; readonly offset: () => number },
): Promise<Recorder> {
  const recent = (): Promise<readonly Fact[]> => {
    const now = clock.now() + clock.offset();
    return journal.factsSince(now - 48 * HOUR, now - 60 * 24 * HOUR);
  };
  const facts = await recent();
  const known = createStore<Known>(() => ({ board: writeBoard(emptyBoard, facts), facts }));
  const seen = new Set(facts.map((fact) => fact.id));
  const listeners: (() => void)[] = [];
  const learn = (fresh: readonly Fact[]): void => {
    const news = fresh.filter((fact) => !seen.has(fact.id) && seen.add(fact.id));
    if (news.length === 0) return;
    known.setState(({ board, facts: old }) => ({ board: writeBoard(board, news), facts: [...old, ...news] }));
  };
  // One write after another: the journal's order is the order of what happened.
  let last: Promise<unknown> = Promise.resolve();
  return {
    known,
    learn,
    reload: async () => learn(await recent()),
    onWritten: (listener) => void listeners.push(listener),
    record(bodies, records = [], remember) {
      const now = clock.now();
      const made = bodies.map((body): Fact => ({
        ...body, id: crypto.randomUUID(), at: body.at ?? now, offset: clock.offset(), by: person, device: journal.device,
      }));
      const written = last.then(async () => {
        await journal.write({ facts: made, records, ...(remember ? { remember } : {}) });
        learn(made);
        if (made.length > 0 || records.length > 0) for (const listener of listeners) listener();
      });
      last = written.catch(() => undefined);
      return written;
    },
    text: (type, text) => ({ id: crypto.randomUUID(), type, text, by: person, device: journal.device, at: clock.now() }),
  };
}
