import type { Company } from "../base/campaign.ts";
import { dayAfter, wallClock } from "../base/day.ts";
import { timeOf, type Envelope } from "../base/envelope.ts";

/** When a company's days close for pay (rule Q12). */
export interface Closing {
  readonly timeZone: string;
  /** Minutes after the midnight that ends the day. */
  readonly closes: number;
}

const NOON = 12 * 60;

export function closingOf({ timeZone, closes = NOON }: Pick<Company, "timeZone" | "closes">): Closing {
  return { timeZone, closes };
}

/** Was this said of a day (`YYYY-MM-DD`) when that day had closed? Such a fact is kept and shown, and changes no number of the day. */
export function isLate(fact: Envelope, day: string, closing: Closing): boolean {
  return closedAt(timeOf(fact), day, closing);
}

/** Between these moments the text of a day sorts by time: years of four digits, of our era. */
const SORTABLE = { from: -6.2e13, to: 2.5e14 };

/** Has the day closed at this moment? */
export function closedAt(at: number, day: string, { timeZone, closes }: Closing): boolean {
  // A clock may be wrong beyond all bounds (rule Y7).
  if (at < SORTABLE.from || at > SORTABLE.to) return at > 0;
  const now = wallClock(at, timeZone);
  const last = dayAfter(day, 1 + Math.floor(closes / 1440));
  return now.day > last || (now.day === last && now.minutes >= closes % 1440);
}
