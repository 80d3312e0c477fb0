import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchWaking } from "#client/phone/wakeWatch.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("says once when the computer wakes up, and nothing of a tab that is seldom let run", async () => {
  const slept: number[] = [];
  const stop = watchWaking(() => Date.now(), (ms) => slept.push(ms));
  await vi.advanceTimersByTimeAsync(60_000);
  // A hidden tab: its timer comes a minute late.
  vi.setSystemTime(Date.now() + 60_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slept).toEqual([]);
  vi.setSystemTime(Date.now() + 600_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slept).toEqual([605_000]);
  stop();
  vi.setSystemTime(Date.now() + 600_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(slept).toHaveLength(1);
});
