import type { Campaign } from "../base/campaign.ts";
import { timeOf, type CallId, type CampaignId, type Millis, type PersonId } from "../base/envelope.ts";
import { dayOf } from "../base/day.ts";
import { campaignAt } from "../base/norms.ts";
import type { FactOf } from "../fact.ts";
import { talkSeconds, type CallBook, type CallRecord } from "./callBook.ts";
import { closingOf, isLate } from "./closing.ts";
import type { Gap } from "./gaps.ts";
import { remembered } from "./remembered.ts";

/** Whether an attempt is a contact, and if not, why, in a form that both sides show alike. */
export type Verdict =
  | { readonly counts: true }
  | { readonly counts: false; readonly why: "notOver" | "notAnswered" | "noOutcome" | "outcomeLate" | "practice" | "notDecisionMaker" | "unknownCampaign" }
  | { readonly counts: false; readonly why: "tooShort"; readonly seconds: number; readonly needed: number }
  | { readonly counts: false; readonly why: "outcomeDoesNotCount"; readonly outcome: string }
  | { readonly counts: false; readonly why: "struck"; readonly reason: NonNullable<FactOf<"contact.checked">["reason"]>; readonly by: PersonId; readonly at: Millis }
  | { readonly counts: false; readonly why: "samePersonToday" | "sameCompanyToday"; readonly first: CallId };

export interface CountingRules {
  readonly timeZone: string;
  readonly campaigns: ReadonlyMap<CampaignId, Campaign>;
  /** Minutes after its midnight at which a day closes (rule Q12); noon of the next day when not given. */
  readonly closes?: number;
  /** When the person's devices slept (rule Q2). */
  readonly gaps?: readonly Gap[];
}

/** The verdict on a call by itself, before it is held against the other calls of the day (rules Q1–Q5, Q13). */
export const verdictAlone = remembered((record, rules): Verdict => {
  const campaign = record.dialed && rules.campaigns.get(record.dialed.campaign);
  if (!record.dialed || !campaign) return { counts: false, why: "unknownCampaign" };
  if (!record.ended) return { counts: false, why: "notOver" };
  const seconds = talkSeconds(record, rules.gaps);
  if (seconds === undefined) return { counts: false, why: "notAnswered" };
  const outcome = outcomeInTime(record, rules);
  if (!outcome) return { counts: false, why: record.outcome ? "outcomeLate" : "noOutcome" };
  const verdict = verdictOf(campaignOf(record, campaign), { seconds, outcome: outcome.outcome, decisionMaker: outcome.decisionMaker });
  const check = verdict.counts ? checkInTime(record, rules) : undefined;
  return check?.found === "notConfirmed" ? { counts: false, why: "struck", reason: check.reason ?? "other", by: check.by, at: timeOf(check) } : verdict;
});

/** The campaign as it was when the call was answered (rule Q17). */
function campaignOf({ answered }: CallRecord, campaign: Campaign): Campaign {
  return answered ? campaignAt(campaign, timeOf(answered)) : campaign;
}

/** What the rule of a campaign says of an answered call with an outcome: also used to tell the agent before saving. */
export function verdictOf(campaign: Campaign, call: { readonly seconds: number; readonly outcome: string; readonly decisionMaker: boolean }): Verdict {
  if (campaign.practice) return { counts: false, why: "practice" };
  if (campaign.rule.decisionMaker && !call.decisionMaker) return { counts: false, why: "notDecisionMaker" };
  if (call.seconds < campaign.rule.minSeconds) {
    return { counts: false, why: "tooShort", seconds: Math.floor(call.seconds), needed: campaign.rule.minSeconds };
  }
  const kind = campaign.outcomes.find((one) => one.code === call.outcome);
  if (!kind?.counts) return { counts: false, why: "outcomeDoesNotCount", outcome: call.outcome };
  return { counts: true };
}

/** The outcome that holds: the last one that was saved before the call's day closed (rules Q7, Q12). */
export function outcomeInTime(record: CallRecord, rules: Pick<CountingRules, "timeZone" | "closes">): FactOf<"outcome.saved"> | undefined {
  return lastInTime(record, record.outcomes ?? (record.outcome ? [record.outcome] : []), rules);
}

/** The check that holds: the last one before the call's day closed (rules Q13, Q12). */
export function checkInTime(record: CallRecord, rules: Pick<CountingRules, "timeZone" | "closes">): FactOf<"contact.checked"> | undefined {
  return lastInTime(record, record.checks ?? [], rules);
}

function lastInTime<F extends FactOf<"outcome.saved"> | FactOf<"contact.checked">>(record: CallRecord, facts: readonly F[], rules: Pick<CountingRules, "timeZone" | "closes">): F | undefined {
  const day = dayOfCall(record, rules.timeZone);
  return day === undefined ? facts.at(-1) : facts.findLast((fact) => !isLate(fact, day, closingOf(rules)));
}

/** The working day of a call: the day in which it was answered, or dialed when nobody answered (rule Q6). */
export function dayOfCall(record: CallRecord, timeZone: string): string | undefined {
  const fact = record.answered ?? record.dialed;
  return fact && dayOf(timeOf(fact), timeZone);
}

/**
 * The verdict on every call of a person's working day (`YYYY-MM-DD` in the company's zone).
 * Of several contacts with one prospect the one answered first is the contact, whichever arrives first (rule Q3).
 */
export function verdictsOfDay(book: CallBook, day: string, rules: CountingRules): ReadonlyMap<CallId, Verdict> {
  return verdictsOf([...book.values()].filter((record) => dayOfCall(record, rules.timeZone) === day), rules);
}

/** The same of calls that are known to be of one day. */
export function verdictsOf(today: readonly CallRecord[], rules: CountingRules): ReadonlyMap<CallId, Verdict> {
  const verdicts = new Map<CallId, Verdict>();
  const firstOf = new Map<string, CallRecord>();
  for (const record of today) {
    const verdict = verdictAlone(record, rules);
    verdicts.set(record.call, verdict);
    if (!verdict.counts) continue;
    const unit = unitOf(record, rules.campaigns);
    const other = firstOf.get(unit);
    if (!other || answeredBefore(record, other)) firstOf.set(unit, record);
  }
  for (const record of today) {
    if (!verdicts.get(record.call)?.counts) continue;
    const unit = unitOf(record, rules.campaigns);
    const first = firstOf.get(unit);
    if (first && first.call !== record.call) {
      verdicts.set(record.call, { counts: false, why: unit.startsWith("firm ") ? "sameCompanyToday" : "samePersonToday", first: first.call });
    }
  }
  return verdicts;
}

/** What there is one contact a day of (rule Q3). */
function unitOf(record: CallRecord, campaigns: CountingRules["campaigns"]): string {
  const { call, dialed } = record;
  const campaign = dialed && campaigns.get(dialed.campaign);
  const per = (campaign && campaignOf(record, campaign).rule.per) ?? "person";
  if (per === "call" || !dialed) return `call ${call}`;
  return per === "company" && dialed.firm !== undefined ? `firm ${dialed.firm}` : `prospect ${dialed.prospect}`;
}

function answeredBefore(a: CallRecord, b: CallRecord): boolean {
  const [x, y] = [a.answered ? timeOf(a.answered) : Infinity, b.answered ? timeOf(b.answered) : Infinity];
  return x < y || (x === y && a.call < b.call);
}

/** How many contacts the verdicts hold. */
export function contacts(verdicts: ReadonlyMap<CallId, Verdict>): number {
  let count = 0;
  for (const verdict of verdicts.values()) if (verdict.counts) count += 1;
  return count;
}
