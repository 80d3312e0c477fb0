import type { Millis } from "../base/envelope.ts";
import type { AwaySource, ShiftFact } from "./facts.ts";

/** What the desk remembers between two looks at whether somebody sits there. */
export interface Presence {
  /** What was last said of it. */
  readonly away?: AwaySource;
  /** Since when absence may be noticed at all: not in a call, not on a break. */
  readonly watchedSince?: Millis;
}

/** What can be seen of it at a moment, all by one device's clock. */
export interface Seen {
  readonly at: Millis;
  /** Nothing holds the agent that needs no hands: neither a call nor a break. */
  readonly watched: boolean;
  /** The last key or movement on this page. */
  readonly inputAt: Millis;
  /** Since when the page lies hidden behind another window. */
  readonly hiddenSince?: Millis;
  /** What the system says where it may be asked (Idle Detection API): it knows of input in other windows too. */
  readonly system?: "active" | "idle" | "locked";
}

/** After so long without a sign somebody is away, milliseconds; the system is asked with the same norm. */
export const AWAY_AFTER = 5 * 60_000;

/** So long can nothing run on a page that is well: a hidden one is woken once a minute. Milliseconds. */
export const GAP_AFTER = 3 * 60_000;

/**
 * Notices that somebody has gone, or is back (rule H5). What is not known is not held against anybody: in a hidden page nobody
 * sees the keys that are pressed elsewhere, so it only says that the page lies hidden.
 */
export function stepPresence(before: Presence, seen: Seen): { readonly state: Presence; readonly facts: readonly ShiftFact[] } {
  // The call or the break says where the person is, and what follows it begins anew.
  if (!seen.watched) return { state: {}, facts: [] };
  const watchedSince = before.watchedSince ?? seen.at;
  const away = awayBy(seen, watchedSince);
  const state: Presence = { watchedSince, ...(away ? { away } : {}) };
  if (away === before.away) return { state, facts: [] };
  return { state, facts: [away ? { kind: "shift.away", source: away } : { kind: "shift.back" }] };
}

function awayBy({ at, inputAt, hiddenSince, system }: Seen, watchedSince: Millis): AwaySource | undefined {
  const since = (moment: Millis): boolean => at - Math.max(moment, watchedSince) >= AWAY_AFTER;
  if (system === "locked") return "locked";
  if (system === "idle" && since(inputAt)) return "idle";
  if (hiddenSince !== undefined) return since(hiddenSince) ? "hidden" : undefined;
  return system === undefined && since(inputAt) ? "input" : undefined;
}

/**
 * Has nothing run between two looks at the clock (rule H6)? A clock that was put forward looks alike; it shows in the difference
 * to the company's clock, which then changes by as much.
 * @param moved by how much that difference has changed in between, milliseconds
 */
export function gapBetween(last: Millis, now: Millis, moved: Millis): boolean {
  return now - last + moved >= GAP_AFTER;
}
