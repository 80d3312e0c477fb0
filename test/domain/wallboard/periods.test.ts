import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeOf } from "#domain/base/envelope.ts";
import { emptyLedger, writeLedger } from "#domain/counting/ledger.ts";
import type { Fact } from "#domain/fact.ts";
import { agentState } from "#domain/wallboard/agentState.ts";
import { periodsOf, timeSum, windowOf, type Period } from "#domain/wallboard/periods.ts";
import { company, fact, HOUR, MINUTE, SECOND, TEN, wholeCall } from "#test/kit/facts.ts";
import { shiftInWordsOfRecount } from "#test/recount/sameNumbers.ts";
import { recountShift } from "#test/recount/shift.ts";

const ZONE = "Europe/Moscow";
const MIDNIGHT = TEN - 10 * HOUR;
const ledger = (facts: readonly Fact[]) => writeLedger(emptyLedger, facts);
const periods = (facts: readonly Fact[], now = TEN + 2 * HOUR, day?: string): readonly Period[] => periodsOf(ledger(facts), windowOf(ledger(facts), now, ZONE, day));
/** State and minutes since ten o'clock. */
const line = (facts: readonly Fact[], now?: number, day?: string): readonly (string | number)[][] =>
  periods(facts, now, day).map((one) => [one.state, (one.from - TEN) / MINUTE, (one.to - TEN) / MINUTE]);
const ready = fact({ kind: "shift.ready" }, TEN);
const at = (minutes: number): number => TEN + minutes * MINUTE;

describe("what somebody was doing", () => {
  it("[H1] [H2] follows the calls and the marks, one after the other", () => {
    const facts = [ready, ...wholeCall("a", at(10), { seconds: 55 }), fact({ kind: "shift.break", reason: "lunch" }, at(30)), fact({ kind: "shift.ready" }, at(60)), fact({ kind: "shift.ended" }, at(90))];
    expect(line(facts)).toEqual([
      ["ready", 0, 10], ["dialing", 10, 10 + 5 / 60], ["inCall", 10 + 5 / 60, 11], ["wrapUp", 11, 11 + 10 / 60], ["ready", 11 + 10 / 60, 30], ["break", 30, 60], ["ready", 60, 90],
    ]);
    expect(timeSum(periods(facts))).toMatchObject({ whole: 90 * MINUTE, states: { break: 30 * MINUTE, ready: 3_530_000 - 10 * SECOND + 20 * SECOND - 10 * SECOND }, breaks: { lunch: 30 * MINUTE } });
    expect(agentState(ledger(facts), TEN + 2 * HOUR, ZONE)).toEqual({ state: "off", since: at(90) });
  });

  it("[H3] a call that is up at midnight begins the new day and ends the old one", () => {
    const [dialed, answered, ended, outcome] = wholeCall("a", MIDNIGHT - MINUTE, { seconds: 10 * 60 }) as [Fact, Fact, Fact, Fact];
    const facts = [fact({ kind: "shift.ready" }, MIDNIGHT - HOUR), dialed, answered, ended, outcome];
    expect(periods(facts, MIDNIGHT + HOUR).map(({ state, from, to }) => [state, from, to])).toEqual([
      ["inCall", MIDNIGHT, timeOf(ended)], ["wrapUp", timeOf(ended), timeOf(outcome)], ["ready", timeOf(outcome), MIDNIGHT + HOUR],
    ]);
    expect(periods(facts, MIDNIGHT + HOUR, "2026-11-22").at(-1)).toMatchObject({ state: "inCall", to: MIDNIGHT });
    expect(agentState(ledger(facts.slice(0, 4)), MIDNIGHT + 30 * MINUTE, ZONE).state).toBe("wrapUp");
  });

  it("[H4] a call that another device never closed is left when the agent does something else", () => {
    const up = [ready, ...wholeCall("a", at(10)).slice(0, 2)];
    const elsewhere = { device: "anna-phone" };
    expect(agentState(ledger(up), at(30), ZONE).state).toBe("inCall");
    // Opening the desk elsewhere says "ready" by itself: that alone is no reason to take the call for over.
    expect(agentState(ledger([...up, fact({ kind: "shift.ready" }, at(20), elsewhere)]), at(30), ZONE).state).toBe("inCall");
    expect(agentState(ledger([...up, fact({ kind: "shift.break", reason: "rest" }, at(20), elsewhere)]), at(30), ZONE)).toEqual({ state: "break", reason: "rest", since: at(20) });
    const opened = fact({ kind: "prospect.opened", prospect: "p", campaign: "storage" }, at(20), elsewhere);
    expect(agentState(ledger([...up, opened]), at(30), ZONE)).toEqual({ state: "ready", since: at(20) });
    // The first device comes back and knows when it ended: what was done since stays done.
    const closed = fact({ kind: "call.ended", call: "a", why: "lost" }, at(15));
    expect(line([...up, closed, opened], at(30)).slice(-3)).toEqual([["inCall", 10 + 5 / 60, 15], ["wrapUp", 15, 20], ["ready", 20, 30]]);
    // But a call that did go on was never left.
    expect(agentState(ledger([...up, opened, fact({ kind: "call.ended", call: "a", why: "agentHungUp" }, at(25))]), at(30), ZONE).state).toBe("wrapUp");
  });

  it("[H4] a call of which nothing more is heard is lost after two hours, from the last word on", () => {
    const facts = [ready, ...wholeCall("a", at(10)).slice(0, 2), fact({ kind: "module.shown", call: "a", module: "need", way: "answer" }, at(14))];
    expect(agentState(ledger(facts), at(133), ZONE).state).toBe("inCall");
    expect(agentState(ledger(facts), at(134), ZONE)).toEqual({ state: "offline", cause: "lost", since: at(14) });
    expect(line([...facts, fact({ kind: "shift.ready" }, at(200))], at(210)).slice(-1)).toEqual([["offline", 14, 210]]);
    expect(line([...facts, fact({ kind: "prospect.opened", prospect: "p", campaign: "storage" }, at(200))], at(210)).slice(-2)).toEqual([["offline", 14, 200], ["ready", 200, 210]]);
  });

  it("[H5] away is said with its source, never in a call or on a break, and ends when somebody is back or does something", () => {
    const away = (minutes: number, source: "idle" | "locked" | "input" | "hidden" = "idle") => fact({ kind: "shift.away", source }, at(minutes));
    const back = (minutes: number) => fact({ kind: "shift.back" }, at(minutes));
    expect(line([ready, away(10), back(20)], at(30))).toEqual([["ready", 0, 10], ["away", 10, 20], ["ready", 20, 30]]);
    expect(agentState(ledger([ready, away(10, "locked")]), at(30), ZONE)).toEqual({ state: "away", source: "locked", since: at(10) });
    expect(line([ready, away(10), fact({ kind: "prospect.opened", prospect: "p", campaign: "storage" }, at(20))], at(30)).at(-1)).toEqual(["ready", 20, 30]);
    expect(line([ready, fact({ kind: "shift.break", reason: "rest" }, at(10)), away(15)], at(30))).toEqual([["ready", 0, 10], ["break", 10, 30]]);
    const call = wholeCall("a", at(10), { seconds: 595 });
    expect(line([ready, ...call.slice(0, 3), away(15), back(30)], at(40)).map(([state, from]) => [state, from])).toEqual([["ready", 0], ["dialing", 10], ["inCall", 10 + 5 / 60], ["away", 20], ["wrapUp", 30]]);
    expect(line([ready, ...call, away(15)], at(40)).at(-1)?.[0]).toBe("ready");
    expect(timeSum(periods([ready, away(10, "hidden"), back(20)], at(30))).away).toEqual({ hidden: 10 * MINUTE });
  });

  it("[H6] a computer that slept is said to have slept; a break goes on meanwhile, and so does work on another device", () => {
    const gap = (from: number, to: number, cause: "asleep" | "closed" = "asleep") => fact({ kind: "shift.gap", since: at(from), cause }, at(to));
    expect(periods([ready, gap(10, 40)], at(50)).map(({ from, to, ...doing }) => [doing, (to - from) / MINUTE])).toEqual([[{ state: "ready" }, 10], [{ state: "offline", cause: "asleep" }, 30], [{ state: "ready" }, 10]]);
    expect(line([ready, fact({ kind: "shift.break", reason: "lunch" }, at(5)), gap(10, 40, "closed")], at(50))).toEqual([["ready", 0, 5], ["break", 5, 50]]);
    const elsewhere = fact({ kind: "prospect.opened", prospect: "p", campaign: "storage" }, at(20), { device: "anna-phone" });
    expect(line([ready, elsewhere, gap(10, 40)], at(50))).toEqual([["ready", 0, 10], ["offline", 10, 20], ["ready", 20, 50]]);
    expect(line([ready, fact({ kind: "shift.ended" }, at(5)), gap(10, 40)], at(50))).toEqual([["ready", 0, 5]]);
  });

  it("[H7] a shift that nobody ended goes to now, and on a day that is over to the last thing that is known", () => {
    expect(line([ready, fact({ kind: "shift.break", reason: "rest" }, at(30))], at(45)).at(-1)).toEqual(["break", 30, 45]);
    const facts = [ready, ...wholeCall("a", at(60)), fact({ kind: "shift.gap", since: at(300), cause: "closed" }, at(23 * 60))];
    expect(line(facts, at(24 * 60), "2026-11-23").at(-1)).toEqual(["ready", 60 + 75 / 60, 300]);
    expect(line([ready, fact({ kind: "shift.break", reason: "rest" }, at(30))], at(24 * 60), "2026-11-23")).toEqual([["ready", 0, 30]]);
    // A clock that is ahead: what it says is the newest that is known.
    expect(agentState(ledger([ready, fact({ kind: "shift.break", reason: "rest" }, at(30))]), at(20), ZONE)).toEqual({ state: "break", reason: "rest", since: at(30) });
  });
});

/** Any facts that bear on a shift, in two days around midnight and on two devices, sensible or not. */
const some = fc.array(fc.record({
  minute: fc.integer({ min: -200, max: 700 }), device: fc.constantFrom("anna-laptop", "anna-phone"), call: fc.constantFrom("a", "b", "c", "d"), long: fc.integer({ min: 1, max: 150 }),
  kind: fc.constantFrom("shift.ready", "shift.break", "shift.ended", "shift.away", "shift.back", "shift.gap", "prospect.opened", "call.dialed", "call.answered", "call.ended", "outcome.saved", "module.shown"),
  break: fc.constantFrom("rest", "lunch"),
}), { minLength: 1, maxLength: 25 }).map((all) => all.map(({ minute, device, call, long, kind, ...more }): Fact => {
  const when = MIDNIGHT + minute * MINUTE;
  switch (kind) {
    case "shift.break": return fact({ kind, reason: more.break as "rest" }, when, { device });
    case "shift.away": return fact({ kind, source: "idle" }, when, { device });
    case "shift.gap": return fact({ kind, since: when - long * MINUTE, cause: "asleep" }, when, { device });
    case "prospect.opened": return fact({ kind, prospect: "p", campaign: "storage" }, when, { device });
    case "call.dialed": return fact({ kind, call, campaign: "storage", prospect: "p", number: "n" }, when, { device });
    case "call.ended": return fact({ kind, call, why: "agentHungUp" }, when, { device });
    case "outcome.saved": return fact({ kind, call, outcome: "meeting", decisionMaker: true }, when, { device });
    case "module.shown": return fact({ kind, call, module: "m", way: "answer" }, when, { device });
    default: return fact({ kind, ...(kind === "call.answered" ? { call } : {}) } as Parameters<typeof fact>[0], when, { device });
  }
}));

it("[H1] [H2] [H3] [H4] [H5] [H6] [H7] the shift is the recount's at every moment of it; nothing overlaps, no hole is left, the parts add up, in any order and doubled", () => {
  fc.assert(fc.property(some, fc.integer({ min: 0, max: 719 }), fc.integer({ min: 0, max: 24 }), (facts, minute, turn) => {
    const now = MIDNIGHT + minute * MINUTE + 7 * SECOND;
    const window = windowOf(ledger(facts), now, ZONE);
    const all = periodsOf(ledger(facts), window);
    expect(shiftInWordsOfRecount(ledger([...facts.slice(turn), ...facts]), now, company)).toEqual(recountShift(facts, "anna", now, ZONE));
    for (const [index, one] of all.entries()) {
      expect(one.from).toBeLessThan(one.to);
      expect(one.from).toBeGreaterThanOrEqual(all[index - 1]?.to ?? window.start);
      // What lies between two of them is off, and only an ended shift is.
      if (one.from > (all[index - 1]?.to ?? one.from)) expect(facts.some((fact_) => fact_.kind === "shift.ended" && timeOf(fact_) <= one.from)).toBe(true);
    }
    const sum = timeSum(all);
    expect(Object.values(sum.states).reduce((whole, part) => whole + part, 0)).toBe(sum.whole);
    expect(all.reduce((whole, { from, to }) => whole + to - from, 0)).toBe(sum.whole);
    // The state that the board shows is the last of the shift, and began with it.
    const { since, ...doing } = agentState(ledger(facts), now, ZONE);
    const last = all.at(-1);
    if (last && last.to === window.end && JSON.stringify({ ...last, from: 0, to: 0 }) === JSON.stringify({ ...doing, from: 0, to: 0 })) expect(since).toBe(last.from);
  }), { numRuns: 300 });
});
