import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { boardRows, emptyBoard, writeBoard } from "#domain/wallboard/board.ts";
import { campaigns, company, fact, MINUTE, person, TEN, wholeCall } from "#test/kit/facts.ts";

const team = [person("anna"), person("oleg")];

/** A plausible piece of a day: calls of two people, some to the same prospects, some corrected, some cut short, breaks between. */
const day = fc.array(
  fc.record({
    by: fc.constantFrom("anna", "oleg"), minute: fc.integer({ min: 0, max: 400 }), seconds: fc.integer({ min: 0, max: 90 }),
    prospect: fc.constantFrom("p1", "p2", "p3", "p4", "p5"), outcome: fc.constantFrom("meeting", "refused", "callBack"),
    decisionMaker: fc.boolean(), cut: fc.integer({ min: 1, max: 4 }), corrected: fc.boolean(), rest: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
).map((calls) => calls.flatMap(({ minute, cut, corrected, rest, ...more }, index): Fact[] => {
  const at = TEN + minute * MINUTE;
  const call = `c${index}`;
  return [
    ...wholeCall(call, at, more).slice(0, cut),
    ...(corrected ? [fact({ kind: "outcome.saved", call, outcome: "callBack", decisionMaker: true }, at + 5 * MINUTE, { by: more.by })] : []),
    ...(rest ? [fact({ kind: "shift.break", reason: "rest" }, at + 6 * MINUTE, { by: more.by })] : []),
    fact({ kind: "module.shown", call, module: "opening", way: "start" }, at + 1, { by: more.by }),
    fact({ kind: "handler.shown", call, handler: "price", version: 1, phrasing: 0, module: "opening" }, at + 2, { by: more.by }),
  ];
}));

const numbers = (board: ReturnType<typeof writeBoard>): unknown => {
  const rows = boardRows(board, team, new Set(["anna", "oleg"]), TEN + 500 * MINUTE, company, campaigns);
  return rows.map((row) => ({ ...row, day: { ...row.day, calls: row.day.calls.map(({ record, verdict }) => [record.call, verdict]) } }));
};

describe("every number", () => {
  it("[Y5] is the same in any order, doubled, and split into batches", () => {
    fc.assert(fc.property(day, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), fc.integer({ min: 1, max: 7 }), (facts, chance, size) => {
      const expected = numbers(writeBoard(emptyBoard, facts));
      const shuffled = [...facts, ...facts.slice(0, size)].map((one) => ({ one, key: chance.next().value })).sort((a, b) => a.key - b.key).map(({ one }) => one);
      let board = emptyBoard;
      for (let i = 0; i < shuffled.length; i += size) board = writeBoard(board, shuffled.slice(i, i + size));
      expect(numbers(board)).toEqual(expected);
    }), { numRuns: 200 });
  });
});
