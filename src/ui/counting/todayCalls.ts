import type { Campaign } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import type { Note } from "#domain/counting/explain.ts";
import type { CallRecord } from "#domain/counting/callBook.ts";
import { gradeOf } from "#domain/phone/quality.ts";
import { timeOf } from "#domain/base/envelope.ts";
import { wallClock } from "#domain/base/day.ts";
import type { Verdict } from "#domain/counting/verdict.ts";
import { clockFace, length } from "#ui/kit/times.ts";

/** One call of the day as it is listed. */
export interface CallLine {
  readonly call: string;
  readonly time: string;
  readonly who: string | undefined;
  readonly talk: string | undefined;
  readonly answered: boolean;
  readonly outcome: string | undefined;
  readonly decisionMaker: boolean;
  readonly verdict: Verdict;
  readonly notes: readonly Note[];
  /** The line was too bad to talk, at least for a while (rule L7). */
  readonly badLine: boolean;
}

/** The calls of the day for a list, newest last. */
export function callLines(day: Pick<DayCount, "calls">, names: ReadonlyMap<string, string>, timeZone: string): readonly CallLine[] {
  return day.calls.map(({ record, verdict, notes, seconds: talk }) => {
    return {
      call: record.call, time: startOf(record, timeZone), who: record.dialed && names.get(record.dialed.prospect),
      talk: talk === undefined ? undefined : length(talk), answered: record.answered !== undefined, outcome: record.outcome?.outcome, decisionMaker: record.outcome?.decisionMaker ?? false, verdict, notes,
      badLine: record.quality !== undefined && gradeOf(record.quality) === "bad",
    };
  });
}

function startOf(record: CallRecord, timeZone: string): string {
  const fact = record.dialed ?? record.answered ?? record.ended;
  return fact ? clockFace(wallClock(timeOf(fact), timeZone).minutes) : "";
}

export function outcomeName(campaign: Campaign | undefined, code: string): string {
  return campaign?.outcomes.find((one) => one.code === code)?.label ?? code;
}
