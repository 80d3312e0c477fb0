import fc from "fast-check";
import { expect, it } from "vitest";
import { wallClock } from "#domain/base/day.ts";

const ZONES = ["Europe/Moscow", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Chatham", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza", "UTC"];

/** What the system's own calendar says, asked another way. */
function onTheWall(at: number, timeZone: string): { day: string; minutes: number } {
  const [day = "", clock = ""] = new Date(at).toLocaleString("sv-SE", { timeZone }).split(" ");
  const [hours, minutes, seconds] = clock.split(":").map(Number) as [number, number, number];
  return { day, minutes: hours * 60 + minutes + seconds / 60 };
}

it("[Q6] shows any moment in any zone as the system's calendar does, whatever was asked before", () => {
  const moment = fc.integer({ min: Date.UTC(2019, 11, 30), max: Date.UTC(2037, 0) });
  fc.assert(fc.property(moment, fc.constantFrom(...ZONES), (at, zone) => {
    const wall = wallClock(at, zone);
    const other = onTheWall(at, zone);
    expect(wall.day).toBe(other.day);
    expect(wall.minutes).toBeCloseTo(other.minutes, 6);
  }), { numRuns: 2000 });
});

it("[Q6] goes with a zone that changes its clock, to the second", () => {
  for (const zone of ["Pacific/Chatham", "America/St_Johns", "Australia/Lord_Howe"]) {
    let changes = 0;
    for (let hour = Date.UTC(2026, 0); hour < Date.UTC(2027, 0); hour += 30 * 60_000) {
      // Only around a change: an hour on the wall that is no hour of time.
      const [before, after] = [wallClock(hour - 1000, zone), wallClock(hour, zone)];
      const step = (after.minutes - before.minutes + 1440) % 1440;
      if (Math.abs(step - 1 / 60) < 0.001) continue;
      changes += 1;
      expect(before).toMatchObject({ day: onTheWall(hour - 1000, zone).day });
      expect(after.minutes).toBeCloseTo(onTheWall(hour, zone).minutes, 6);
    }
    expect(changes).toBe(2);
  }
});
