import { createContext, useContext, useSyncExternalStore } from "react";
import { deviceNow, onClockMoved } from "#client/sync/deviceClock.ts";

/** Where the screen gets the time from; tests and the preview give a clock that stands still. */
export interface Clock {
  /** Milliseconds since 1970. Stays the same between two ticks. */
  readonly now: () => number;
  readonly subscribe: (tick: () => void) => () => void;
}

/** The device's clock, ticking once a second while somebody looks. */
export function deviceClock(): Clock {
  const listeners = new Set<() => void>();
  let stop: (() => void) | undefined;
  let now = deviceNow();
  const tick = (): void => { now = deviceNow(); for (const listener of listeners) listener(); };
  return {
    now: () => {
      // Without a listener nobody ticks: the time is read afresh.
      if (listeners.size === 0 && Math.abs(deviceNow() - now) > 1000) now = deviceNow();
      return now;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      if (!stop) {
        // It may have been moved since the screen was drawn, with nobody here to hear it.
        now = deviceNow();
        stop = ticking(tick);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) { stop?.(); stop = undefined; }
      };
    },
  };
}

/** Once a second, and at once when the device's clock is moved. Returns how to stop. */
function ticking(tick: () => void): () => void {
  const timer = setInterval(tick, 1000);
  const stop = onClockMoved(tick);
  return () => {
    clearInterval(timer);
    stop();
  };
}

export function stoppedClock(at: number): Clock {
  return { now: () => at, subscribe: () => () => {} };
}

export const ClockContext = createContext<Clock>(deviceClock());

/** The time, again every second. */
export function useNow(): number {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(clock.subscribe, clock.now);
}

/** What to add to the device's clock to have the company's: a wrong clock on a desk must not show wrong times. Milliseconds. */
export const OffsetContext = createContext(0);

/** The time by the company's clock, again every second. What began on this device is measured by `useNow`. */
export function useCompanyNow(): number {
  return useNow() + useContext(OffsetContext);
}
