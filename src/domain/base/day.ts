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

/** Between these moments no zone changes its clock but on a quarter of an hour of UTC (IANA time zone data, 2020 to 2037 and its rules beyond). */
const EVEN = { from: Date.UTC(2020, 0), to: Date.UTC(2100, 0) };
const QUARTER = 15 * 60_000;
const DAY = 86_400_000;
/** How many quarters of an hour are remembered for a zone: some fifty days. */
const REMEMBERED = 5_000;

/** Difference of a zone's clock to UTC in a quarter of an hour, milliseconds. A wallboard asks for ten thousand moments of one day. */
const differences = new Map<string, Map<number, Millis>>();
const dayNames = new Map<number, string>();

/** The moment as the clock on a wall in `timeZone` (an IANA name) shows it. Throws RangeError for an unknown zone. */
export function wallClock(at: Millis, timeZone: string): WallClock {
  if (at < EVEN.from || at >= EVEN.to) return asked(at, timeZone);
  let known = differences.get(timeZone);
  if (!known) differences.set(timeZone, (known = new Map()));
  const quarter = Math.floor(at / QUARTER);
  let difference = known.get(quarter);
  if (difference === undefined) {
    const start = quarter * QUARTER;
    const { day, minutes } = asked(start, timeZone);
    difference = Date.parse(`${day}T00:00:00Z`) + Math.round(minutes * 60_000) - start;
    if (known.size >= REMEMBERED) known.clear();
    known.set(quarter, difference);
  }
  const local = at + difference;
  const number = Math.floor(local / DAY);
  return { day: dayName(number), minutes: Math.floor((local - number * DAY) / 1000) / 60 };
}

function dayName(number: number): string {
  let name = dayNames.get(number);
  if (name === undefined) {
    name = new Date(number * DAY).toISOString().slice(0, 10);
    if (dayNames.size >= REMEMBERED) dayNames.clear();
    dayNames.set(number, name);
  }
  return name;
}

/** What the system's calendar says; some microseconds each time. */
function asked(at: Millis, timeZone: string): WallClock {
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

/**
 * The first moment of a day at which its clock shows a minute of that day (0 to 1439) or a later one: where the clock is put back
 * over that minute, the first of the two; where it is put forward over it, the moment at which that is done.
 */
export function clockShows(day: string, minute: number, timeZone: string): Millis {
  const start = dayStart(day, timeZone);
  const shows = (at: Millis): boolean => { const wall = wallClock(at, timeZone); return wall.day > day || wall.minutes >= minute; };
  // Zones change their clocks on quarters of an hour of UTC (see above), so that within one the clock goes evenly.
  let at = start;
  while (!shows(at)) {
    const next = (Math.floor(at / QUARTER) + 1) * QUARTER;
    if (shows(next - 1)) return at + Math.ceil((minute - wallClock(at, timeZone).minutes) * 60_000 - at % 1000);
    at = next;
  }
  return at;
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
