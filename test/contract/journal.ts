import { describe, expect, it } from "vitest";
import type { Batch } from "#client/facts/journal.ts";
import type { Fact } from "#domain/fact.ts";
import { isLasting } from "#domain/training/log.ts";
import { fact, TEN } from "#test/kit/facts.ts";
import { assigned, withdrawn } from "#test/kit/practiceFacts.ts";

/** Calls methods of the person's journal one after the other and gives back what each said; `device` gives its name. */
export type OnJournal = (person: string, ...calls: readonly (readonly [method: string, ...args: unknown[]])[]) => Promise<unknown[]>;

const facts = (count: number): Fact[] => Array.from({ length: count }, (_, index) => fact({ kind: "shift.ready" }, TEN + index));

/**
 * What every journal promises, wherever it keeps its rows. Each test begins with an empty one.
 * @param reload the tab is opened anew over the same disk
 */
export function journalContract(onJournal: OnJournal, reload: () => Promise<unknown>): void {
  describe("the journal", () => {
    it("[Y2] keeps what was written over a reload, in its order, until it is acknowledged", async () => {
      const [one, two, three] = facts(3) as [Fact, Fact, Fact];
      const text = { id: "r1", type: "verbatim", text: "too dear", by: "anna", device: "d", at: TEN } as const;
      await onJournal("anna", ["write", { facts: [one] } satisfies Batch], ["write", { facts: [two], records: [text] } satisfies Batch]);
      await reload();
      const [unsent, count] = await onJournal("anna", ["unsent", 0, 10], ["countUnsent"]);
      // The private record stands before the fact that names it.
      expect(unsent).toEqual([{ n: 1, fact: one }, { n: 2, record: text }, { n: 3, fact: two }]);
      expect(count).toBe(3);
      const after = await onJournal("anna", ["acknowledge", 2, []], ["write", { facts: [three] }], ["unsent", 0, 10], ["unsent", 3, 10], ["countUnsent"]);
      expect(after.slice(2)).toEqual([[{ n: 3, fact: two }, { n: 4, fact: three }], [{ n: 4, fact: three }], 2]);
      expect(await onJournal("anna", ["factsSince", TEN])).toEqual([[one, two, three]]);
    });

    it("[T6] finds facts of training long after those of the day, and targets for ever, own and received, each once", async () => {
      const DAY = 86_400_000;
      const made = [1, 3, 59, 61].flatMap((days) => {
        const at = TEN - days * DAY;
        return [assigned(`a${days}`, at), withdrawn(`a${days}`, at), fact({ kind: "call.answered", call: "practice-1" }, at), fact({ kind: "call.answered", call: "c1" }, at)];
      });
      // A target said long ago may still hold, and whoever said it may have had a clock that was a year behind.
      made.push(...[400, 401, 1].map((days) => fact({ kind: "target.withdrawn", target: `t${days}`, agent: "anna", on: true }, TEN - days * DAY)));
      const [own, came] = [made.filter((_, index) => index % 2 === 0), made.filter((_, index) => index % 2 === 1)];
      const expected = made.filter((one) => one.at > TEN - 2 * DAY || one.kind === "target.withdrawn" || (one.at > TEN - 60 * DAY && isLasting(one))).map(({ id }) => id).sort();
      expect(expected).toHaveLength(13);
      const [, , found] = await onJournal("anna", ["write", { facts: own }], ["receive", { epoch: "e1", since: 0, cursor: 1, facts: came, records: [], documents: [], remember: {} }], ["factsSince", TEN - 2 * DAY, TEN - 60 * DAY]);
      expect((found as Fact[]).map(({ id }) => id).sort()).toEqual(expected);
    });

    it("[Y2] writes all of a batch or nothing", async () => {
      const [one, two] = facts(2) as [Fact, Fact];
      await onJournal("anna", ["write", { facts: [one] }]);
      // The same fact again is refused with the whole batch, the memory beside it included.
      await expect(onJournal("anna", ["write", { facts: [two, one], remember: { desk: 1 } }])).rejects.toThrow();
      expect(await onJournal("anna", ["factsSince", TEN], ["recall", "desk"])).toEqual([[one], undefined]);
    });

    it("[Y4] belongs to one person, and a new database is a new device that numbers from 1 again", async () => {
      const [one] = facts(1);
      const [device] = await onJournal("anna", ["device"], ["write", { facts: [one] }]);
      expect((await onJournal("anna", ["device"]))[0]).toBe(device);
      expect((await onJournal("oleg", ["device"], ["factsSince", 0])).slice(1)).toEqual([[]]);
      await onJournal("anna", ["acknowledge", 1, []], ["wipe"]);
      const [fresh, , unsent] = await onJournal("anna", ["device"], ["write", { facts: [one] }], ["unsent", 0, 10]);
      expect(fresh).not.toBe(device);
      expect(unsent).toEqual([{ n: 1, fact: one }]);
    });

    it("[Y4] does not believe a number above its own highest row", async () => {
      const [one, two] = facts(2) as [Fact, Fact];
      const said = await onJournal("anna", ["write", { facts: [one] }], ["acknowledge", 900, []], ["write", { facts: [two] }], ["unsent", 0, 10]);
      expect(said[3]).toEqual([{ n: 2, fact: two }]);
    });

    it("[Y2] goes back to the server's word when the server has lost entries", async () => {
      const [one, two] = facts(2) as [Fact, Fact];
      const said = await onJournal("anna", ["write", { facts: [one, two] }], ["acknowledge", 2, []], ["acknowledged"],
        ["receive", { epoch: "e1", since: 0, cursor: 1, facts: [], records: [], documents: [], remember: {} }], ["acknowledge", 1, []], ["acknowledged"], ["unsent", 0, 10]);
      expect([said[2], said[5]]).toEqual([{ acked: 2, epoch: undefined }, { acked: 1, epoch: "e1" }]);
      expect(said[6]).toEqual([{ n: 2, fact: two }]);
    });

    it("[Y7] keeps what the server refused, and goes on behind it", async () => {
      const [one, two] = facts(2) as [Fact, Fact];
      const said = await onJournal("anna",
        ["write", { facts: [one, two] }], ["acknowledge", 2, [{ n: 1, id: one.id, why: "author" }]],
        ["countRefused"], ["countUnsent"], ["factsSince", TEN]);
      expect(said.slice(2)).toEqual([1, 0, [one, two]]);
    });

    it("does not store its own facts twice when they come down again, and never moves the cursor back", async () => {
      const [device] = await onJournal("anna", ["device"]) as [string];
      const own = fact({ kind: "shift.ready" }, TEN, { device });
      const other = fact({ kind: "shift.ready" }, TEN + 1, { device: "phone" });
      const down = { epoch: "e1", since: 0, facts: [own, other], records: [], documents: [], remember: {} };
      const said = await onJournal("anna",
        ["write", { facts: [own] }], ["receive", { ...down, cursor: 7 }], ["receive", { ...down, cursor: 5 }], ["place"], ["factsSince", TEN]);
      expect(said.slice(3)).toEqual([{ cursor: 7, epoch: "e1" }, [own, other]]);
    });

    it("has another stamp whenever there are facts that a tab which looked before does not know, and the same otherwise", async () => {
      const [device] = await onJournal("anna", ["device"]) as [string];
      const [one] = facts(1) as [Fact];
      const own = { ...one, device };
      const other = fact({ kind: "shift.ready" }, TEN + 1, { device: "phone" });
      const down = { epoch: "e1", records: [], documents: [], remember: {} };
      const said = await onJournal("anna",
        ["stamp"], ["write", { facts: [own] }], ["stamp"], ["receive", { ...down, cursor: 7, facts: [other] }], ["stamp"],
        ["write", { remember: { desk: 1 } }], ["acknowledge", 1, []], ["receive", { ...down, cursor: 9, facts: [] }], ["receive", { ...down, cursor: 10, facts: [own] }], ["stamp"]);
      const [first, written, come, same] = [said[0], said[2], said[4], said[9]];
      expect(new Set([first, written, come]).size).toBe(3);
      expect(same).toBe(come);
      await reload();
      expect(await onJournal("anna", ["stamp"])).toEqual([come]);
    });

    it("[Y8] believes neither cursor nor documents of a database that was replaced by a restored one", async () => {
      const document = (version: number) => ({ type: "handler", id: "dear", version, body: { id: "dear", version } });
      const [kept, lost] = [fact({ kind: "shift.ready" }, TEN, { device: "phone" }), fact({ kind: "shift.ready" }, TEN, { device: "phone" })];
      const down = { facts: [kept], records: [], remember: {} };
      const text = { id: "r1", type: "note", text: "call in March", by: "anna", device: "phone", at: TEN } as const;
      const said = await onJournal("anna",
        ["receive", { ...down, facts: [kept, lost], records: [text], epoch: "e1", since: 0, cursor: 900, documents: [document(1), document(2)] }],
        ["receive", { ...down, epoch: "e2", since: 0, cursor: 40, documents: [document(1)] }], ["place"], ["documents"],
        ["receive", { ...down, epoch: "e2", since: 40, cursor: 41, documents: [document(3)] }], ["place"], ["documents"], ["factsSince", TEN], ["allRecords"]);
      expect(said[2]).toEqual({ cursor: 40, epoch: "e2" });
      expect(said[3]).toEqual([document(1)]);
      expect(said[5]).toEqual({ cursor: 41, epoch: "e2" });
      expect(said[6]).toEqual([document(1), document(3)]);
      // What the restored server does not know any more, nobody counts: its author sends it again.
      expect(said[7]).toEqual([kept]);
      expect(said[8]).toEqual([]);
    });

    it("[Y6] moves the cursor over nothing that a full disk did not take: it is asked for again from there", async () => {
      const down = { epoch: "e1", facts: [], records: [], documents: [], remember: {} };
      const said = await onJournal("anna",
        ["receive", { ...down, since: 0, cursor: 10 }],
        // What came from 10 to 20 was refused.
        ["receive", { ...down, since: 20, cursor: 30 }], ["place"],
        // Another tab has taken it.
        ["receive", { ...down, since: 5, cursor: 25 }], ["receive", { ...down, since: 25, cursor: 40 }], ["place"],
        // So was the beginning of another life of the database.
        ["receive", { ...down, epoch: "e2", since: 7, cursor: 9 }], ["place"]);
      expect([said[2], said[5], said[7]]).toEqual([{ cursor: 10, epoch: "e1" }, { cursor: 40, epoch: "e1" }, { cursor: 40, epoch: "e1" }]);
    });
  });
}
