import type { Fact } from "#domain/fact.ts";
import { inOrder, onTheWall, when } from "./wall.ts";

/** What somebody did from one moment to another, in words: `ready`, `inCall c1`, `break lunch`, `away locked`, `offline asleep`. */
export interface RecountedPeriod { readonly doing: string; readonly from: number; readonly to: number }

/** One person's shift, by the rules H1 to H7 alone. */
export interface RecountedShift {
  /** In order; what was off lies between them. */
  readonly periods: readonly RecountedPeriod[];
  /** Milliseconds of the whole shift. */
  readonly whole: number;
  /** Milliseconds by what was done, the id of a call left out. */
  readonly sums: Readonly<Record<string, number>>;
  /** What is done at the very end, and what began then counts; `off` before the shift and after it. */
  readonly now: string;
}

interface Call { dialed?: number; answered?: number; ended?: number; outcome?: number; heard: number }

/**
 * The shift of the day that `now` lies in.
 * @param all every fact that there is, of anybody, in any order, some perhaps twice
 * @param now milliseconds
 */
export function recountShift(all: readonly Fact[], agent: string, now: number, timeZone: string): RecountedShift {
  const once = new Map<string, Fact>();
  for (const fact of all) if (fact.by === agent) once.set(fact.id, fact);
  const facts = inOrder([...once.values()]);
  const { day } = onTheWall(now, timeZone);
  const midnight = firstMoment(now, (at) => onTheWall(at, timeZone).day === day);
  const next = firstMoment(midnight + 36 * 3_600_000, (at) => onTheWall(at, timeZone).day > day);
  const today = (at: number): boolean => at >= midnight && at < next;

  // Of several words on a call the first holds; the second line is none of them (B1), nor is a lead's or the server's word.
  const calls = new Map<string, Call>();
  for (const fact of facts) {
    if (!("call" in fact) || fact.kind.startsWith("side.") || fact.kind === "contact.checked" || fact.kind === "call.late") continue;
    const call = calls.get(fact.call) ?? { heard: -Infinity };
    calls.set(fact.call, call);
    call.heard = Math.max(call.heard, when(fact));
    if (fact.kind === "call.dialed") call.dialed ??= when(fact);
    if (fact.kind === "call.answered") call.answered ??= when(fact);
    if (fact.kind === "call.ended") call.ended ??= when(fact);
    if (fact.kind === "outcome.saved") call.outcome ??= when(fact);
  }
  const isAct = (fact: Fact): boolean => ["shift.ready", "shift.break", "shift.ended", "prospect.opened", "call.dialed"].includes(fact.kind);
  const acts = facts.filter((fact) => isAct(fact) && today(when(fact))).map((fact) => ({ fact, at: when(fact) }));
  // H3: only a call that was the last act before midnight, and of which something happened since, is carried over.
  const before = facts.findLast((fact) => isAct(fact) && when(fact) < midnight);
  const carried = before?.kind === "call.dialed" ? calls.get(before.call) : undefined;
  if (before && carried && [carried.answered, carried.ended, carried.outcome].some((at) => at !== undefined && at >= midnight)) acts.unshift({ fact: before, at: midnight });
  const first = acts[0];
  if (!first) return { periods: [], whole: 0, sums: {}, now: "off" };

  // H7: to now, or to the last moment of the day of which anything is known.
  const known: number[] = acts.map(({ at }) => at);
  for (const fact of facts) {
    if (["shift.away", "shift.back", "call.answered", "call.ended", "outcome.saved"].includes(fact.kind)) {
      // Of answers and ends the first; of outcomes any.
      const call = "call" in fact ? calls.get(fact.call) : undefined;
      if (!call || fact.kind === "outcome.saved" || (fact.kind === "call.answered" ? call.answered : call.ended) === when(fact)) known.push(when(fact));
    }
    if (fact.kind === "shift.gap") known.push(fact.since + fact.offset, when(fact));
  }
  for (const { ended, outcome, heard } of calls.values()) if (ended === undefined && outcome === undefined) known.push(heard);
  const upToMidnight = [...calls.values()].some(({ dialed, answered, ended, outcome }) => dialed !== undefined && today(dialed) && [answered, ended, outcome].some((at) => at !== undefined && at >= next));
  const end = upToMidnight ? next : Math.max(now, ...known.filter(today));

  // What is done changes only at a moment that some fact names. So each of them is looked at anew.
  const edges = new Set([first.at, end]);
  for (const fact of facts) {
    edges.add(when(fact));
    if (fact.kind === "shift.gap") edges.add(fact.since + fact.offset);
  }
  const moments = [...edges].filter((at) => at >= first.at && at <= end).sort((a, b) => a - b);
  const doingAt = (moment: number): string => {
    const done = acts.filter(({ at }) => at <= moment);
    const last = done.at(-1);
    if (!last) return "off";
    // H1: the call is the one dialed last. H4: it is left with the next act that is neither `ready` nor a dial, unless it was answered or ended after that.
    const dial = done.findLastIndex(({ fact }) => fact.kind === "call.dialed");
    const dialed = done[dial]?.fact;
    const call = dialed?.kind === "call.dialed" ? calls.get(dialed.call) : undefined;
    let doing: string | undefined;
    if (call && dialed?.kind === "call.dialed") {
      const { answered, ended, outcome, heard } = call;
      const left = done.slice(dial + 1).some(({ fact, at }) => fact.kind !== "shift.ready" && !(answered !== undefined && answered > at) && !(ended !== undefined && ended > at));
      if (!left && !(outcome !== undefined && outcome <= moment)) {
        if (ended !== undefined && ended <= moment) doing = `wrapUp ${dialed.call}`;
        else if (ended === undefined && outcome === undefined && now - heard >= 2 * 3_600_000 && moment >= heard) doing = "offline lost";
        else doing = `${answered !== undefined && answered <= moment ? "inCall" : "dialing"} ${dialed.call}`;
      }
    }
    // H2.
    if (doing === undefined && last.fact.kind === "shift.ended") return "off";
    if (doing === undefined && last.fact.kind === "shift.break") return `break ${last.fact.reason}`;
    // H6: of gaps that overlap the one that was known of first.
    const gap = facts.find((fact) => fact.kind === "shift.gap" && fact.since + fact.offset <= moment && moment < when(fact) && !acts.some(({ at }) => at > fact.since + fact.offset && at <= moment));
    if (gap?.kind === "shift.gap") return `offline ${gap.cause}`;
    if (doing !== undefined && !doing.startsWith("wrapUp")) return doing;
    // H5.
    const gone = facts.findLast((fact) => (fact.kind === "shift.away" || fact.kind === "shift.back") && today(when(fact)) && when(fact) <= moment);
    if (gone?.kind === "shift.away" && last.at < when(gone) && !facts.some((fact) => fact.kind === "outcome.saved" && when(fact) >= when(gone) && when(fact) <= moment)) return `away ${gone.source}`;
    return doing ?? "ready";
  };

  const periods: RecountedPeriod[] = [];
  const sums: Record<string, number> = {};
  let whole = 0;
  for (const [index, from] of moments.entries()) {
    const to = moments[index + 1];
    const doing = doingAt(from);
    if (to === undefined || doing === "off") continue;
    const previous = periods.at(-1);
    if (previous?.to === from && previous.doing === doing) periods[periods.length - 1] = { ...previous, to };
    else periods.push({ doing, from, to });
    whole += to - from;
    const what = /^(dialing|inCall|wrapUp) /.exec(doing)?.[1] ?? doing;
    sums[what] = (sums[what] ?? 0) + to - from;
  }
  return { periods, whole, sums, now: doingAt(end) };
}

/** The first moment within two days before `at` from which on it holds, up to `at`. */
function firstMoment(at: number, holds: (moment: number) => boolean): number {
  let [before, after] = [at - 48 * 3_600_000, at];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}
