import { expect, it } from "vitest";
import { dayAfter, dayOf, dayStart, wallClock, weekdayOf } from "#domain/base/day.ts";

// Zones far east and west of UTC, one whose clocks change at midnight, and two ordinary ones.
const zones = ["Europe/Moscow", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Beirut", "America/New_York"];

it("[Q6] knows the day of a moment and its first moment in every zone, also when clocks change at midnight", () => {
  for (const zone of zones) {
    for (let hours = 0; hours < 2000; hours += 37) {
      const at = Date.UTC(2026, 1, 1, hours);
      expect(dayOf(at, zone)).toBe(wallClock(at, zone).day);
    }
    for (const day of ["2026-03-29", "2026-10-25", "2026-11-23"]) {
      const start = dayStart(day, zone);
      expect([wallClock(start, zone).day, wallClock(start - 1, zone).day]).toEqual([day, dayAfter(day, -1)]);
    }
  }
  expect([dayAfter("2026-12-31", 1), dayAfter("2028-03-01", -1), weekdayOf("2026-11-23"), weekdayOf("2026-11-29")]).toEqual(["2027-01-01", "2028-02-29", 1, 7]);
});

it("[Y7] takes any moment that a clock may name", () => {
  for (const at of [8.64e15, -8.64e15, Date.UTC(9999, 11, 31), -62_135_596_800_001]) expect(dayOf(at, "Europe/Moscow")).toBe(wallClock(at, "Europe/Moscow").day);
});
