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
const company = () => TEN + performance.now() - ticks + asleep;

beforeEach(() => {
  vi.useFakeTimers({ now: TEN });
  ticks = performance.now();
  [asleep, offset, reachable] = [0, 0, true];
  clock = createEvenClock({
    offset: () => offset, rightEnough: 2 * SECOND,
    moved: (by) => { offset -= by; },
    ask: () => {
      if (reachable) offset = company() - deviceNow();
      return Promise.resolve(reachable);
    },
  });
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
