import { describe, expect, it } from "vitest";
import type { Company } from "#domain/base/campaign.ts";
import { countDay, type DayCount } from "#domain/counting/day.ts";
import { emptyLedger, writeLedger } from "#domain/counting/ledger.ts";
import { dueAt, stretchAt, stretchesOf } from "#domain/counting/plan.ts";
import { verdictOf } from "#domain/counting/verdict.ts";
import type { Fact, FactBody } from "#domain/fact.ts";
import { campaign, campaigns, company, fact, HOUR, MINUTE, TEN, wholeCall } from "#test/kit/facts.ts";

const DAY = "2026-11-23";
const lead = { by: "lead", device: "lead-laptop" };
type Wish = Omit<Extract<FactBody, { kind: "target.set" }>, "kind" | "target" | "agent">;
const whole: Wish = { from: DAY, to: DAY, since: 0, unit: "contacts", amount: 70, start: 540, end: 1080 };
const set = (target: string, wish: Partial<Wish>, at = TEN): Fact => fact({ kind: "target.set", target, agent: "anna", ...whole, ...wish }, at, lead);
const back = (target: string, on: boolean, at: number): Fact => fact({ kind: "target.withdrawn", target, agent: "anna", on }, at, lead);

const due = (facts: readonly Fact[], minute: number, of: Company = company, day = DAY): readonly [number, number] => {
  const stretch = stretchAt(stretchesOf(writeLedger(emptyLedger, facts), day, of), minute);
  return [stretch.target, dueAt(stretch, minute)];
};
const count = (facts: readonly Fact[], now: number, of: Company = company): DayCount => countDay(writeLedger(emptyLedger, facts), now, of, campaigns);

describe("the plan of a day", () => {
  it("[Q10] is the company's own until a lead says otherwise, and nothing on its weekend", () => {
    expect(due([], 540 + 270)).toEqual([70, 35]);
    expect(due([], 540 + 270, { ...company, weekend: [1] })).toEqual([0, 0]);
    expect(due([], 540 + 270, { ...company, weekend: [6, 7] })).toEqual([70, 35]);
  });

  it("[Q10] changed in mid-day, keeps what was due and changes what is due later", () => {
    // At 12:00 a third of 70 is due; from then on the rest of 50 falls due until 15:00.
    const facts = [set("a", { since: 720, amount: 50, end: 900 }, TEN + 2 * HOUR)];
    expect(due(facts, 719)[0]).toBe(70);
    expect(due(facts, 720)[1]).toBeCloseTo(70 / 3);
    expect(due(facts, 810)[1]).toBeCloseTo(70 / 3 + (50 - 70 / 3) / 2);
    expect(due(facts, 900)).toEqual([50, 50]);
    expect(due(facts, 1440)).toEqual([50, 50]);
  });

  it("[Q10] sent home, owes what was due till then, and no more", () => {
    const facts = [set("a", { since: 720, amount: 0, end: 720 }, TEN + 2 * HOUR)];
    expect(due(facts, 1080)[0]).toBe(23);
    expect(due(facts, 1080)[1]).toBeCloseTo(70 / 3);
  });

  it("[Q10] follows the last word among those that hold for the minute, whatever their order", () => {
    const facts = [set("a", { amount: 40 }, TEN), set("b", { amount: 30, since: 660 }, TEN + MINUTE), set("c", { amount: 20 }, TEN + 2 * MINUTE)];
    for (const order of [facts, facts.toReversed()]) expect(due(order, 1080)[0]).toBe(20);
    expect(due([...facts, back("c", true, TEN + 3 * MINUTE)], 650)[0]).toBe(40);
    expect(due([...facts, back("c", true, TEN + 3 * MINUTE)], 1080)[0]).toBe(30);
    expect(due([...facts, back("c", true, TEN + 3 * MINUTE), back("c", false, TEN + 4 * MINUTE)], 1080)[0]).toBe(20);
  });

  it("[Q10] of several days begins at its minute on the first and at midnight on the others", () => {
    const facts = [set("a", { to: "2026-11-25", since: 720, amount: 35, end: 810 })];
    expect(due(facts, 600)[0]).toBe(70);
    expect(due(facts, 600, company, "2026-11-24")).toEqual([35, 35 * (60 / 270)]);
    expect(due(facts, 600, company, "2026-11-26")[0]).toBe(70);
  });

  it("[Q10] carries what was due over at the weight of a contact when the unit changes", () => {
    const weights = { contact: 2, meeting: 5, visit: 8, proposal: 2, document: 1 };
    expect(due([set("a", { since: 720, unit: "points", amount: 100, end: 720 })], 720, { ...company, weights })[1]).toBe(100);
    expect(stretchesOf(writeLedger(emptyLedger, [set("a", { since: 810, unit: "points", amount: 10 })]), DAY, { ...company, weights })[1]).toMatchObject({ due: 70, target: 70 });
  });

  it("[Q12] is not changed by what is said when the day has closed", () => {
    const noon = TEN + 26 * HOUR; // 12:00 of the next day
    expect(due([set("a", { amount: 10 }, noon - 1)], 1080)[0]).toBe(10);
    expect(due([set("a", { amount: 10 }, noon)], 1080)[0]).toBe(70);
    expect(due([set("a", { amount: 10 }, noon + 24 * HOUR)], 1080, { ...company, closes: 3 * 1440 })[0]).toBe(10);
    expect(due([set("a", { amount: 10 }), back("a", true, noon)], 1080)[0]).toBe(10);
  });
});

describe("points", () => {
  const weights = { contact: 1, meeting: 5, visit: 7.5, proposal: 0.1, document: 1 };
  const points: Company = { ...company, unit: "points", target: 90, weights };
  const work = (name: string, type: "meeting" | "visit" | "proposal" | "none", at: number, by = "anna"): Fact => fact({ kind: "work.done", work: name, type }, at, { by });

  it("[Q11] are contacts and other work by their weights; the target is held against them when it is in points", () => {
    const facts = [...wholeCall("a", TEN), work("w1", "meeting", TEN), work("w2", "visit", TEN), ...[1, 2, 3].map((n) => work(`p${n}`, "proposal", TEN))];
    expect(count(facts, TEN + HOUR, points)).toMatchObject({ contacts: 1, points: 13.8, count: 13.8, target: 90, unit: "points" });
    expect(count(facts, TEN + HOUR, { ...company, weights })).toMatchObject({ contacts: 1, points: 13.8, count: 1, unit: "contacts" });
  });

  it("[Q11] follow the last word on a piece of work, on the day of its first", () => {
    const facts = [work("w", "meeting", TEN), work("w", "visit", TEN + 16 * HOUR)];
    for (const order of [facts, facts.toReversed()]) expect(count(order, TEN + HOUR, points).points).toBe(7.5);
    expect(count([...facts, work("w", "none", TEN + 17 * HOUR)], TEN + HOUR, points).work).toEqual([]);
    // When the day has closed, nothing changes it.
    expect(count([...facts, work("w", "none", TEN + 26 * HOUR)], TEN + HOUR, points).points).toBe(7.5);
    expect(count(facts, TEN + 20 * HOUR, points).points).toBe(0);
  });
});

describe("a control call", () => {
  const check = (found: "confirmed" | "notConfirmed" | "notReached" | "withdrawn", at: number, by = "lead"): Fact =>
    fact({ kind: "contact.checked", call: "a", agent: "anna", found, ...(found === "notConfirmed" ? { reason: "noTalk" as const } : {}) }, at, { by });
  const call = wholeCall("a", TEN, { prospect: "orlova" });

  it("[Q13] takes a contact that is not confirmed out of the count, and another call to the same person takes its place", () => {
    const struck = check("notConfirmed", TEN + HOUR);
    const day = count([...call, struck], TEN + 2 * HOUR);
    expect(day.contacts).toBe(0);
    expect(day.calls[0]?.verdict).toEqual({ counts: false, why: "struck", reason: "noTalk", by: "lead", at: TEN + HOUR });
    const again = wholeCall("b", TEN + 30 * MINUTE, { prospect: "orlova" });
    expect(count([...call, ...again], TEN + 2 * HOUR).calls.map(({ verdict }) => verdict.counts)).toEqual([true, false]);
    expect(count([...call, ...again, struck], TEN + 2 * HOUR).calls.map(({ verdict }) => verdict.counts)).toEqual([false, true]);
  });

  it("[Q13] the last word holds; confirmed and not reached change nothing; a reply changes no number", () => {
    const struck = check("notConfirmed", TEN + HOUR);
    for (const found of ["confirmed", "notReached", "withdrawn"] as const) {
      const facts = [...call, struck, check(found, TEN + 2 * HOUR)];
      for (const order of [facts, facts.toReversed()]) expect(count(order, TEN + 3 * HOUR).contacts).toBe(1);
    }
    const reply = fact({ kind: "contact.disputed", call: "a", record: "r" }, TEN + 2 * HOUR);
    const day = count([...call, struck, reply], TEN + 3 * HOUR);
    expect(day.contacts).toBe(0);
    expect(day.calls[0]?.notes).toEqual([{ kind: "disputed", record: "r", at: TEN + 2 * HOUR }]);
  });

  it("[Q13] nobody strikes their own calls, and [Q12] nothing is struck when the day has closed", () => {
    expect(count([...call, check("notConfirmed", TEN + HOUR, "anna")], TEN + 2 * HOUR).contacts).toBe(1);
    const late = count([...call, check("notConfirmed", TEN + 26 * HOUR)], TEN + 2 * HOUR);
    expect(late.contacts).toBe(1);
    expect(late.calls[0]?.notes).toEqual([{ kind: "checkLate", by: "lead", at: TEN + 26 * HOUR }]);
  });

  it("[Q8] is about the call of the agent whom it names", () => {
    const foreign = fact({ kind: "contact.checked", call: "a", agent: "oleg", found: "notConfirmed", reason: "noTalk" }, TEN + HOUR, lead);
    expect(count([...call, foreign], TEN + 2 * HOUR).contacts).toBe(1);
  });
});

describe("a day that has closed", () => {
  const call = wholeCall("a", TEN);
  const saved = (outcome: string, at: number): Fact => fact({ kind: "outcome.saved", call: "a", outcome, decisionMaker: true }, at);

  it("[Q12] [Q7] keeps its count; the late correction stands beside it, as the earlier outcomes do", () => {
    const day = count([...call, saved("callBack", TEN + HOUR), saved("meeting", TEN + 26 * HOUR - 1), saved("callBack", TEN + 26 * HOUR)], TEN + 2 * HOUR);
    expect(day.contacts).toBe(1);
    expect(day.calls[0]?.notes).toEqual([
      { kind: "corrected", outcome: "meeting", decisionMaker: true, at: TEN + 75_000 }, { kind: "corrected", outcome: "callBack", decisionMaker: true, at: TEN + HOUR },
      { kind: "outcomeLate", outcome: "callBack", at: TEN + 26 * HOUR },
    ]);
    expect(count([...call.slice(0, 3), saved("meeting", TEN + 26 * HOUR)], TEN + 2 * HOUR).calls[0]?.verdict).toEqual({ counts: false, why: "outcomeLate" });
  });

  it("[Q14] counts what came in late, and says that it did", () => {
    const day = count([...call, fact({ kind: "call.late", call: "a", agent: "anna", received: TEN + 50 * HOUR }, TEN + 50 * HOUR, { by: "server", device: "server" })], TEN + 2 * HOUR);
    expect(day.contacts).toBe(1);
    expect(day.calls[0]?.notes).toEqual([{ kind: "arrivedLate", at: TEN + 50 * HOUR }]);
  });
});

describe("of what there is one contact a day", () => {
  const at = (call: string, minutes: number, firm?: string): Fact[] => wholeCall(call, TEN + minutes * MINUTE, { prospect: `p-${call}` })
    .map((one) => (one.kind === "call.dialed" && firm !== undefined ? { ...one, firm } : one));
  const counted = (per: "person" | "company" | "call", facts: readonly Fact[]): readonly (true | string)[] =>
    countDay(writeLedger(emptyLedger, facts), TEN + 5 * HOUR, company, new Map([[campaign.id, { ...campaign, rule: { ...campaign.rule, per } }]]))
      .calls.map(({ verdict }) => (verdict.counts ? true : verdict.why));

  it("[Q3] five people of one company are five contacts or one, as the campaign says", () => {
    const five = [...at("a", 0, "f1"), ...at("b", 10, "f1"), ...at("c", 20, "f2"), ...at("d", 30), ...at("e", 40)];
    expect(counted("person", five)).toEqual([true, true, true, true, true]);
    expect(counted("company", five)).toEqual([true, "sameCompanyToday", true, true, true]);
  });

  it("[Q3] a campaign may count every call", () => {
    const twice = [...wholeCall("a", TEN, { prospect: "x" }), ...wholeCall("b", TEN + HOUR, { prospect: "x" })];
    expect(counted("person", twice)).toEqual([true, "samePersonToday"]);
    expect(counted("call", twice)).toEqual([true, true]);
  });
});

it("[Q2] what the computer slept in mid-call is no talk, overlapping gaps taken off once, and those of other devices not at all", () => {
  const call = wholeCall("a", TEN, { seconds: 100 });
  const answered = TEN + 5000;
  const gap = (from: number, to: number, device = "anna-laptop"): Fact => fact({ kind: "shift.gap", since: answered + from * 1000, cause: "asleep" }, answered + to * 1000, { device });
  expect(count([...call, gap(-50, 20), gap(10, 60)], TEN + HOUR).calls[0]).toMatchObject({ seconds: 40, verdict: { counts: true }, notes: [{ kind: "asleep", seconds: 60 }] });
  expect(count([...call, gap(5, 80)], TEN + HOUR).calls[0]?.verdict).toEqual({ counts: false, why: "tooShort", seconds: 25, needed: 30 });
  expect(count([...call, gap(5, 80, "anna-phone")], TEN + HOUR).contacts).toBe(1);
  expect(verdictOf(campaign, { seconds: 29, outcome: "meeting", decisionMaker: true })).toMatchObject({ why: "tooShort" });
});
