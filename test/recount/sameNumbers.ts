import type { DayCount } from "#domain/counting/day.ts";
import type { Recount } from "./recount.ts";

/** What the product counted, in the recount's words, so that the two can be laid beside each other. */
export function inWordsOfRecount(day: DayCount): Recount {
  return {
    contacts: day.contacts, points: day.points, unit: day.unit, count: day.count, target: day.target,
    due: Math.round(day.pace.due * 1e6) / 1e6, pace: day.pace.state,
    byHour: day.byHour, dialed: day.dialed, answered: day.answered, decisionMaker: day.decisionMaker,
    calls: day.calls.map(({ record, verdict }) => ({ call: record.call, counts: verdict.counts, ...(verdict.counts ? {} : { why: verdict.why }) })).sort((a, b) => (a.call < b.call ? -1 : 1)),
  };
}
