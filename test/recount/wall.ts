import type { Fact } from "#domain/fact.ts";

/** Y3: the time of a fact is the device's clock plus the difference to the server's clock; always a moment that there is. */
export function when(fact: Fact): number {
  const time = fact.at + fact.offset;
  if (time > 8.64e15) return 8.64e15;
  if (time < -8.64e15) return -8.64e15;
  return time;
}

/** Sorted by time; of the same moment, by id. */
export function inOrder(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => {
    if (when(a) !== when(b)) return when(a) < when(b) ? -1 : 1;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  });
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const written = new Map<string, { readonly day: string; readonly minutes: number }>();

/** Q6: the day and the minute (with its fraction in whole seconds) on the wall of the company. */
export function onTheWall(time: number, timeZone: string): { readonly day: string; readonly minutes: number } {
  const key = `${timeZone} ${time}`;
  const known = written.get(key);
  if (known) return known;
  let clock = clocks.get(timeZone);
  if (!clock) clocks.set(timeZone, clock = new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" }));
  const [day = "", text = ""] = clock.format(time).split(" ");
  const [hours, minutes, seconds] = text.split(":").map(Number) as [number, number, number];
  const wall = { day, minutes: hours * 60 + minutes + seconds / 60 };
  if (written.size > 50_000) written.clear();
  written.set(key, wall);
  return wall;
}

/** Minutes on the wall since the midnight that begins `day`; days of 24 hours, whatever the clock did. */
function minutesAfter(time: number, day: string, timeZone: string): number {
  // Where a calendar writes years of five digits, any minute is far away.
  if (Math.abs(time) > 2e14) return time > 0 ? Infinity : -Infinity;
  const wall = onTheWall(time, timeZone);
  return ((Date.parse(`${wall.day}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000) * 1440 + wall.minutes;
}

/** Q12: has the clock on the wall ever shown so many minutes after the midnight that begins `day`? It may have been put back since. */
export function hasShown(minutes: number, time: number, day: string, timeZone: string): boolean {
  // No zone puts its clock back by more than an hour and a half, and all do it on a quarter of an hour: what it showed just before each.
  const quarter = 15 * 60_000;
  for (let back = 0; back < 8; back += 1) {
    const moment = back === 0 ? time : Math.floor(time / quarter) * quarter - (back - 1) * quarter - 1;
    if (minutesAfter(moment, day, timeZone) >= minutes) return true;
  }
  return false;
}
