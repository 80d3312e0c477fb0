import { describe, expect, it } from "vitest";
import type { PrivateRecord } from "#domain/fact.ts";
import type { Database } from "#server/store/database.ts";
import type * as PullStore from "#server/sync/pullStore.ts";
import type * as SyncStore from "#server/sync/syncStore.ts";
import type { Document } from "#wire/sync.ts";
import { fact, TEN } from "#test/kit/facts.ts";

/** What the server keeps its rows in, with its functions, for the people "anna" and "boris". */
export interface OpenStore {
  readonly db: Database;
  readonly sync: Pick<typeof SyncStore, "storeBatch" | "deviceOf" | "takeNumbers" | "insertFacts" | "claimDevice">;
  readonly pull: Pick<typeof PullStore, "rowsAbove" | "headOf" | "factRows" | "recordRows" | "documentRows">;
  readonly publish: (document: Document) => Promise<void>;
}

const DAY = 86_400_000;
const anna = { people: ["anna"], verbatims: false };
const asked = { since: 0, oldest: TEN - 2 * DAY, lasting: TEN - 60 * DAY, most: 1000 };
const notice = { channel: "of_this_test", text: "something is new" };

/** What every store of the server promises, wherever its rows lie. @param open the same one for each test: nothing is taken out of it */
export function syncStoreContract(open: () => OpenStore): void {
  let made = 0;
  const unique = (stem: string): string => `${stem}-${(made += 1)}`;
  const ready = (id: string, at = TEN, more: { readonly by?: string; readonly device?: string } = {}) => fact({ kind: "shift.ready" }, at, { id, by: "anna", device: "anna-1", ...more });
  const note = (id: string, by = "anna"): PrivateRecord => ({ id, type: "note", text: "too dear \ud800", by, device: "anna-1", at: TEN });
  const batch = (device: string, more: Partial<SyncStore.ToStore>): SyncStore.ToStore => ({ device, person: "anna", before: 0, last: 0, facts: [], records: [], notice, calls: null, late: [], ...more });
  /** Ids above the number, in their order. */
  const above = async (since: number, whose = anna): Promise<readonly string[]> => {
    const { db, pull } = open();
    const { rows } = await pull.rowsAbove(db, whose, { ...asked, since });
    return rows.map((row) => ("fact" in row ? row.fact.id : "record" in row ? row.record.id : "document" in row ? row.document.id : row.erased));
  };
  const head = async (): Promise<number> => {
    const { db, pull } = open();
    return (await pull.headOf(db)).head;
  };

  describe("the server's store", () => {
    it("[Y2] stores each entry once, in whatever batches it comes, and says which it knew", async () => {
      const { db, sync } = open();
      const [device, from] = [unique("device"), await head()];
      const [one, two, three, text] = [unique("f"), unique("f"), unique("f"), unique("r")];
      const first = await sync.storeBatch(db, batch(device, { last: 3, facts: [ready(one), ready(two)], records: [note(text)] }));
      expect(first).toEqual({ owner: "anna", acked: 3, known: new Set(), taken: new Set() });
      const again = await sync.storeBatch(db, batch(device, { last: 4, facts: [ready(two), ready(three)], records: [note(text)] }));
      expect(again).toEqual({ owner: "anna", acked: 4, known: new Set([two, text]), taken: new Set() });
      // The private record stands before the facts that name it.
      expect(await above(from)).toEqual([text, one, two, three]);
    });

    it("[Y2] stores an entry once when several batches hold it at the same moment", async () => {
      const { db, sync } = open();
      const [device, from, ids] = [unique("device"), await head(), Array.from({ length: 40 }, () => unique("f"))];
      const one = batch(device, { last: 40, facts: ids.map((id) => ready(id)) });
      const said = await Promise.all([sync.storeBatch(db, one), sync.storeBatch(db, one), sync.storeBatch(db, one)]);
      expect(said.map(({ acked }) => acked)).toEqual([40, 40, 40]);
      expect(said.map(({ known }) => known.size).sort((a, b) => a - b)).toEqual([0, 40, 40]);
      expect(await above(from)).toEqual(ids);
    });

    it("[Y2] takes an entry that stands twice in one batch once", async () => {
      const { db, sync } = open();
      const [device, from, id] = [unique("device"), await head(), unique("f")];
      await sync.storeBatch(db, batch(device, { last: 2, facts: [ready(id), ready(id)] }));
      expect(await above(from)).toEqual([id]);
    });

    it("[Q14] stores the note of what came late with the fact when that is new, once", async () => {
      const { db, sync } = open();
      const [device, from, old, later] = [unique("device"), await head(), unique("f"), unique("f")];
      const noteOf = (of: string): SyncStore.LateNote => ({ of, fact: fact({ kind: "call.late", call: "c-1", agent: "anna", received: TEN }, TEN, { id: "late-c-1", by: "server", device: "server" }) });
      await sync.storeBatch(db, batch(device, { last: 1, facts: [ready(old)] }));
      await sync.storeBatch(db, batch(device, { last: 2, facts: [ready(old)], late: [noteOf(old)] }));
      expect(await above(from)).toEqual([old]);
      await sync.storeBatch(db, batch(device, { last: 4, facts: [ready(later), ready(unique("f"))], late: [noteOf(later), noteOf(later)] }));
      expect((await above(from)).filter((id) => id === "late-c-1")).toHaveLength(1);
      await sync.storeBatch(db, batch(device, { person: "anna", last: 5, facts: [ready(unique("f"))], late: [noteOf("elsewhere")] }));
      expect((await above(from)).filter((id) => id === "late-c-1")).toHaveLength(1);
    });

    it("[Y4] stores nothing on a device that is somebody else's, and says whose it is", async () => {
      const { db, sync } = open();
      const [device, from] = [unique("device"), await head()];
      await sync.storeBatch(db, batch(device, { last: 1, facts: [ready(unique("f"))] }));
      const said = await sync.storeBatch(db, batch(device, { person: "boris", last: 2, before: 1, facts: [ready(unique("f"), TEN, { by: "boris" })] }));
      expect(said).toMatchObject({ owner: "anna", acked: 1 });
      expect(await above(from, { people: ["boris"], verbatims: true })).toEqual([]);
      expect(await sync.deviceOf(db, device)).toEqual({ person: "anna", mark: 1 });
    });

    it("[Y7] tells what another person has used already", async () => {
      const { db, sync } = open();
      const [mine, text] = [unique("f"), unique("r")];
      await sync.storeBatch(db, batch(unique("device"), { last: 2, facts: [ready(mine)], records: [note(text)] }));
      const his = batch(unique("device"), { person: "boris", last: 3, facts: [ready(mine, TEN, { by: "boris" }), ready(unique("f"), TEN, { by: "boris" })], records: [note(text, "boris")] });
      const said = await sync.storeBatch(db, his);
      expect(said).toMatchObject({ acked: 3, known: new Set([mine, text]), taken: new Set([mine, text]) });
    });

    it("[Y8] stores what lies above a hole, and acknowledges its own mark until the hole is filled", async () => {
      const { db, sync } = open();
      const [device, [one, two, three]] = [unique("device"), [unique("f"), unique("f"), unique("f")] as const];
      expect((await sync.storeBatch(db, batch(device, { before: 1, last: 2, facts: [ready(two)] }))).acked).toBe(0);
      expect((await sync.storeBatch(db, batch(device, { before: 0, last: 1, facts: [ready(one)] }))).acked).toBe(1);
      const whole = await sync.storeBatch(db, batch(device, { before: 1, last: 3, facts: [ready(two), ready(three)] }));
      expect(whole).toMatchObject({ acked: 3, known: new Set([two]) });
      // A batch that comes late moves no mark back, nor does an empty one.
      expect((await sync.storeBatch(db, batch(device, { before: 0, last: 1, facts: [ready(one)] }))).acked).toBe(3);
      expect((await sync.storeBatch(db, batch(device, { before: null }))).acked).toBe(3);
    });

    it("[Y2] leaves nothing of a transaction that fails", async () => {
      const { db, sync } = open();
      const [device, from] = [unique("device"), await head()];
      const failed = db.transaction(async (tx) => {
        await sync.storeBatch(tx, batch(device, { last: 1, facts: [ready(unique("f"))], records: [note(unique("r"))] }));
        throw new Error("the rest of it fails");
      });
      await expect(failed).rejects.toThrow("the rest of it fails");
      expect([await head(), await above(from), await sync.deviceOf(db, device)]).toEqual([from, [], undefined]);
    });

    it("[Y6] gives out every number once, and says the head and the rows of one moment", async () => {
      const { db, sync, pull } = open();
      const from = await head();
      const said = await db.transaction(async (tx) => {
        const base = await sync.takeNumbers(tx, 2);
        await sync.insertFacts(tx, [ready(unique("late")), ready(unique("late"))], base);
        return base;
      });
      expect(said).toBe(from);
      const { head: now, rows } = await pull.rowsAbove(db, anna, { ...asked, since: from });
      expect([now, rows.map(({ seq }) => seq)]).toEqual([from + 2, [from + 1, from + 2]]);
      expect((await pull.rowsAbove(db, anna, { ...asked, since: from, most: 1 })).rows).toHaveLength(1);
    });

    it("[T6] tells a device that knows nothing what is not old, and training for longer", async () => {
      const { db, sync, pull } = open();
      const old = [ready(unique("old"), TEN - 3 * DAY), fact({ kind: "call.answered", call: unique("practice") }, TEN - 3 * DAY, { id: unique("kept"), by: "anna" }), fact({ kind: "call.answered", call: unique("practice") }, TEN - 70 * DAY, { id: unique("old"), by: "anna" })];
      const fresh = ready(unique("kept"), TEN - DAY);
      await sync.storeBatch(db, batch(unique("device"), { last: 4, facts: [...old, fresh] }));
      const told = (await pull.factRows(db, anna, asked)).map((row) => ("fact" in row ? row.fact.id : ""));
      expect(new Set(told.filter((id) => [...old, fresh].some((one) => one.id === id)))).toEqual(new Set([fresh.id, old[1]?.id]));
    });

    it("tells of whom it is about, and the client's words to whoever works with them", async () => {
      const { db, sync, publish } = open();
      const from = await head();
      const [target, words, said, document] = [unique("f"), unique("r"), unique("f"), unique("handler")];
      await sync.storeBatch(db, batch(unique("device"), {
        last: 3,
        facts: [
          fact({ kind: "target.withdrawn", target: "t", agent: "boris", on: true }, TEN, { id: target, by: "anna" }),
          fact({ kind: "verbatim.taken", call: "c", record: words, second: 4, unforeseen: false }, TEN, { id: said, by: "anna" }),
        ],
        records: [{ ...note(words), type: "verbatim" }],
      }));
      await publish({ type: "handler", id: document, version: 1, body: { id: document } } as unknown as Document);
      expect(await above(from, { people: ["boris"], verbatims: false })).toEqual([target, document]);
      expect(await above(from, { people: ["boris"], verbatims: true })).toEqual([words, target, said, document]);
      expect(await above(from)).toEqual([words, target, said, document]);
    });
  });
}
