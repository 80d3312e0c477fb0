import type { Millis } from "#domain/base/envelope.ts";

/** Looks that are so far apart, milliseconds, say that the page did not run in between; they are due every second. */
const STOOD_STILL = 30_000;
/** So many looks with sound, one after another, say that a call has outlived a sleep: some packets may have waited in the computer. */
const SURE_AFTER = 3;

/** Remembers when a call was last known to be alive, also over a sleep of the computer (rule P10). */
export interface LastLife {
  /** @param alive sound came since the last look, or none was expected and the way for it is whole */
  look(alive: boolean): void;
  /** The last moment at which it lived. */
  last(): Millis;
  /** The same, when nobody knows whether it has lived since: the computer stood still. */
  beforeSleep(): Millis | undefined;
}

export function createLastLife(now: () => Millis): LastLife {
  let lived = now();
  let looked = lived;
  let sure = SURE_AFTER;
  const notice = (at: Millis): void => { if (at - looked > STOOD_STILL) sure = 0; };
  return {
    look(alive) {
      const at = now();
      notice(at);
      looked = at;
      if (!alive) return;
      sure += 1;
      if (sure >= SURE_AFTER) lived = at;
    },
    last: () => lived,
    beforeSleep() {
      notice(now());
      return sure < SURE_AFTER ? lived : undefined;
    },
  };
}
