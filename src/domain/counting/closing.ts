import type { Company } from "../base/campaign.ts";
import { clockShows, dayAfter } from "../base/day.ts";
import { timeOf, type Envelope, type Millis } from "../base/envelope.ts";

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

/** Between these moments a day and its closing are moments that a date can name. */
const NAMED = { from: -6.2e13, to: 2.5e14 };

/** Has the day closed at this moment? A day that has closed stays closed, also in a night in which the clock is put back. */
export function closedAt(at: Millis, day: string, closing: Closing): boolean {
  // A clock may be wrong beyond all bounds (rule Y7).
  if (at < NAMED.from || at > NAMED.to) return at > 0;
  return at >= closingMoment(day, closing);
}

/** By zone, minutes and day; a wallboard asks for each fact of a day again and again. */
const moments = new Map<string, Millis>();
const REMEMBERED = 1000;

function closingMoment(day: string, { timeZone, closes }: Closing): Millis {
  const key = `${timeZone} ${closes} ${day}`;
  let moment = moments.get(key);
  if (moment === undefined) {
    const last = dayAfter(day, 1 + Math.floor(closes / 1440));
    // A day so far off that none comes after it never closes.
    moment = last === day ? Infinity : clockShows(last, closes % 1440, timeZone);
    if (moments.size >= REMEMBERED) moments.clear();
    moments.set(key, moment);
  }
  return moment;
}
