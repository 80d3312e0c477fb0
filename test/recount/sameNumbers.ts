import type { Company } from "#domain/base/campaign.ts";
import type { DayCount } from "#domain/counting/day.ts";
import type { Ledger } from "#domain/counting/ledger.ts";
import { agentState } from "#domain/wallboard/agentState.ts";
import { periodsOf, timeSum, windowOf, type Doing } from "#domain/wallboard/periods.ts";
import type { Recount } from "./recount.ts";
import type { RecountedShift } from "./shift.ts";

/** What the product counted, in the recount's words, so that the two can be laid beside each other. */
export function inWordsOfRecount(day: DayCount): Recount {
  return {
    contacts: day.contacts, points: day.points, unit: day.unit, count: day.count, target: day.target,
    due: Math.round(day.pace.due * 1e6) / 1e6, pace: day.pace.state,
    byHour: day.byHour, dialed: day.dialed, answered: day.answered, decisionMaker: day.decisionMaker,
    calls: day.calls.map(({ record, verdict }) => ({ call: record.call, counts: verdict.counts, ...(verdict.counts ? {} : { why: verdict.why }) })).sort((a, b) => (a.call < b.call ? -1 : 1)),
  };
}

/** The product's shift of the day that `now` lies in, in the recount's words: its periods, their sums, and the state that the board shows. */
export function shiftInWordsOfRecount(ledger: Ledger, now: number, { timeZone }: Company): RecountedShift {
  const periods = periodsOf(ledger, windowOf(ledger, now, timeZone));
  const { whole, states, breaks, away, offline } = timeSum(periods);
  const state = agentState(ledger, now, timeZone);
  const named = (kind: string, parts: Readonly<Record<string, number>>): [string, number][] => Object.entries(parts).map(([part, length]) => [`${kind} ${part}`, length]);
  const parts = Object.entries(states).filter(([name]) => name !== "break" && name !== "away" && name !== "offline");
  return {
    periods: periods.map((one) => ({ doing: inWords(one), from: one.from, to: one.to })), whole,
    sums: Object.fromEntries([...parts, ...named("break", breaks), ...named("away", away), ...named("offline", offline)]),
    now: state.state === "off" ? "off" : inWords(state),
  };
}

function inWords(one: Doing): string {
  switch (one.state) {
    case "ready": return "ready";
    case "break": return `break ${one.reason}`;
    case "away": return `away ${one.source}`;
    case "offline": return `offline ${one.cause}`;
    default: return `${one.state} ${one.call}`;
  }
}
