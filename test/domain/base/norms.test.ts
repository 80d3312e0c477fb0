import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Campaign, Company, Norms } from "#domain/base/campaign.ts";
import { campaignAt, companyOn, normsOf, withNorms, withRule } from "#domain/base/norms.ts";
import { countDay, type DayCount } from "#domain/counting/day.ts";
import { emptyLedger, writeLedger } from "#domain/counting/ledger.ts";
import { boardRows, emptyBoard, writeBoard } from "#domain/wallboard/board.ts";
import { campaign, campaigns, company, fact, HOUR, MINUTE, person, SECOND, TEN, wholeCall } from "#test/kit/facts.ts";

const [SUNDAY, MONDAY, TUESDAY] = ["2026-11-22", "2026-11-23", "2026-11-24"];
const norms = normsOf(company);
const weights = { contact: 2, meeting: 5, visit: 8, proposal: 2, document: 1 };

describe("the company's settings", () => {
  const everything: Norms = {
    target: 30, unit: "points", weights, weekend: [1], closes: 0, workStart: 600, workEnd: 900, breaks: { rest: 1, lunch: 1, training: 1, other: 1 },
  };
  const facts = [
    ...wholeCall("a", TEN), fact({ kind: "work.done", work: "w", type: "meeting" }, TEN + HOUR),
    // Corrected in the early morning of the next day: in time while Monday closes at noon, late when it closes at midnight.
    fact({ kind: "outcome.saved", call: "a", outcome: "callBack", decisionMaker: true }, TEN + 16 * HOUR),
  ];
  const count = (now: number, of: Company): DayCount => countDay(writeLedger(emptyLedger, facts), now, of, campaigns);

  it("[Q16] saved for tomorrow, change no number of today, and tomorrow all of them", () => {
    const later = withNorms(company, everything, TUESDAY);
    for (const now of [TEN + 2 * HOUR, TEN + 14 * HOUR - SECOND]) expect(count(now, later)).toEqual(count(now, company));
    expect(count(TEN + 14 * HOUR, later)).toEqual(count(TEN + 14 * HOUR, { ...company, ...everything }));
    expect(count(TEN + 14 * HOUR, later).target).toBe(30);
    // Monday still closes when it was to close: the correction is in time.
    expect(count(TEN, later).contacts).toBe(0);
    expect(count(TEN, withNorms(company, everything, MONDAY)).contacts).toBe(1);
  });

  it("[Q16] hold from a day on, and leave the days before as they were, however often they change", () => {
    const days = fc.integer({ min: 1, max: 9 }).map((day) => `2026-11-0${day}`);
    fc.assert(fc.property(fc.array(fc.tuple(days, fc.integer({ min: 0, max: 99 })), { maxLength: 8 }), (changes) => {
      let now: Company = company;
      const expected = new Map(Array.from({ length: 12 }, (_, index) => [`2026-11-${String(index + 1).padStart(2, "0")}`, company.target]));
      for (const [since, target] of changes) {
        now = withNorms(now, { ...norms, target }, since);
        for (const day of expected.keys()) if (day >= since) expected.set(day, target);
      }
      for (const [day, target] of expected) expect(companyOn(now, day).target).toBe(target);
      expect(companyOn(now, "2025-01-01").target).toBe(company.target);
      expect(companyOn(now, "2026-11-05")).toBe(companyOn(now, "2026-11-05"));
    }));
  });

  it("[Q16] that are void of something had it not, also when it comes later", () => {
    const later = withNorms(company, everything, MONDAY);
    expect(companyOn(later, SUNDAY)).toEqual(company);
    expect(companyOn(withNorms(later, norms, TUESDAY), TUESDAY)).toEqual(company);
    expect(companyOn(withNorms(later, norms, TUESDAY), MONDAY)).toEqual({ ...company, ...everything });
  });

  it("[Q16] say by the norm of the day whether a break is too long", () => {
    const at = TEN + 20 * MINUTE;
    const board = writeBoard(emptyBoard, [fact({ kind: "shift.ready" }, TEN - HOUR), fact({ kind: "shift.break", reason: "rest" }, TEN)]);
    const trouble = (of: Company): unknown => boardRows(board, [person("anna")], new Set(["anna"]), at, of, campaigns)[0]?.trouble;
    const long = { ...norms, breaks: { ...norms.breaks, rest: 30 } };
    expect(trouble(company)).toEqual({ kind: "longBreak", minutes: 20, norm: 15 });
    expect(trouble(withNorms(company, long, TUESDAY))).toEqual({ kind: "longBreak", minutes: 20, norm: 15 });
    expect(trouble(withNorms(company, long, MONDAY))).toBeUndefined();
  });
});

describe("a contact rule", () => {
  const answered = TEN + 5 * SECOND;
  const why = (of: Campaign, ...calls: readonly string[]): readonly unknown[] => {
    const day = countDay(writeLedger(emptyLedger, calls.flatMap((id, index) => wholeCall(id, TEN + index * HOUR, { seconds: 40, prospect: "p", outcome: "refused", decisionMaker: false }))), TEN + 5 * HOUR, company, new Map([[of.id, of]]));
    return day.calls.map(({ verdict }) => (verdict.counts ? true : verdict.why));
  };
  const anybody = { ...campaign, rule: { decisionMaker: false, minSeconds: 30 } };

  it("[Q17] that is changed leaves what was answered before as it was, and holds for what is answered from that moment on", () => {
    const strict = withRule(anybody, { decisionMaker: true, minSeconds: 30 }, ["meeting", "refused"], answered + 1);
    expect(why(strict, "a")).toEqual([true]);
    expect(why(withRule(anybody, strict.rule, ["meeting", "refused"], answered), "a")).toEqual(["notDecisionMaker"]);
    expect(why(withRule(anybody, { decisionMaker: false, minSeconds: 41 }, ["refused"], answered), "a")).toEqual(["tooShort"]);
    expect(why(withRule(anybody, anybody.rule, ["meeting"], answered), "a")).toEqual(["outcomeDoesNotCount"]);
    expect(why(withRule(anybody, anybody.rule, ["meeting"], answered + 1), "a")).toEqual([true]);
  });

  it("[Q17] says by the moment of the answer what there is one contact a day of", () => {
    const perCall = withRule(anybody, { ...anybody.rule, per: "call" }, ["refused"], TEN + 2 * HOUR);
    // Two calls by the old rule are one person; the third stands alone, and so does the fourth.
    expect(why(perCall, "a", "b", "c", "d")).toEqual([true, "samePersonToday", true, true]);
  });

  it("[Q17] changed several times, is each time the one that was in force", () => {
    let now: Campaign = anybody;
    for (const step of [1, 2, 3]) now = withRule(now, { decisionMaker: false, minSeconds: step }, step === 2 ? ["meeting"] : [], TEN + step * HOUR);
    expect([0, 1, 2, 3].map((step) => campaignAt(now, TEN + step * HOUR).rule.minSeconds)).toEqual([30, 1, 2, 3]);
    expect([0, 1, 2, 3].map((step) => campaignAt(now, TEN + step * HOUR).outcomes.filter(({ counts }) => counts).map(({ code }) => code))).toEqual([["meeting", "refused"], [], ["meeting"], []]);
    expect(campaignAt(now, TEN)).toBe(campaignAt(now, TEN + 1));
  });
});
