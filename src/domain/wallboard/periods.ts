import type { BreakReason } from "../base/campaign.ts";
import { dayAfter, dayOf, dayStart } from "../base/day.ts";
import { timeOf, type CallId, type Millis } from "../base/envelope.ts";
import type { CallRecord } from "../counting/callBook.ts";
import type { Absence, Act, Ledger } from "../counting/ledger.ts";
import type { FactOf } from "../fact.ts";

/** What somebody was doing for a while (rules H1–H6). */
export type Doing =
  | { readonly state: "ready" }
  | { readonly state: "dialing" | "inCall" | "wrapUp"; readonly call: CallId }
  | { readonly state: "break"; readonly reason: BreakReason }
  | { readonly state: "away"; readonly source: FactOf<"shift.away">["source"] }
  /** Nothing is known of the time: the computer slept, the page was closed, or a call was left open and never heard of again. */
  | { readonly state: "offline"; readonly cause: FactOf<"shift.gap">["cause"] | "lost" };

export type Period = Doing & { readonly from: Millis; readonly to: Millis };

/** How long each thing was done, milliseconds; what was never done is left out. The parts add up to the whole. */
export interface TimeSum {
  readonly whole: Millis;
  readonly states: Readonly<Partial<Record<Doing["state"], Millis>>>;
  readonly breaks: Readonly<Partial<Record<BreakReason, Millis>>>;
  readonly away: Readonly<Partial<Record<FactOf<"shift.away">["source"], Millis>>>;
  readonly offline: Readonly<Partial<Record<Extract<Doing, { state: "offline" }>["cause"], Millis>>>;
}

/** After so long without a word a call that never ended is taken for left (rule H4), milliseconds. */
export const CALL_SILENCE = 2 * 3_600_000;

/** A day, or its end, as it is looked at. */
export interface Window {
  /** First moment of the day. */
  readonly start: Millis;
  /** Up to where it is looked at (rule H7); at most the first moment of the next day. */
  readonly end: Millis;
  /** First moment of the next day: what begins then says nothing about this one (rule H3). */
  readonly next: Millis;
  readonly now: Millis;
}

/** The day that `now` lies in, or an earlier one (`YYYY-MM-DD`), as far as anything is known of it (rule H7). */
export function windowOf(ledger: Ledger, now: Millis, timeZone: string, day = dayOf(now, timeZone)): Window {
  const [start, next] = [dayStart(day, timeZone), dayStart(dayAfter(day, 1), timeZone)];
  const end = Math.max(lastKnown(ledger, start, next), now < next ? now : -Infinity);
  return { start, end: Math.min(Math.max(start, end), next), next, now };
}

/** The shift of a day from its first act to its end: what follows on each other touches, nothing overlaps (rule H7). */
export function periodsOf(ledger: Ledger, window: Window): readonly Period[] {
  const acts = actsOf(ledger, window);
  return acts.length === 0 ? [] : periodsFrom(ledger, window, acts, 0);
}

/** The last period of the shift as it stands, and when the shift ended if it has; undefined when it has not begun. */
export function lastPeriod(ledger: Ledger, window: Window): Period | { readonly state: "off"; readonly from: Millis } | undefined {
  const acts = actsOf(ledger, window);
  const last = acts.at(-1);
  if (!last) return undefined;
  // What begins at this very moment counts as well.
  const open = { ...window, end: window.end + 1 };
  // A day may hold thousands of acts; its last ones say it, unless a state began before them.
  for (let back = 20; ; back *= 4) {
    let first = Math.max(0, acts.length - back);
    // What a call goes on over stands on the call before it.
    while (first > 0 && acts[first]?.act.kind !== "call.dialed") first -= 1;
    const periods = periodsFrom(ledger, open, acts, first);
    const period = periods.at(-1);
    if (first > 0 && periods.length < 2) continue;
    return period?.to === open.end ? period : { state: "off", from: Math.max(last.at, period?.to ?? last.at) };
  }
}

/** Adds periods up by what was done in them. */
export function timeSum(periods: readonly Period[]): TimeSum {
  const sums = { states: {}, breaks: {}, away: {}, offline: {} };
  let whole = 0;
  const add = (to: Record<string, Millis>, name: string, length: Millis): void => { to[name] = (to[name] ?? 0) + length; };
  for (const period of periods) {
    const length = period.to - period.from;
    whole += length;
    add(sums.states, period.state, length);
    if (period.state === "break") add(sums.breaks, period.reason, length);
    if (period.state === "away") add(sums.away, period.source, length);
    if (period.state === "offline") add(sums.offline, period.cause, length);
  }
  return { whole, ...sums };
}

interface ActAt { readonly at: Millis; readonly act: Act }

/** The acts of the day. A call that is still up at midnight begins the new day (rule H3). */
function actsOf({ acts, book }: Ledger, { start, end, next }: Window): readonly ActAt[] {
  const first = lowest(acts, (act) => timeOf(act) >= start);
  const today = acts.slice(first, lowest(acts, (act) => timeOf(act) > end || timeOf(act) >= next)).map((act): ActAt => ({ at: timeOf(act), act }));
  const before = acts[first - 1];
  const call = before?.kind === "call.dialed" ? book.get(before.call) : undefined;
  return before && call && turnsOf(call).some((at) => at >= start) ? [{ at: start, act: before }, ...today] : today;
}

function periodsFrom(ledger: Ledger, window: Window, acts: readonly ActAt[], first: number): readonly Period[] {
  const begin = acts[first]?.at ?? window.end;
  const { end, now } = window;
  const shown = acts.slice(first);
  const gaps = ledger.gaps.flatMap((gap) => {
    const [from, to] = [gap.since + gap.offset, timeOf(gap)];
    // Whoever does something on another device meanwhile is not gone.
    const cut = acts[lowest(acts, ({ at }) => at > from)]?.at ?? Infinity;
    return from < to && from < end && to > begin ? [{ from, to: Math.min(to, cut), cause: gap.cause }] : [];
  });
  const saved = savings(ledger, begin, end);
  const absences = ledger.absences.filter((one) => timeOf(one) >= window.start && timeOf(one) <= end);
  const edges = new Set<Millis>([begin, end]);
  const edge = (at: Millis): void => { if (at > begin && at < end) edges.add(at); };
  for (const { at, act } of shown) {
    edge(at);
    const call = act.kind === "call.dialed" ? ledger.book.get(act.call) : undefined;
    if (call) for (const turn of [...turnsOf(call), leftAt(call, now) ?? at]) edge(turn);
  }
  for (const { from, to } of gaps) { edge(from); edge(to); }
  for (const absence of absences) edge(timeOf(absence));
  for (const at of saved) edge(at);

  const sorted = [...edges].sort((a, b) => a - b);
  const periods: Period[] = [];
  let [act, absence] = [first, 0];
  let called: CallRecord | undefined;
  for (const [index, from] of sorted.entries()) {
    const to = sorted[index + 1];
    if (to === undefined) break;
    while (act < acts.length && (acts[act]?.at ?? Infinity) <= from) {
      const { act: done } = acts[act] as ActAt;
      if (done.kind === "call.dialed") called = ledger.book.get(done.call);
      else if (called && done.kind !== "shift.ready" && !goesOnAfter(called, timeOf(done))) called = undefined;
      act += 1;
    }
    while (absence < absences.length && timeOf(absences[absence] as Absence) <= from) absence += 1;
    const done = acts[act - 1];
    if (!done) continue;
    const gone = absences[absence - 1];
    const away = gone?.kind === "shift.away" && timeOf(gone) > done.at && !saved.some((at) => at >= timeOf(gone) && at <= from) ? gone : undefined;
    const doing = doingAt(from, done.act, called, gaps.find((gap) => gap.from <= from && from < gap.to)?.cause, away, now);
    if (!doing) continue;
    const last = periods.at(-1);
    if (last && last.to === from && same(last, doing)) periods[periods.length - 1] = { ...last, to };
    else periods.push({ ...doing, from, to });
  }
  return periods;
}

/** What is done at a moment after an act, given what else holds then (rules H1, H2, H4–H6); undefined off shift. */
function doingAt(at: Millis, act: Act, called: CallRecord | undefined, gap: FactOf<"shift.gap">["cause"] | undefined, away: FactOf<"shift.away"> | undefined, now: Millis): Doing | undefined {
  const phase = called && phaseAt(called, at, now);
  if (!called || phase === "over") {
    if (act.kind === "shift.ended") return undefined;
    if (act.kind === "shift.break") return { state: "break", reason: act.reason };
  }
  if (gap) return { state: "offline", cause: gap };
  if (called && (phase === "dialing" || phase === "inCall")) return { state: phase, call: called.call };
  if (phase === "lost") return { state: "offline", cause: "lost" };
  if (away) return { state: "away", source: away.source };
  return called && phase === "wrapUp" ? { state: "wrapUp", call: called.call } : { state: "ready" };
}

/** Does a call go on over something else that was done: was it answered, or did it end, after that? Otherwise it was left (rule H4). */
function goesOnAfter({ answered, ended }: CallRecord, at: Millis): boolean {
  return (answered !== undefined && timeOf(answered) > at) || (ended !== undefined && timeOf(ended) > at);
}

function phaseAt(call: CallRecord, at: Millis, now: Millis): "dialing" | "inCall" | "wrapUp" | "lost" | "over" {
  const { answered, ended } = call;
  const outcome = firstOutcome(call);
  if (outcome && timeOf(outcome) <= at) return "over";
  if (ended && timeOf(ended) <= at) return "wrapUp";
  const left = leftAt(call, now);
  if (left !== undefined && left <= at) return "lost";
  return answered && timeOf(answered) <= at ? "inCall" : "dialing";
}

/** When a call that never ended was heard of for the last time, once that is long enough ago (rule H4). */
function leftAt({ ended, outcome, heard }: CallRecord, now: Millis): Millis | undefined {
  return !ended && !outcome && heard !== undefined && now - heard >= CALL_SILENCE ? heard : undefined;
}

function firstOutcome({ outcomes, outcome }: CallRecord): FactOf<"outcome.saved"> | undefined {
  return outcomes?.[0] ?? outcome;
}

/** When the call was answered, ended and given its first outcome. */
function turnsOf(call: CallRecord): readonly Millis[] {
  return [call.answered, call.ended, firstOutcome(call)].flatMap((fact) => (fact ? [timeOf(fact)] : []));
}

/** When outcomes were saved, corrections too: whoever saves one sits at the desk. */
function savings({ book }: Ledger, from: Millis, to: Millis): readonly Millis[] {
  const times: Millis[] = [];
  for (const { outcomes = [], heard } of book.values()) {
    if (heard === undefined || heard < from) continue;
    for (const outcome of outcomes) {
      const at = timeOf(outcome);
      if (at >= from && at <= to) times.push(at);
    }
  }
  return times.sort((a, b) => a - b);
}

/** The last moment of a day at which anything is known of the person (rule H7). */
function lastKnown({ acts, absences, gaps, book }: Ledger, start: Millis, next: Millis): Millis {
  let last = -Infinity;
  const known = (at: Millis): void => { if (at >= start && at < next && at > last) last = at; };
  const act = acts[lowest(acts, (one) => timeOf(one) >= next) - 1];
  if (act) known(timeOf(act));
  for (const absence of absences) known(timeOf(absence));
  for (const gap of gaps) { known(gap.since + gap.offset); known(timeOf(gap)); }
  for (const call of book.values()) {
    const { answered, ended, outcomes = [] } = call;
    // Nobody has spoken of it since what is known already.
    if (call.heard === undefined || call.heard < Math.max(start, last)) continue;
    for (const fact of [answered, ended, ...outcomes]) if (fact) known(timeOf(fact));
    if (!ended && outcomes.length === 0 && call.heard !== undefined) known(call.heard);
    // A call that was up over midnight was up till midnight.
    if (call.dialed && timeOf(call.dialed) >= start && timeOf(call.dialed) < next && turnsOf(call).some((at) => at >= next)) last = next;
  }
  return last;
}

/** The first place of a list in order where `is` holds; its length when it holds nowhere. */
function lowest<T>(list: readonly T[], is: (one: T) => boolean): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (is(list[middle] as T)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function same(a: Doing, b: Doing): boolean {
  if (a.state === "break") return b.state === "break" && a.reason === b.reason;
  if (a.state === "away") return b.state === "away" && a.source === b.source;
  if (a.state === "offline") return b.state === "offline" && a.cause === b.cause;
  if (a.state === "ready") return b.state === "ready";
  return a.state === b.state && a.call === b.call;
}
