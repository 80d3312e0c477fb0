// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { clockLead, deviceNow } from "#client/sync/deviceClock.ts";
import { createEvenClock, type EvenClock } from "#client/sync/evenClock.ts";
import { HOUR, MINUTE, SECOND, TEN } from "#test/kit/facts.ts";

/** The company's clock, which nobody puts; `asleep`: the device's ticks stood still for so long. */
let asleep = 0;
let offset = 0;
let reachable = true;
let clock: EvenClock;
let ticks = 0;
/** What lies in the browser, whichever page looks. */
let left: string | null = null;
const company = () => TEN + performance.now() - ticks + asleep;

const openPage = (): EvenClock => createEvenClock({
  offset: () => offset, rightEnough: 2 * SECOND, kept: { read: () => left, write: (text) => { left = text; } },
  moved: (by) => { offset -= by; },
  ask: () => {
    if (reachable) offset = company() - deviceNow();
    return Promise.resolve(reachable);
  },
});

beforeEach(() => {
  vi.useFakeTimers({ now: TEN });
  ticks = performance.now();
  [asleep, offset, reachable, left] = [0, 0, true, null];
  clock = openPage();
});
afterEach(() => {
  clock.keep(false);
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Somebody, or a time server, puts the computer's clock. */
const put = (by: number) => { vi.setSystemTime(Date.now() + by); };
/** The computer sleeps, and its ticks with it. */
const sleep = (ms: number) => {
  asleep += ms;
  put(ms);
};

it.each([HOUR, -HOUR])("[Y12] goes evenly while a call is up, though the computer's clock is put by %i ms, and no time changes", async (by) => {
  await pass(10 * SECOND);
  clock.keep(true);
  const answered = deviceNow();
  await pass(20 * SECOND);
  put(by);
  await pass(20 * SECOND);
  const ended = { at: deviceNow(), offset };
  expect(ended.at - answered).toBe(40 * SECOND);
  expect(ended.at + ended.offset).toBe(company());
  clock.keep(false);
  // The computer's again, and the company's time goes on without a seam.
  expect(deviceNow()).toBe(Date.now());
  expect(deviceNow() + offset).toBe(company());
});

it("[Y12] takes a computer that slept for no clock that was put", async () => {
  clock.keep(true);
  const answered = deviceNow();
  await pass(10 * SECOND);
  sleep(30 * MINUTE);
  await pass(10 * SECOND);
  expect(deviceNow() - answered).toBe(30 * MINUTE + 20 * SECOND);
  expect(offset).toBe(0);
  expect(clockLead()).toBe(0);
});

it("[Y12] asks again until somebody says what time it is", async () => {
  clock.keep(true);
  reachable = false;
  sleep(30 * MINUTE);
  await pass(10 * SECOND);
  reachable = true;
  await pass(4 * SECOND);
  expect(clockLead()).toBe(0);
  put(HOUR);
  await pass(4 * SECOND);
  expect(clockLead()).toBe(HOUR);
  clock.keep(false);
  expect(deviceNow() + offset).toBe(company());
});

/** The page dies: with it its ticks' zero and its timers; what lies in the browser stays. @param heard it has asked the company's clock before it goes on */
async function reload(heard: boolean): Promise<void> {
  const kept = left;
  clock.leave();
  left = kept;
  await pass(3 * SECOND);
  if (heard) offset = company() - deviceNow();
  clock = openPage();
  clock.resume();
}

it.each([[HOUR, true], [HOUR, false], [-3 * HOUR, true], [-3 * HOUR, false]])("[Y12] goes evenly over a reload in the call, the clock put by %i ms before it, the company's %s heard after it", async (by, heard) => {
  offset = 5 * MINUTE;
  ticks -= 5 * MINUTE;
  clock.keep(true);
  const answered = deviceNow();
  await pass(10 * SECOND);
  put(by);
  await pass(7 * SECOND);
  await reload(heard);
  expect(deviceNow() - answered).toBe(20 * SECOND);
  await pass(10 * SECOND);
  expect(deviceNow() - answered).toBe(30 * SECOND);
  expect(deviceNow() + offset).toBe(company());
  // And once more, put right before the page dies again.
  put(-by / 2);
  await pass(7 * SECOND);
  await reload(heard);
  expect(deviceNow() - answered).toBe(40 * SECOND);
  clock.keep(false);
  expect(deviceNow()).toBe(Date.now());
  expect(deviceNow() + offset).toBe(company());
  expect(left).toBeNull();
});

it("[Y12] has nothing to go on with after a call that ended, and nothing it could not read", () => {
  clock.keep(true);
  clock.keep(false);
  clock.resume();
  expect(left).toBeNull();
  left = "{";
  clock.resume();
  expect(deviceNow()).toBe(Date.now());
});
