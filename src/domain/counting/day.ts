import type { Campaign, Company } from "../base/campaign.ts";
import { timeOf, type CampaignId, type Millis } from "../base/envelope.ts";
import { dayOf, wallClock } from "../base/day.ts";
import { isPractice, type CallBook, type CallRecord } from "./callBook.ts";
import { paceAt, type Pace } from "./pace.ts";
import { dayOfCall, verdictsOfDay, type Verdict } from "./verdict.ts";

/** One agent's day in numbers, and the calls behind them. */
export interface DayCount {
  readonly day: string;
  readonly contacts: number;
  readonly target: number;
  readonly pace: Pace;
  readonly dialed: number;
  readonly answered: number;
  readonly decisionMaker: number;
  /** Contacts by hour of the company's clock, 0–23. */
  readonly byHour: readonly number[];
  /** Newest last. */
  readonly calls: readonly { readonly record: CallRecord; readonly verdict: Verdict }[];
}

/**
 * Counts the working day that `now` lies in. A pure fold: the same on the agent's screen, the wallboard and the server.
 * Practice is left out altogether (rule T1).
 */
export function countDay(book: CallBook, now: Millis, company: Company, campaigns: ReadonlyMap<CampaignId, Campaign>): DayCount {
  const day = dayOf(now, company.timeZone);
  const verdicts = verdictsOfDay(book, day, { timeZone: company.timeZone, campaigns });
  const byHour = Array.from({ length: 24 }, () => 0);
  const calls = [...book.values()]
    .filter((record) => dayOfCall(record, company.timeZone) === day && !isPractice(record, campaigns))
    .sort((a, b) => started(a) - started(b) || (a.call < b.call ? -1 : 1))
    .map((record) => ({ record, verdict: verdicts.get(record.call) ?? ({ counts: false, why: "unknownCampaign" } as const) }));
  let contacts = 0;
  for (const { record, verdict } of calls) {
    if (!verdict.counts || !record.answered) continue;
    contacts += 1;
    const hour = Math.floor(wallClock(timeOf(record.answered), company.timeZone).minutes / 60);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  return {
    day, contacts, target: company.target, byHour, calls,
    pace: paceAt(contacts, now, company),
    dialed: calls.filter(({ record }) => record.dialed).length,
    answered: calls.filter(({ record }) => record.answered).length,
    decisionMaker: calls.filter(({ record }) => record.answered && record.outcome?.decisionMaker).length,
  };
}

function started(record: CallRecord): Millis {
  const fact = record.dialed ?? record.answered ?? record.ended ?? record.outcome;
  return fact ? timeOf(fact) : 0;
}
