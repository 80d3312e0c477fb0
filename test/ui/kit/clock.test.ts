import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { holdClock, releaseClock } from "#client/sync/deviceClock.ts";
import { deviceClock } from "#ui/kit/clock.ts";

describe("the clock of the screen", () => {
  beforeEach(() => { vi.useFakeTimers({ now: 1_000_000_000 }); });
  afterEach(() => {
    releaseClock();
    vi.useRealTimers();
  });

  it("[Y12] is right for who listens a moment after it was moved, and hears of each move at once", () => {
    const clock = deviceClock();
    expect(clock.now()).toBe(1_000_000_000);
    holdClock(90 * 60_000);
    let ticks = 0;
    const stop = clock.subscribe(() => { ticks += 1; });
    expect(clock.now()).toBe(1_000_000_000 - 90 * 60_000);
    releaseClock();
    expect([ticks, clock.now()]).toEqual([1, 1_000_000_000]);
    vi.advanceTimersByTime(1000);
    expect([ticks, clock.now()]).toEqual([2, 1_000_001_000]);
    stop();
  });
});
