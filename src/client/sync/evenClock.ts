import type { Millis } from "#domain/base/envelope.ts";
import { haveParted, whyParted } from "#domain/base/partedClocks.ts";
import { clockLead, holdClock, releaseClock } from "./deviceClock.ts";

/** How often the even clock is compared with the computer's, milliseconds. */
const LOOK = 2_000;

/** Lets the device's clock go evenly while a call is up (rule Y12), also over a reload of the page. */
export interface EvenClock {
  /** True: it goes evenly from now on. False: it is the computer's again. Idempotent. */
  keep(on: boolean): void;
  /** Goes on where another page of this person, now dead or done, has left its even clock; nothing when none was left or this one goes evenly already. */
  resume(): void;
  /** Another page of this person goes on with it: this one says no more about it. */
  leave(): void;
}

/** What the next page must know of an even clock; times in milliseconds. */
interface Left {
  /** What the computer's clock said more. */
  readonly lead: Millis;
  readonly put: Millis;
  readonly calm: Millis;
  /** Company's clock minus the even one. */
  readonly offset: Millis;
}

/** Where it lies: localStorage, because it can be written while the page is being closed. One person's, in one browser. */
export function evenClockKept(person: string): KeptClock {
  const name = `sufler.evenClock.${person}`;
  return {
    read: () => localStorage.getItem(name),
    write(text) {
      try {
        if (text === null) localStorage.removeItem(name);
        else localStorage.setItem(name, text);
      } catch {
        // A full store: a page that is opened anew takes the computer's clock for right.
      }
    },
  };
}

export interface KeptClock { readonly read: () => string | null; readonly write: (text: string | null) => void }

interface Company {
  /** Company's clock minus this device's, as last heard, milliseconds. */
  readonly offset: () => Millis;
  /** This device's clock has been moved by so much. */
  readonly moved: (by: Millis) => void;
  /** Asks for the company's time; `offset` then says what was heard. False when nobody answered. */
  readonly ask: () => Promise<boolean>;
  /** Differences below this are the network's, milliseconds. */
  readonly rightEnough: Millis;
  readonly kept: KeptClock;
}

export function createEvenClock({ offset, moved, ask, rightEnough, kept }: Company): EvenClock {
  let watching: ReturnType<typeof setInterval> | undefined;
  /** By how much the computer's clock is known to have been put since this one goes evenly. */
  let put = 0;
  /** The company's difference while the two clocks last agreed. */
  let calm = 0;
  let judging = false;

  /** The two have parted: the computer's clock was put, or the computer has slept and our ticks with it. The company's clock knows. */
  async function judge(): Promise<void> {
    const lead = clockLead();
    note();
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

  function note(): void {
    kept.write(JSON.stringify({ lead: clockLead(), put, calm, offset: offset() } satisfies Left));
  }

  function watch(): void {
    watching = setInterval(() => void judge(), LOOK);
    addEventListener("pagehide", note);
    note();
  }

  function unwatch(): void {
    clearInterval(watching);
    watching = undefined;
    removeEventListener("pagehide", note);
  }

  return {
    keep(on) {
      if (on === (watching !== undefined)) return;
      if (on) {
        holdClock();
        put = 0;
        calm = offset();
        watch();
      } else {
        unwatch();
        kept.write(null);
        releaseClock();
        if (put !== 0) moved(put);
      }
    },
    resume() {
      const left = watching === undefined ? read(kept.read()) : undefined;
      if (!left) return;
      ({ put, calm } = left);
      // Nobody but a call of this page may be on its even clock.
      releaseClock();
      holdClock(left.lead);
      moved(offset() - left.offset);
      watch();
    },
    leave() {
      if (watching === undefined) return;
      note();
      unwatch();
      releaseClock();
      if (put !== 0) moved(put);
    },
  };
}

function read(text: string | null): Left | undefined {
  if (text === null) return undefined;
  try {
    const left = JSON.parse(text) as Partial<Left>;
    return [left.lead, left.put, left.calm, left.offset].every(Number.isFinite) ? left as Left : undefined;
  } catch {
    return undefined; // not ours
  }
}
