import fc from "fast-check";
import type { BreakReason, Campaign, Company, Norms, WorkKind } from "#domain/base/campaign.ts";
import { normsOf } from "#domain/base/norms.ts";
import type { Fact, FactBody } from "#domain/fact.ts";
import type { CheckFound } from "#domain/quality/facts.ts";
import { campaign, company, HOUR, MINUTE, SECOND, TEN } from "./facts.ts";

/** The campaigns of the days below, by what they ask for. */
export const anyCampaigns: readonly Campaign[] = [
  campaign,
  { ...campaign, id: "anybody", rule: { decisionMaker: false, minSeconds: 10 } },
  { ...campaign, id: "firms", rule: { decisionMaker: false, minSeconds: 10, per: "company" } },
  { ...campaign, id: "calls", rule: { decisionMaker: false, minSeconds: 10, per: "call" } },
  { ...campaign, id: "rehearsal", practice: true },
  // Its rule was changed twice on that morning, the second time by the minute in which most of the calls are (rule Q17).
  {
    ...campaign, id: "changed", rule: { decisionMaker: false, minSeconds: 10, per: "company" }, outcomes: campaign.outcomes.map((one) => ({ ...one, counts: true })),
    earlier: [
      { until: TEN + 30 * SECOND, rule: { decisionMaker: true, minSeconds: 30 }, counting: ["meeting"] },
      { until: TEN + 140 * SECOND, rule: { decisionMaker: false, minSeconds: 31, per: "call" }, counting: ["meeting", "refused", "callBack"] },
    ],
  },
];

const anyNorms = fc.record({
  target: fc.constantFrom(70, 12, 3, 0), points: fc.boolean(), closes: fc.constantFrom(undefined, 0, 60, 12 * 60, 30 * 60), monday: fc.boolean(),
  weights: fc.constantFrom(undefined, { contact: 2, meeting: 0.25, visit: 3, proposal: 1.1, document: 0 }),
}).map(({ target, points, closes, monday, weights }): Norms => ({
  ...normsOf(company), target, ...(points ? { unit: "points" as const } : {}), ...(closes === undefined ? {} : { closes }), ...(monday ? { weekend: [1, 7] } : {}), ...(weights ? { weights } : {}),
}));

/** Companies that ask for different things, some of them not for ever (rule Q16). The day of `TEN` is a Monday. */
export const anyCompany: fc.Arbitrary<Company> = fc.record({
  norms: anyNorms, earlier: fc.uniqueArray(fc.record({ norms: anyNorms, until: fc.constantFrom("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25") }), { selector: ({ until }) => until, maxLength: 3 }),
}).map(({ norms, earlier }) => ({
  name: company.name, timeZone: company.timeZone, ...norms,
  ...(earlier.length === 0 ? {} : { earlier: earlier.map(({ norms: past, until }) => ({ ...past, until })).sort((a, b) => (a.until < b.until ? -1 : 1)) }),
}));

const author = fc.constantFrom("anna", "oleg", "vera");

/** Moments around the working day, midnight of Moscow and the closing at noon included, thick enough that some fall together. */
const moment = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }).map((step) => TEN + step * 7 * SECOND) },
  { weight: 3, arbitrary: fc.integer({ min: -10 * 60, max: 30 * 60 }).map((minute) => TEN + minute * MINUTE) },
  { weight: 1, arbitrary: fc.constantFrom(0, 8.64e15, -8.64e15, TEN + 14 * HOUR, TEN + 26 * HOUR) },
);
const offset = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: -90, max: 90 }).map((seconds) => seconds * SECOND) }, { weight: 1, arbitrary: fc.constantFrom(-864e5, 864e5, 7 * 36e5) });

/** What a lead says: targets, and what control calls found. */
const word: fc.Arbitrary<FactBody> = fc.record({
  kind: fc.integer({ min: 0, max: 3 }), agent: author, n: fc.integer({ min: 1, max: 3 }), found: fc.constantFrom<CheckFound>("confirmed", "notConfirmed", "notConfirmed", "notReached", "withdrawn"),
  call: fc.integer({ min: 0, max: 6 }).map((n) => `c${n}`), from: fc.constantFrom("2026-11-22", "2026-11-23", "2026-11-23", "2026-11-24"), days: fc.integer({ min: 0, max: 2 }),
  since: fc.constantFrom(0, 9 * 60, 12 * 60, 13 * 60 + 20, 1439), points: fc.boolean(), amount: fc.constantFrom(0, 5, 35, 100), start: fc.constantFrom(0, 9 * 60, 12 * 60), length: fc.constantFrom(0, 60, 6 * 60), on: fc.boolean(),
}).map(({ kind, agent, n, found, call, from, days, since, points, amount, start, length, on }): FactBody => {
  if (kind === 0) return { kind: "contact.checked", call, agent, found };
  if (kind === 1) return { kind: "target.withdrawn", target: `t${n}`, agent, on };
  const to = `2026-11-${Number(from.slice(8)) + days}`;
  return { kind: "target.set", target: `t${n}`, agent, from, to, since, unit: points ? "points" : "contacts", amount, start, end: start + length };
});

const body: fc.Arbitrary<FactBody> = fc.record({
  call: fc.integer({ min: 1, max: 6 }).map((n) => `c${n}`), kind: fc.integer({ min: 0, max: 24 }), prospect: fc.constantFrom("p1", "p2", "p3"), firm: fc.constantFrom(undefined, "f1", "f2"),
  campaign: fc.constantFrom("storage", "storage", "anybody", "firms", "calls", "changed", "rehearsal", "gone"), outcome: fc.constantFrom("meeting", "refused", "callBack", "invented"), yes: fc.boolean(),
  reason: fc.constantFrom<BreakReason>("rest", "lunch"), work: fc.constantFrom("w1", "w2"), type: fc.constantFrom<WorkKind | "none">("meeting", "visit", "proposal", "document", "none"), since: moment,
}).map(({ call, kind, prospect, firm, campaign: of, outcome, yes, reason, work, type, since }): FactBody => {
  if (kind <= 2) return { kind: "call.dialed", call, campaign: of, prospect, number: "n", ...(firm === undefined ? {} : { firm }) };
  if (kind <= 5) return { kind: "call.answered", call };
  if (kind <= 7) return { kind: "call.ended", call, why: "agentHungUp" };
  if (kind <= 10) return { kind: "outcome.saved", call, outcome, decisionMaker: yes };
  if (kind === 11) return { kind: "handler.shown", call, handler: yes ? "price" : "later", version: 1, phrasing: 0, module: "hello" };
  if (kind === 21 || kind === 22) return { kind: "handler.shown", call, handler: yes ? "price" : "later", version: 1, phrasing: 0, module: "hello" };
  if (kind === 23) return { kind: "verbatim.taken", call, record: yes ? "r1" : "r2", second: 3, unforeseen: false };
  if (kind === 12) return { kind: "shift.break", reason };
  if (kind <= 14) return { kind: "work.done", work, type };
  if (kind === 15) return { kind: "shift.gap", since, cause: yes ? "asleep" : "closed" };
  if (kind === 16) return { kind: "contact.disputed", call, record: "r" };
  if (kind === 17) return { kind: "shift.ended" };
  if (kind === 18) return { kind: "shift.away", source: yes ? "idle" : "hidden" };
  if (kind === 19) return { kind: "shift.back" };
  if (kind === 20) return { kind: "prospect.opened", prospect, campaign: of };
  return { kind: "shift.ready" };
});

/** Facts as no desk would ever write them: parts missing, twice, out of order, at impossible times, of several people. */
export const anyFacts: fc.Arbitrary<readonly Fact[]> = fc.tuple(
  fc.array(fc.record({ body, at: moment, offset, by: author, device: fc.constantFrom("laptop", "phone") }), { maxLength: 60 }),
  fc.array(fc.record({ body: word, at: moment, offset, by: fc.constantFrom("lead", "admin", "anna"), device: fc.constant("laptop") }), { maxLength: 10 }),
).map(([list, words]) => [...list, ...words].map(({ body: what, at, offset: difference, by, device }, index) => ({ ...what, id: `f${index}`, at, offset: difference, by, device: `${by}-${device}` })));

interface AnyCall {
  readonly by: string; readonly device: string; readonly at: number; readonly offset: number; readonly late: number; readonly seconds: number; readonly ring: number;
  readonly campaign: string; readonly prospect: string; readonly firm: string | undefined; readonly cut: number; readonly gap: number; readonly check: CheckFound | undefined;
  readonly outcomes: readonly { readonly outcome: string; readonly decisionMaker: boolean; readonly after: number }[];
}

const anyCall: fc.Arbitrary<AnyCall> = fc.record({
  by: author, device: fc.constantFrom("laptop", "phone"), at: moment, offset, late: fc.constantFrom(0, 0, 0, 5 * SECOND, -40 * SECOND),
  seconds: fc.constantFrom(0, 5, 9.9, 10, 29.9, 30, 31, 200), ring: fc.constantFrom(0, 7, 14), campaign: fc.constantFrom("storage", "storage", "storage", "anybody", "firms", "calls", "changed", "changed", "rehearsal"),
  prospect: fc.constantFrom("p1", "p2", "p3", "p4"), firm: fc.constantFrom(undefined, "f1", "f2"), cut: fc.constantFrom(1, 2, 3, 4, 4, 4, 4), gap: fc.constantFrom(0, 0, 0, 1, 100),
  check: fc.constantFrom<CheckFound | undefined>(undefined, undefined, undefined, "notConfirmed", "confirmed", "withdrawn"),
  outcomes: fc.array(fc.record({ outcome: fc.constantFrom("meeting", "refused", "callBack"), decisionMaker: fc.boolean(), after: fc.constantFrom(0, 7, 70, 7000, 100_000) }), { minLength: 1, maxLength: 3 }),
});

/** Facts of calls as a desk writes them, some cut short, corrected, checked, slept through, and with a clock that was put right in between. */
export const anyCalls: fc.Arbitrary<readonly Fact[]> = fc.tuple(fc.array(anyCall, { minLength: 1, maxLength: 14 }), fc.array(fc.record({ body: word, at: moment }), { maxLength: 5 })).map(([calls, words]) => {
  let made = 0;
  const fact = (what: FactBody, at: number, off: number, by: string, device: string): Fact => {
    made += 1;
    return { ...what, id: `f${String(made).padStart(4, "0")}`, at, offset: off, by, device: `${by}-${device}` };
  };
  return [
    ...calls.flatMap(({ by, device, at, offset: difference, late, seconds, ring, campaign: of, prospect, firm, cut, gap, check, outcomes }, index): readonly Fact[] => {
      const call = `c${index}`;
      const own = (what: FactBody, moment_: number, off = difference): Fact => fact(what, moment_, off, by, device);
      const answered = at + ring * SECOND;
      const ended = answered + seconds * SECOND;
      return [
        own({ kind: "call.dialed", call, campaign: of, prospect, number: "n", ...(firm === undefined ? {} : { firm }) }, at),
        own({ kind: "call.answered", call }, answered),
        own({ kind: "call.ended", call, why: "clientHungUp" }, ended, difference + late),
        ...outcomes.map(({ outcome, decisionMaker, after }) => own({ kind: "outcome.saved", call, outcome, decisionMaker }, ended + after * SECOND, difference + late)),
        ...(gap > 0 ? [own({ kind: "shift.gap", since: answered + SECOND, cause: "asleep" }, answered + (1 + gap) * SECOND)] : []),
        ...(check ? [fact({ kind: "contact.checked", call, agent: by, found: check }, ended + HOUR, 0, "lead", "laptop")] : []),
      ].slice(0, cut === 4 ? undefined : cut);
    }),
    ...words.map(({ body: what, at }) => fact(what, at, 0, "lead", "laptop")),
  ];
});
