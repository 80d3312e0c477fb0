import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { emptyTraining, isTraining, writeTraining } from "#domain/training/log.ts";
import { nextAssignment, trainingOf, type Assignment } from "#domain/training/progress.ts";
import { fact, HOUR, MINUTE, SECOND, TEN, wholeCall } from "#test/kit/facts.ts";
import { assigned, practiceCall, withdrawn } from "#test/kit/practiceFacts.ts";

const zone = "Europe/Moscow";
const DAY = 24 * HOUR;
const of = (facts: readonly Fact[], now = TEN + HOUR, agent = "anna") => trainingOf(writeTraining(emptyTraining, facts), agent, now, zone);
const only = (facts: readonly Fact[], now?: number): Assignment => {
  const { assignments } = of(facts, now);
  expect(assignments).toHaveLength(1);
  return assignments[0] as Assignment;
};
/** `n` done calls of assignment a, five minutes apart. */
const calls = (n: number, from = TEN, assignment = "a"): Fact[] => Array.from({ length: n }, (_, i) => practiceCall(`${assignment}${from}-${i}`, from + i * 5 * MINUTE, { assignment })).flat();

describe("progress", () => {
  it("begins with what was asked for", () => {
    expect(only([assigned("a", TEN, { customer: "angry", difficulty: "hard", calls: 5 })])).toEqual({
      id: "a", agent: "anna", by: "lead", at: TEN, campaign: "practice", customer: "angry", difficulty: "hard", calls: 5, until: "2026-11-25",
      done: 0, state: "open", late: false, results: [],
    });
  });

  const at = (changes: Partial<Pick<Assignment, "done" | "state" | "late">>): Partial<Assignment> => ({ done: 0, state: "open", late: false, ...changes });
  const table: readonly [what: string, facts: readonly Fact[], now: number, expected: Partial<Assignment>][] = [
    ["on its last day, not late", [assigned("a", TEN)], TEN + 2 * DAY, at({})],
    ["its day over, late", [assigned("a", TEN)], TEN + 3 * DAY, at({ late: true })],
    ["the day is the company's: 23:30 in Moscow is still that day", [assigned("a", TEN)], Date.UTC(2026, 10, 25, 20, 30), at({})],
    ["the day is the company's: half an hour after midnight is the next", [assigned("a", TEN)], Date.UTC(2026, 10, 25, 21, 30), at({ late: true })],
    ["done with the last call", [assigned("a", TEN), ...calls(3)], TEN + 9 * DAY, at({ done: 3, state: "done" })],
    ["done, but after its day", [assigned("a", TEN), ...calls(2), ...calls(1, TEN + 3 * DAY)], TEN + 9 * DAY, at({ done: 3, state: "done", late: true })],
    ["more than asked for is not more than done", [assigned("a", TEN), ...calls(3), ...calls(2, TEN + 3 * DAY)], TEN + 9 * DAY, at({ done: 3, state: "done" })],
    ["taken back", [assigned("a", TEN), ...calls(1), withdrawn("a", TEN + HOUR)], TEN + HOUR, at({ done: 1, state: "withdrawn" })],
    ["taken back and asked for after all", [assigned("a", TEN), withdrawn("a", TEN + HOUR), withdrawn("a", TEN + HOUR + SECOND, false)], TEN + 2 * HOUR, at({})],
  ];
  for (const [what, facts, now, expected] of table) {
    it(`[T5] ${what}`, () => {
      expect(only(facts, now)).toMatchObject(expected);
      expect(only([...facts].reverse(), now)).toMatchObject(expected);
    });
  }

  it("[T4] counts a call that is over, has an outcome, and was answered by whoever answers at all", () => {
    const whole = practiceCall("c", TEN, { assignment: "a" });
    const without = (...kinds: Fact["kind"][]): number => only([assigned("a", TEN), ...whole.filter(({ kind }) => !kinds.includes(kind))]).done;
    expect(without()).toBe(1);
    expect(without("practice.heard", "handler.shown", "mark.set")).toBe(1);
    expect(without("outcome.saved")).toBe(0);
    expect(without("call.ended")).toBe(0);
    expect(without("call.answered")).toBe(0);
    for (const customer of ["busy", "neverAnswers"] as const)
      expect(only([assigned("a", TEN), ...practiceCall("c", TEN, { assignment: "a", customer, answered: false })]).done).toBe(1);
  });

  it("[T4] counts for the assignment it was begun for, of the caller's own; all else was of one's own accord", () => {
    const facts = [assigned("a", TEN), assigned("b", TEN, { agent: "boris" }), ...practiceCall("1", TEN, { assignment: "b" }), ...practiceCall("2", TEN), ...practiceCall("3", TEN, { assignment: "a", by: "boris" })];
    expect(only(facts)).toMatchObject({ id: "a", done: 0 });
    expect(of(facts).free.map(({ call }) => call)).toEqual(["practice-1", "practice-2"]);
    expect(of(facts, TEN, "boris")).toMatchObject({ assignments: [{ id: "b", done: 0 }], free: [{ call: "practice-3" }] });
  });

  it("[T3] is not changed by who takes back what is another agent's, nor [T4] by who speaks of another's call", () => {
    expect(only([assigned("a", TEN), withdrawn("a", TEN + HOUR, true, { agent: "boris", by: "southlead" })]).state).toBe("open");
    const forged = [fact({ kind: "outcome.saved", call: "practice-c", outcome: "refused", decisionMaker: false }, TEN + HOUR, { by: "boris" })];
    expect(only([assigned("a", TEN), ...practiceCall("c", TEN, { assignment: "a" }), ...forged]).results[0]?.outcome).toBe("meeting");
  });

  it("[T7] looks back at each call: what was raised, what met it before the customer spoke again, when the decision maker was reached", () => {
    const [result] = only([assigned("a", TEN), ...practiceCall("c", TEN, { assignment: "a" })]).results;
    const answered = TEN + 5 * SECOND;
    expect(result).toMatchObject({
      call: "practice-c", at: TEN, customer: "tooExpensive", prospect: "practice-5504", seconds: 40, outcome: "meeting", done: true,
      back: {
        raised: [
          { at: answered + 12_000, objection: "tooExpensive", handler: "price", foundIn: 3000 },
          { at: answered + 25_000, objection: "needToThink", handler: undefined, foundIn: undefined },
        ],
        untilDecisionMaker: 11_000,
      },
    });
    const untold = practiceCall("c", TEN, { assignment: "a" }).filter(({ kind }) => kind !== "practice.heard");
    expect(only([assigned("a", TEN), ...untold]).results[0]?.back).toBeUndefined();
  });

  it("says what to do next: of what is open, what is due first", () => {
    const facts = [assigned("far", TEN, { until: "2026-11-30" }), assigned("near", TEN + 1, { until: "2026-11-24" }), assigned("back", TEN, { until: "2026-11-23" }), withdrawn("back", TEN + 1), assigned("done", TEN, { until: "2026-11-23", calls: 1 }), ...calls(1, TEN, "done")];
    expect(nextAssignment(of(facts))?.id).toBe("near");
    expect(nextAssignment(of([]))).toBeUndefined();
  });
});

const some = fc.array(fc.oneof(
  fc.record({ id: fc.constantFrom("a", "b"), minute: fc.nat(500), calls: fc.integer({ min: 1, max: 3 }) }).map(({ id, minute, calls: n }): Fact[] => [assigned(id, TEN + minute * MINUTE, { calls: n })]),
  fc.record({ id: fc.constantFrom("a", "b"), minute: fc.nat(500), on: fc.boolean() }).map(({ id, minute, on }): Fact[] => [withdrawn(id, TEN + minute * MINUTE, on)]),
  fc.record({ name: fc.constantFrom("1", "2", "3", "4"), minute: fc.nat(4000), assignment: fc.constantFrom("a", "b", "nobody's"), by: fc.constantFrom("anna", "boris"), cut: fc.nat(8) })
    .map(({ name, minute, cut, ...more }): Fact[] => practiceCall(name, TEN + minute * MINUTE, more).slice(0, cut)),
  fc.constantFrom("x", "y").map((name): Fact[] => wholeCall(name, TEN)),
), { minLength: 1, maxLength: 14 }).map((parts) => parts.flat());

describe("the log", () => {
  it("[Y5] gives the same in any order, doubled, and split into batches", () => {
    fc.assert(fc.property(some, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), fc.integer({ min: 1, max: 7 }), (facts, chance, size) => {
      const seen = (log: typeof emptyTraining): unknown => ["anna", "boris"].map((one) => trainingOf(log, one, TEN + 3 * DAY, zone));
      const expected = seen(writeTraining(emptyTraining, facts));
      const shuffled = [...facts, ...facts.slice(0, size)].map((one) => ({ one, key: chance.next().value })).sort((a, b) => a.key - b.key).map(({ one }) => one);
      let log = emptyTraining;
      for (let i = 0; i < shuffled.length; i += size) log = writeTraining(log, shuffled.slice(i, i + size));
      expect(seen(log)).toEqual(expected);
    }), { numRuns: 200 });
  });

  it("[T6] knows what belongs to it from the fact alone, and is left as it is by everything else", () => {
    const own = [assigned("a", TEN), withdrawn("a", TEN), ...practiceCall("c", TEN)];
    expect(own.every(isTraining)).toBe(true);
    const others = [...wholeCall("c1", TEN), fact({ kind: "shift.ready" }, TEN), fact({ kind: "prospect.opened", prospect: "p", campaign: "storage" }, TEN)];
    expect(others.some(isTraining)).toBe(false);
    const log = writeTraining(emptyTraining, own);
    expect(writeTraining(log, others)).toBe(log);
  });
});
