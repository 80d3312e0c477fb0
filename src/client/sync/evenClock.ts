import type { Millis } from "#domain/base/envelope.ts";
import { haveParted, whyParted } from "#domain/base/partedClocks.ts";
import { clockLead, holdClock, releaseClock } from "./deviceClock.ts";

/** How often the even clock is compared with the computer's, milliseconds. */
const LOOK = 2_000;

/** Lets the device's clock go evenly while a call is up (rule Y12). */
export interface EvenClock {
  /** True: it goes evenly from now on. False: it is the computer's again. Idempotent. */
  keep(on: boolean): void;
}

interface Company {
  /** Company's clock minus this device's, as last heard, milliseconds. */
  readonly offset: () => Millis;
  /** This device's clock has been moved by so much. */
  readonly moved: (by: Millis) => void;
  /** Asks for the company's time; `offset` then says what was heard. False when nobody answered. */
  readonly ask: () => Promise<boolean>;
  /** Differences below this are the network's, milliseconds. */
  readonly rightEnough: Millis;
}

export function createEvenClock({ offset, moved, ask, rightEnough }: Company): EvenClock {
  let watching: ReturnType<typeof setInterval> | undefined;
  /** By how much the computer's clock is known to have been put since this one goes evenly. */
  let put = 0;
  /** The company's difference while the two clocks last agreed. */
  let calm = 0;
  let judging = false;

  /** The two have parted: the computer's clock was put, or the computer has slept and our ticks with it. The company's clock knows. */
  async function judge(): Promise<void> {
    const lead = clockLead();
    if (judging) return;
    if (!haveParted({ lead, put }, rightEnough)) {
      calm = offset();
      return;
    }
    judging = true;
    const heard = await ask();
    judging = false;
    // Nobody said what time it is, or the clock has been put once more: the next look asks again.
    if (!heard || watching === undefined || Math.abs(clockLead() - lead) > rightEnough) return;
    if (whyParted({ lead, put }, offset() - calm) === "put") {
      put = lead;
      return;
    }
    const by = releaseClock();
    holdClock();
    moved(by);
    put = 0;
    calm = offset();
  }

  return {
    keep(on) {
      if (on === (watching !== undefined)) return;
      clearInterval(watching);
      watching = undefined;
      if (on) {
        holdClock();
        put = 0;
        calm = offset();
        watching = setInterval(() => void judge(), LOOK);
      } else {
        releaseClock();
        if (put !== 0) moved(put);
      }
    },
  };
}
