import type { Campaign, Company, NormUnit } from "../base/campaign.ts";
import { timeOf, type CampaignId, type Millis } from "../base/envelope.ts";
import { wallClock } from "../base/day.ts";
import { companyOn } from "../base/norms.ts";
import { isPractice, talkSeconds, type CallRecord } from "./callBook.ts";
import { explain, type Note } from "./explain.ts";
import type { Ledger } from "./ledger.ts";
import { paceIn, type Pace } from "./pace.ts";
import { stretchAt, stretchesOf, type Stretch } from "./plan.ts";
import { remembered } from "./remembered.ts";
import { dayOfCall, outcomeInTime, verdictsOf, type Verdict } from "./verdict.ts";
import { pointsOf, workOf, type Work } from "./work.ts";

/** One call of a day, whether it counts, and what else is to be said of it. */
export interface CountedCall {
  readonly record: CallRecord;
  readonly verdict: Verdict;
  readonly notes: readonly Note[];
  /** From answer to end (rule Q2); undefined when nobody answered, or it is not over. */
  readonly seconds?: number;
}

/** One agent's day in numbers, and the calls behind them. */
export interface DayCount {
  readonly day: string;
  readonly contacts: number;
  readonly points: number;
  /** What the target is in, at this moment (rule Q10). */
  readonly unit: NormUnit;
  /** Contacts or points, as the target asks. */
  readonly count: number;
  readonly target: number;
  readonly pace: Pace;
  /** The plans of the day one after the other. */
  readonly plans: readonly Stretch[];
  readonly work: readonly Work[];
  readonly dialed: number;
  readonly answered: number;
  readonly decisionMaker: number;
  /** Contacts by hour of the company's clock, 0–23. */
  readonly byHour: readonly number[];
  /** Newest last. */
  readonly calls: readonly CountedCall[];
}

/**
 * Counts the working day that `now` lies in. A pure fold: the same on the agent's screen, the wallboard and the server.
 * Practice is left out altogether (rule T1).
 */
export function countDay(ledger: Ledger, now: Millis, settings: Company, campaigns: ReadonlyMap<CampaignId, Campaign>): DayCount {
  const { day, minutes } = wallClock(now, settings.timeZone);
  const company = companyOn(settings, day);
  const rules = { timeZone: company.timeZone, campaigns, gaps: ledger.gaps, ...(company.closes === undefined ? {} : { closes: company.closes }) };
  const today: CallRecord[] = [];
  for (const record of ledger.book.values()) if (dayOfCall(record, company.timeZone) === day) today.push(record);
  const verdicts = verdictsOf(today, rules);
  const byHour = Array.from({ length: 24 }, () => 0);
  const calls = today
    .filter((record) => !isPractice(record, campaigns))
    .sort((a, b) => started(a) - started(b) || (a.call < b.call ? -1 : 1))
    .map((record): CountedCall => {
      const { notes, seconds } = toldOf(record, rules);
      return { record, verdict: verdicts.get(record.call) ?? { counts: false, why: "unknownCampaign" }, notes, ...(seconds === undefined ? {} : { seconds }) };
    });
  let [contacts, dialed, answered, decisionMaker] = [0, 0, 0, 0];
  for (const { record, verdict } of calls) {
    if (record.dialed) dialed += 1;
    if (record.answered) answered += 1;
    if (record.answered && toldOf(record, rules).reached) decisionMaker += 1;
    if (!verdict.counts || !record.answered) continue;
    contacts += 1;
    const { hour } = toldOf(record, rules);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  const work = workOf(ledger, day, company);
  const points = pointsOf(contacts, work, company);
  const plans = stretchesOf(ledger, day, company);
  const { plan: { unit }, target } = stretchAt(plans, minutes);
  const count = unit === "points" ? points : contacts;
  return {
    day, contacts, points, unit, count, target, plans, work, byHour, calls,
    pace: paceIn(count, minutes, plans),
    dialed, answered, decisionMaker,
  };
}

/** What is told of a call beside its verdict. */
const toldOf = remembered((record, rules) => ({
  notes: explain(record, rules), seconds: talkSeconds(record, rules.gaps), reached: outcomeInTime(record, rules)?.decisionMaker ?? false,
  hour: record.answered ? Math.floor(wallClock(timeOf(record.answered), rules.timeZone).minutes / 60) : 0,
}));

function started(record: CallRecord): Millis {
  const fact = record.dialed ?? record.answered ?? record.ended ?? record.outcome;
  return fact ? timeOf(fact) : 0;
}
