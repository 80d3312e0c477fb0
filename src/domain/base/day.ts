import type { Millis } from "./envelope.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone, year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Wall-clock parts of a moment in a time zone. */
export interface WallClock {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Minutes since local midnight, with fractions for seconds. */
  readonly minutes: number;
}

/** The moment as the clock on a wall in `timeZone` (an IANA name) shows it. Throws RangeError for an unknown zone. */
export function wallClock(at: Millis, timeZone: string): WallClock {
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) part[type] = value;
  return {
    day: `${part["year"]}-${part["month"]}-${part["day"]}`,
    minutes: Number(part["hour"]) * 60 + Number(part["minute"]) + Number(part["second"]) / 60,
  };
}

/** The working day (`YYYY-MM-DD`) that a moment belongs to, in the company's time zone (rule Q6). */
export function dayOf(at: Millis, timeZone: string): string {
  return wallClock(at, timeZone).day;
}

/** So many days later, or earlier, than a day (`YYYY-MM-DD`). */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
