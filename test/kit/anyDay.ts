import fc from "fast-check";
import type { BreakReason, Campaign } from "#domain/base/campaign.ts";
import type { Fact, FactBody } from "#domain/fact.ts";
import { campaign, MINUTE, SECOND, TEN } from "./facts.ts";

/** The campaigns of the days below: one that wants the decision maker, one that does not, one of practice. */
export const anyCampaigns: readonly Campaign[] = [
  campaign,
  { ...campaign, id: "anybody", rule: { decisionMaker: false, minSeconds: 10 } },
  { ...campaign, id: "rehearsal", practice: true },
];

const author = fc.constantFrom("anna", "oleg", "vera");

/** Moments around the working day, midnight of Moscow included, thick enough that some fall together. */
const moment = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }).map((step) => TEN + step * 7 * SECOND) },
  { weight: 3, arbitrary: fc.integer({ min: -10 * 60, max: 15 * 60 }).map((minute) => TEN + minute * MINUTE) },
  { weight: 1, arbitrary: fc.constantFrom(0, 8.64e15, -8.64e15, TEN + 14 * 60 * MINUTE) },
);
const offset = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: -90, max: 90 }).map((seconds) => seconds * SECOND) }, { weight: 1, arbitrary: fc.constantFrom(-864e5, 864e5, 7 * 36e5) });

const body: fc.Arbitrary<FactBody> = fc.record({
  call: fc.integer({ min: 1, max: 6 }).map((n) => `c${n}`), kind: fc.integer({ min: 0, max: 13 }), prospect: fc.constantFrom("p1", "p2", "p3"),
  campaign: fc.constantFrom("storage", "storage", "anybody", "rehearsal", "gone"), outcome: fc.constantFrom("meeting", "refused", "callBack", "invented"), yes: fc.boolean(),
  reason: fc.constantFrom<BreakReason>("rest", "lunch"),
}).map(({ call, kind, prospect, campaign: of, outcome, yes, reason }): FactBody => {
  if (kind <= 2) return { kind: "call.dialed", call, campaign: of, prospect, number: "n" };
  if (kind <= 5) return { kind: "call.answered", call };
  if (kind <= 7) return { kind: "call.ended", call, why: "agentHungUp" };
  if (kind <= 10) return { kind: "outcome.saved", call, outcome, decisionMaker: yes };
  if (kind === 11) return { kind: "handler.shown", call, handler: "price", version: 1, phrasing: 0, module: "hello" };
  if (kind === 12) return { kind: "shift.break", reason };
  return { kind: "shift.ready" };
});

/** Facts as no desk would ever write them: parts missing, twice, out of order, at impossible times, of several people. */
export const anyFacts: fc.Arbitrary<readonly Fact[]> = fc.array(fc.record({ body, at: moment, offset, by: author, device: fc.constantFrom("laptop", "phone") }), { maxLength: 60 })
  .map((list) => list.map(({ body: what, at, offset: difference, by, device }, index) => ({ ...what, id: `f${index}`, at, offset: difference, by, device: `${by}-${device}` })));

interface AnyCall {
  readonly by: string; readonly device: string; readonly at: number; readonly offset: number; readonly late: number; readonly seconds: number; readonly ring: number;
  readonly campaign: string; readonly prospect: string; readonly cut: number; readonly outcomes: readonly { readonly outcome: string; readonly decisionMaker: boolean; readonly after: number }[];
}

const anyCall: fc.Arbitrary<AnyCall> = fc.record({
  by: author, device: fc.constantFrom("laptop", "phone"), at: moment, offset, late: fc.constantFrom(0, 0, 0, 5 * SECOND, -40 * SECOND),
  seconds: fc.constantFrom(0, 5, 9.9, 10, 29.9, 30, 31, 200), ring: fc.constantFrom(0, 7, 14), campaign: fc.constantFrom("storage", "storage", "storage", "anybody", "rehearsal"),
  prospect: fc.constantFrom("p1", "p2", "p3", "p4"), cut: fc.constantFrom(1, 2, 3, 4, 4, 4, 4),
  outcomes: fc.array(fc.record({ outcome: fc.constantFrom("meeting", "refused", "callBack"), decisionMaker: fc.boolean(), after: fc.constantFrom(0, 7, 70, 7000) }), { minLength: 1, maxLength: 3 }),
});

/** Facts of calls as a desk writes them, some cut short, corrected, and with a clock that was put right in between. */
export const anyCalls: fc.Arbitrary<readonly Fact[]> = fc.array(anyCall, { minLength: 1, maxLength: 14 }).map((calls) => {
  let made = 0;
  return calls.flatMap(({ by, device, at, offset: difference, late, seconds, ring, campaign: of, prospect, cut, outcomes }, index): readonly Fact[] => {
    const call = `c${index}`;
    const fact = (what: FactBody, moment_: number, off = difference): Fact => {
      made += 1;
      return { ...what, id: `f${String(made).padStart(4, "0")}`, at: moment_, offset: off, by, device: `${by}-${device}` };
    };
    const answered = at + ring * SECOND;
    const ended = answered + seconds * SECOND;
    return [
      fact({ kind: "call.dialed", call, campaign: of, prospect, number: "n" }, at),
      fact({ kind: "call.answered", call }, answered),
      fact({ kind: "call.ended", call, why: "clientHungUp" }, ended, difference + late),
      ...outcomes.map(({ outcome, decisionMaker, after }) => fact({ kind: "outcome.saved", call, outcome, decisionMaker }, ended + after * SECOND, difference + late)),
    ].slice(0, cut === 4 ? undefined : cut);
  });
});
