import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Campaign, Company } from "#domain/base/campaign.ts";
import { dayAfter, dayOf, dayStart, wallClock } from "#domain/base/day.ts";
import { closedAt } from "#domain/counting/closing.ts";
import { countDay } from "#domain/counting/day.ts";
import { emptyLedger, writeLedger } from "#domain/counting/ledger.ts";
import type { Fact } from "#domain/fact.ts";
import { boardRows, emptyBoard, writeBoard } from "#domain/wallboard/board.ts";
import { periodsOf, timeSum, windowOf } from "#domain/wallboard/periods.ts";
import { anyCalls, anyCampaigns, anyCompany, anyFacts } from "#test/kit/anyDay.ts";
import { fact, HOUR, MINUTE, person, TEN } from "#test/kit/facts.ts";
import { recount } from "./recount.ts";
import { inWordsOfRecount, shiftInWordsOfRecount } from "./sameNumbers.ts";
import { recountShift } from "./shift.ts";

// The days of `anyDay.ts`, moved to where calendars are at their worst. Offsets of a zone's own are written out, so that the moment
// does not come from the code under test.
const DAYS: readonly (readonly [zone: string, moment: string])[] = [
  // A day of 23 hours, and the minutes in which its clock is put forward; a day of 25, and those in which it is put back.
  ["Europe/Berlin", "2026-03-29T10:00:00+02:00"], ["Europe/Berlin", "2026-03-29T01:58:00+01:00"],
  ["Europe/Berlin", "2026-10-25T10:00:00+01:00"], ["Europe/Berlin", "2026-10-25T02:58:00+02:00"], ["Europe/Berlin", "2026-10-24T23:58:00+02:00"],
  // Put forward at midnight: a day that begins at one o'clock. Put back at midnight: the last hour of a day comes twice.
  ["Africa/Cairo", "2026-04-24T01:00:00+03:00"], ["Asia/Beirut", "2026-03-29T10:00:00+03:00"], ["America/Santiago", "2026-04-04T23:58:00-03:00"], ["America/Havana", "2026-11-01T00:58:00-04:00"],
  // Half an hour of summer time, zones of half and quarter hours, the first and the last place on earth where it is today.
  ["Australia/Lord_Howe", "2026-04-05T01:58:00+11:00"], ["Asia/Kolkata", "2026-11-23T23:58:00+05:30"], ["Asia/Kathmandu", "2026-11-23T10:00:00+05:45"],
  ["Pacific/Kiritimati", "2026-11-23T23:58:00+14:00"], ["Pacific/Pago_Pago", "2026-11-23T00:00:00-11:00"],
  // The day that there is every four years, the one after it, and the turn of a year.
  ["Europe/Moscow", "2028-02-29T10:00:00+03:00"], ["Europe/Moscow", "2028-02-29T23:58:00+03:00"], ["America/St_Johns", "2026-12-31T23:58:00-03:30"],
];

const team = [person("anna"), person("oleg"), person("vera")];
const order = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));
const RUNS = Number(process.env["RUNS"] ?? 8);

/** The same day, elsewhere: every moment by so much later, every name of a day likewise. */
function moved(facts: readonly Fact[], later: number, days: (day: string) => string): readonly Fact[] {
  return facts.map((one): Fact => {
    const at = one.at + (Math.abs(one.at) > 8e15 || one.at === 0 ? 0 : later);
    if (one.kind === "shift.gap") return { ...one, at, since: one.since + later };
    if (one.kind === "target.set") return { ...one, at, from: days(one.from), to: days(one.to) };
    return { ...one, at };
  });
}

describe.each(DAYS)("in %s, about %s", (timeZone, moment) => {
  const later = Date.parse(moment) - TEN;
  const apart = Math.round((Date.parse(`${dayOf(Date.parse(moment), timeZone)}T00:00Z`) - Date.parse("2026-11-23T00:00Z")) / (24 * HOUR));
  const days = (day: string): string => dayAfter(day, apart);
  const settled = (company: Company): Company => ({ ...company, timeZone, ...(company.earlier ? { earlier: company.earlier.map((one) => ({ ...one, until: days(one.until) })) } : {}) });
  const changed = anyCampaigns.map((one): Campaign => (one.earlier ? { ...one, earlier: one.earlier.map((past) => ({ ...past, until: past.until + later })) } : one));
  const campaigns = new Map(changed.map((one) => [one.id, one]));

  it.each([["as a desk writes them", anyCalls], ["as nobody would ever write them", anyFacts]] as const)("[Y5] [Q6] [Q10] [Q12] [H3] [H7] facts %s give the recount's numbers and shift, in any order and in batches", (_, facts) => {
    const hours = fc.oneof(fc.integer({ min: -12, max: 30 }).map((hour) => hour * HOUR), fc.integer({ min: -5, max: 70 }).map((minute) => minute * MINUTE));
    fc.assert(fc.property(facts, order, fc.integer({ min: 1, max: 9 }), hours, anyCompany, fc.constantFrom(undefined, 150, 45, 1440 + 90), (any, chance, size, after, somewhere, closes) => {
      const company: Company = { ...settled(somewhere), ...(closes === undefined ? {} : { closes }) };
      const all = moved(any, later, days);
      const now = Date.parse(moment) + after;
      const arrived = [...all.map((one) => ({ one, key: chance.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one), ...all.slice(0, size)];
      let board = emptyBoard;
      for (let at = 0; at < arrived.length; at += size) board = writeBoard(board, arrived.slice(at, at + size));
      for (const row of boardRows(board, team, new Set(), now, company, campaigns)) {
        expect(inWordsOfRecount(row.day)).toEqual(recount(all, row.person.id, now, company, changed));
        expect(shiftInWordsOfRecount(board.people.get(row.person.id) ?? emptyLedger, now, company)).toEqual(recountShift(all, row.person.id, now, timeZone));
      }
    }), { numRuns: RUNS });
  });

  it("[H7] a shift over the whole day is as long as the day is, without holes, and its neighbours take nothing of it", () => {
    const day = dayOf(Date.parse(moment), timeZone);
    const [start, next] = [dayStart(day, timeZone), dayStart(dayAfter(day, 1), timeZone)];
    const night = [fact({ kind: "shift.ready" }, start), fact({ kind: "shift.break", reason: "lunch" }, start + 3 * HOUR), fact({ kind: "shift.ready" }, start + 4 * HOUR), fact({ kind: "shift.ready" }, next - 1), fact({ kind: "shift.ready" }, next)];
    const ledger = writeLedger(emptyLedger, night);
    const periods = periodsOf(ledger, windowOf(ledger, next - 1, timeZone));
    expect(timeSum(periods)).toMatchObject({ whole: next - 1 - start, breaks: { lunch: HOUR } });
    for (const [index, { from }] of periods.entries()) expect(from).toBe(periods[index - 1]?.to ?? start);
    expect(timeSum(periodsOf(ledger, windowOf(ledger, next, timeZone))).whole).toBe(0);
  });

  it("[Q12] a day that has closed stays closed, and closes when the clock first shows the minute", () => {
    const day = dayAfter(dayOf(Date.parse(moment), timeZone), -1);
    for (const closes of [0, 30, 90, 150, 23 * 60 + 30, 720, 1440 + 150]) {
      const due = dayAfter(day, 1 + Math.floor(closes / 1440));
      let closed = false;
      for (let at = dayStart(day, timeZone); at < dayStart(day, timeZone) + 80 * HOUR; at += 15 * MINUTE) {
        const wall = wallClock(at, timeZone);
        const shown = wall.day > due || (wall.day === due && wall.minutes >= closes % 1440);
        closed ||= shown;
        expect([at, closedAt(at, day, { timeZone, closes })]).toEqual([at, closed]);
      }
      expect(closed).toBe(true);
    }
  });

  it("[Q6] the day's figures of a moment are those of the day that the wall shows", () => {
    const company: Company = { name: "x", timeZone, target: 10, workStart: 0, workEnd: 1439, breaks: { rest: 15, lunch: 45, training: 60, other: 10 } };
    for (let at = Date.parse(moment) - 26 * HOUR; at < Date.parse(moment) + 26 * HOUR; at += 35 * MINUTE) expect(countDay(emptyLedger, at, company, campaigns).day).toBe(wallClock(at, timeZone).day);
  });
});
