import type { Campaign } from "../base/campaign.ts";
import { timeOf, type CallId, type CampaignId } from "../base/envelope.ts";
import { dayOf } from "../base/day.ts";
import { talkSeconds, type CallBook, type CallRecord } from "./callBook.ts";

/** Whether an attempt is a contact, and if not, why, in a form that both sides show alike. */
export type Verdict =
  | { readonly counts: true }
  | { readonly counts: false; readonly why: "notOver" | "notAnswered" | "noOutcome" | "practice" | "notDecisionMaker" | "unknownCampaign" }
  | { readonly counts: false; readonly why: "tooShort"; readonly seconds: number; readonly needed: number }
  | { readonly counts: false; readonly why: "outcomeDoesNotCount"; readonly outcome: string }
  | { readonly counts: false; readonly why: "samePersonToday"; readonly first: CallId };

export interface CountingRules {
  readonly timeZone: string;
  readonly campaigns: ReadonlyMap<CampaignId, Campaign>;
}

/** The verdict on a call by itself, before it is held against the other calls of the day (rules Q1–Q5). */
export function verdictAlone(record: CallRecord, rules: CountingRules): Verdict {
  const campaign = record.dialed && rules.campaigns.get(record.dialed.campaign);
  if (!record.dialed || !campaign) return { counts: false, why: "unknownCampaign" };
  if (!record.ended) return { counts: false, why: "notOver" };
  const seconds = talkSeconds(record);
  if (seconds === undefined) return { counts: false, why: "notAnswered" };
  if (!record.outcome) return { counts: false, why: "noOutcome" };
  return verdictOf(campaign, { seconds, outcome: record.outcome.outcome, decisionMaker: record.outcome.decisionMaker });
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

/** The working day of a call: the day in which it was answered, or dialed when nobody answered (rule Q6). */
export function dayOfCall(record: CallRecord, timeZone: string): string | undefined {
  const fact = record.answered ?? record.dialed;
  return fact && dayOf(timeOf(fact), timeZone);
}

/**
 * The verdict on every call of a working day (`YYYY-MM-DD` in the company's zone).
 * Of several contacts with one prospect the one answered first is the contact, whichever arrives first (rule Q3).
 */
export function verdictsOfDay(book: CallBook, day: string, rules: CountingRules): ReadonlyMap<CallId, Verdict> {
  const today = [...book.values()].filter((record) => dayOfCall(record, rules.timeZone) === day);
  const verdicts = new Map<CallId, Verdict>();
  const firstOf = new Map<string, CallRecord>();
  for (const record of today) {
    const verdict = verdictAlone(record, rules);
    verdicts.set(record.call, verdict);
    if (!verdict.counts || !record.dialed) continue;
    const other = firstOf.get(record.dialed.prospect);
    if (!other || answeredBefore(record, other)) firstOf.set(record.dialed.prospect, record);
  }
  for (const record of today) {
    const first = record.dialed && firstOf.get(record.dialed.prospect);
    if (verdicts.get(record.call)?.counts && first && first.call !== record.call) {
      verdicts.set(record.call, { counts: false, why: "samePersonToday", first: first.call });
    }
  }
  return verdicts;
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
