import type { Company } from "../base/campaign.ts";
import type { Millis } from "../base/envelope.ts";
import { wallClock } from "../base/day.ts";

/** Progress against the clock. */
export interface Pace {
  /** Contacts due by now, not rounded. */
  readonly due: number;
  readonly state: "done" | "ahead" | "onPace" | "behind";
  /** Minutes since midnight at which the target will be met at today's rate; undefined while nothing can be said. */
  readonly finish?: number;
}

/** How `count` contacts stand against the target at `now`: the target falls due evenly over the working day (rule Q9). */
export function paceAt(count: number, now: Millis, company: Company): Pace {
  const { minutes } = wallClock(now, company.timeZone);
  const length = company.workEnd - company.workStart;
  const worked = Math.min(Math.max(minutes - company.workStart, 0), length);
  const due = length > 0 ? (company.target * worked) / length : company.target;
  if (count >= company.target) return { due, state: "done" };
  const slack = Math.max(1, company.target * 0.05);
  const state = count >= due + slack ? "ahead" : count >= due - slack ? "onPace" : "behind";
  if (count === 0 || worked === 0) return { due, state };
  return { due, state, finish: Math.round(company.workStart + (worked * company.target) / count) };
}
