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

/** A day of a time zone and its first and last moment: a whole floor asks again and again about the same day or two. */
interface Bounds { readonly day: string; readonly timeZone: string; readonly from: Millis; readonly to: Millis }
let lately: readonly Bounds[] = [];

/** The working day (`YYYY-MM-DD`) that a moment belongs to, in the company's time zone (rule Q6). */
export function dayOf(at: Millis, timeZone: string): string {
  const known = lately.find((one) => at >= one.from && at < one.to && one.timeZone === timeZone);
  if (known) return known.day;
  const { day } = wallClock(at, timeZone);
  if (usual(day)) lately = [{ day, timeZone, from: dayStart(day, timeZone), to: dayStart(dayAfter(day, 1), timeZone) }, ...lately.slice(0, 99)];
  return day;
}

/** A year of four digits: a clock may say anything, and no fact is refused for its time (rule Y7). */
function usual(day: string): boolean {
  return /^[1-9]\d{3}-/.test(day) && !day.startsWith("9999");
}

/** The first moment of a day in a time zone, whatever clocks are changed in that night. */
export function dayStart(day: string, timeZone: string): Millis {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // No zone is a whole day from UTC; days do not overlap, so the first moment can be halved in on.
  let [before, after] = [midnight - 86_400_000, midnight + 86_400_000];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallClock(middle, timeZone).day < day) before = middle;
    else after = middle;
  }
  return after;
}

/** So many days later, or earlier, than a day (`YYYY-MM-DD`); the day itself when it lies so far off that no work is done on it. */
export function dayAfter(day: string, days: number): string {
  if (!usual(day)) return day;
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
