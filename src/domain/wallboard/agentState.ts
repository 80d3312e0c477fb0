import type { BreakReason } from "../base/campaign.ts";
import { dayOf } from "../base/day.ts";
import { compareFacts, timeOf, type Millis } from "../base/envelope.ts";
import type { CallBook, CallRecord } from "../counting/callBook.ts";
import type { Ledger } from "../counting/ledger.ts";

/** What an agent is doing, and since when (rules H1, H2). */
export type AgentState =
  | { readonly state: "off"; readonly since?: Millis }
  | { readonly state: "ready"; readonly since: Millis }
  | { readonly state: "dialing" | "inCall" | "wrapUp"; readonly since: Millis; readonly call: string }
  | { readonly state: "break"; readonly since: Millis; readonly reason: BreakReason };

/** Folds an agent's last mark of the shift and the calls into the state: a call comes before everything else. */
export function agentState({ acts, book }: Pick<Ledger, "acts" | "book">): AgentState {
  const shift = acts.findLast((act) => act.kind === "shift.ready" || act.kind === "shift.break" || act.kind === "shift.ended");
  const call = latestCall(book);
  if (call?.dialed && !call.outcome) {
    if (call.ended) return { state: "wrapUp", since: timeOf(call.ended), call: call.call };
    if (call.answered) return { state: "inCall", since: timeOf(call.answered), call: call.call };
    return { state: "dialing", since: timeOf(call.dialed), call: call.call };
  }
  if (!shift) return call?.outcome ? { state: "ready", since: timeOf(call.outcome) } : { state: "off" };
  if (shift.kind === "shift.ended") return { state: "off", since: timeOf(shift) };
  if (shift.kind === "shift.break") return { state: "break", since: timeOf(shift), reason: shift.reason };
  return { state: "ready", since: Math.max(timeOf(shift), call?.outcome ? timeOf(call.outcome) : 0) };
}

/** The state as it stands on the working day of `now`: what began on another day says nothing about today (rule H3). */
export function stateToday(state: AgentState, now: Millis, timeZone: string): AgentState {
  return state.since !== undefined && dayOf(state.since, timeZone) === dayOf(now, timeZone) ? state : { state: "off" };
}

/** The state with its beginning by another clock: a device whose clock is `offset` behind the company's shows the right time in it. */
export function byClockOf(state: AgentState, offset: Millis): AgentState {
  return state.since === undefined ? state : { ...state, since: state.since - offset };
}

/** The call that was dialed last. */
export function latestCall(book: CallBook): CallRecord | undefined {
  let latest: CallRecord | undefined;
  for (const record of book.values()) {
    if (!record.dialed) continue;
    if (!latest?.dialed || compareFacts(record.dialed, latest.dialed) > 0) latest = record;
  }
  return latest;
}
