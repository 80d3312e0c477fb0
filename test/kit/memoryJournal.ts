import type { Delivery, Journal, Place } from "#client/facts/journal.ts";
import { timeOf } from "#domain/base/envelope.ts";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import { isLasting, isTarget } from "#domain/training/log.ts";
import type { Document, Entry, Refusal } from "#wire/sync.ts";

/** What recorder, uplink and downlink need of a journal. */
export type JournalPort = Pick<Journal, "device" | "write" | "unsent" | "rowBefore" | "countUnsent" | "acknowledge" | "countRefused" | "receive" | "place" | "acknowledged" | "factsSince" | "stamp" | "allRecords" | "documents" | "recall">;

/** A disk that outlives the tabs that write on it. */
export interface MemoryDisk {
  /** The journal as a tab that has just been opened finds it. A tab that is gone writes no more. */
  open(): JournalPort & { gone(): void };
  /** Every fact and record of this device that is durable, in the order of the journal. */
  entries(): readonly Entry[];
  refused(): readonly Refusal[];
}

/**
 * The journal in memory, held to the same suite of promises as the one in the browser's database (`test/contract/journal.ts`).
 * @param wait called before a write becomes durable; a crash in that time loses the write
 * @param refuses says whether the disk is too full for what came down
 */
export function memoryDisk(device: string, wait: () => Promise<void> = async () => undefined, refuses: () => boolean = () => false): MemoryDisk {
  const rows: Entry[] = [];
  const ids = new Set<string>();
  const received = new Map<string, Fact>();
  const texts = new Map<string, PrivateRecord>();
  const shelf = new Map<string, Document>();
  const refusals = new Map<number, Refusal>();
  const meta = new Map<string, unknown>();
  let acked = 0;
  let deliveries = 0;
  let place: Place = { cursor: 0 };

  const remember = (what: Readonly<Record<string, unknown>>): void => {
    for (const [name, value] of Object.entries(what)) {
      if (value === undefined) meta.delete(name);
      else meta.set(name, value);
    }
  };
  const name = (document: Document): string => `${document.type} ${document.id} ${document.version}`;
  return {
    entries: () => rows,
    refused: () => [...refusals.values()],
    open() {
      let here = true;
      // A tab that has crashed in the meantime changes nothing more on the disk.
      const durable = async (change: () => void, full = (): boolean => false): Promise<void> => {
        await wait();
        if (!here) return new Promise(() => undefined);
        if (full()) throw new Error("QuotaExceededError");
        change();
      };
      return {
        device,
        gone() { here = false; },
        write: ({ facts = [], records = [], remember: what }) => durable(() => {
          const fresh = [...records, ...facts].map(({ id }) => id);
          if (new Set(fresh).size < fresh.length || fresh.some((id) => ids.has(id))) throw new Error("an id is there already");
          for (const id of fresh) ids.add(id);
          for (const record of records) rows.push({ n: rows.length + 1, record });
          for (const fact of facts) rows.push({ n: rows.length + 1, fact });
          if (what) remember(what);
        }),
        async unsent(after, limit) {
          const from = Math.max(after, acked);
          return rows.slice(from, from + limit);
        },
        rowBefore: async (n) => Math.max(0, n - 1),
        countUnsent: async () => rows.length - acked,
        acknowledge: (upTo, refused) => durable(() => {
          acked = Math.min(upTo, rows.length);
          for (const refusal of refused) refusals.set(refusal.n, refusal);
        }),
        countRefused: async () => refusals.size,
        receive: (delivery: Delivery) => durable(() => {
          const anew = place.epoch !== delivery.epoch && delivery.since === 0;
          const goesOn = place.epoch === delivery.epoch && delivery.since <= place.cursor;
          if (anew) for (const kept of [received, texts, shelf]) kept.clear();
          for (const fact of delivery.facts) if (fact.device !== device) received.set(fact.id, fact);
          if (anew || delivery.facts.some((fact) => fact.device !== device)) deliveries += 1;
          for (const record of delivery.records) texts.set(record.id, record);
          for (const document of delivery.documents) shelf.set(name(document), document);
          remember(delivery.remember);
          if (goesOn || anew) place = { cursor: anew ? delivery.cursor : Math.max(place.cursor, delivery.cursor), epoch: delivery.epoch };
        }, refuses),
        place: async () => place,
        acknowledged: async () => ({ acked, epoch: place.epoch }),
        async factsSince(at, lasting = at) {
          const own = rows.flatMap((row) => ("fact" in row ? [row.fact] : []));
          return [...own, ...received.values()].filter((fact) => timeOf(fact) >= at || (isLasting(fact) && (isTarget(fact) || timeOf(fact) >= lasting)));
        },
        stamp: async () => `${rows.length} ${deliveries}`,
        allRecords: async () => [...texts.values()],
        documents: async () => [...shelf.values()],
        recall: async <T,>(what: string) => meta.get(what) as T | undefined,
      };
    },
  };
}
