import type { Millis } from "../base/envelope.ts";
import type { CallBook, CallRecord } from "../counting/callBook.ts";
import type { Ledger } from "../counting/ledger.ts";
import { compareFacts } from "../base/envelope.ts";
import { lastPeriod, windowOf, type Doing } from "./periods.ts";

/** What an agent is doing, and since when (rules H1–H6). */
export type AgentState = { readonly state: "off"; readonly since?: Millis } | (Doing & { readonly since: Millis });

/** What an agent is doing at `now`: what began on another day says nothing about today (rule H3). */
export function agentState(ledger: Ledger, now: Millis, timeZone: string): AgentState {
  const last = lastPeriod(ledger, windowOf(ledger, now, timeZone));
  if (!last) return { state: "off" };
  if (last.state === "off") return { state: "off", since: last.from };
  const { from, ...doing } = last;
  const { to: _, ...rest } = doing;
  return { ...rest, since: from };
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
