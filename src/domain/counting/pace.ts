import type { Millis } from "../base/envelope.ts";
import type { Company } from "../base/campaign.ts";
import { wallClock } from "../base/day.ts";
import { emptyLedger } from "./ledger.ts";
import { dueAt, stretchAt, stretchesOf, type Stretch } from "./plan.ts";

/** Progress against the clock. */
export interface Pace {
  /** Due by now, in the unit of the plan, not rounded. */
  readonly due: number;
  readonly state: "done" | "ahead" | "onPace" | "behind";
  /** Minutes since midnight at which the target will be met at today's rate; undefined while nothing can be said. */
  readonly finish?: number;
}

/** How a count stands against the company's own plan at `now` (rule Q9). */
export function paceAt(count: number, now: Millis, company: Company): Pace {
  const { day, minutes } = wallClock(now, company.timeZone);
  return paceIn(count, minutes, stretchesOf(emptyLedger, day, company));
}

/** How a count stands against the plans of a day at a minute of it: within a twentieth of the target of what is due one is on pace (rule Q9). */
export function paceIn(count: number, minute: number, stretches: readonly Stretch[]): Pace {
  const stretch = stretchAt(stretches, minute);
  const { target, plan } = stretch;
  const due = dueAt(stretch, minute);
  if (count >= target) return { due, state: "done" };
  const slack = Math.max(1, target * 0.05);
  const state = count >= due + slack ? "ahead" : count >= due - slack ? "onPace" : "behind";
  const worked = Math.min(Math.max(minute - plan.start, 0), Math.max(0, plan.end - plan.start));
  if (count === 0 || worked === 0) return { due, state };
  return { due, state, finish: Math.round(plan.start + (worked * target) / count) };
}
