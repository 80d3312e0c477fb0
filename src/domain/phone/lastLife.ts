import type { Millis } from "../base/envelope.ts";

/** Looks that are so far apart, milliseconds, say that the page did not run in between; they are due every second. */
const STOOD_STILL = 30_000;
/** So many looks with sound, one after another, say that a call has outlived a sleep: some packets may have waited in the computer. */
const SURE_AFTER = 3;

/** When a talk was last known to be alive, also over a sleep of the computer (rule P10). */
export interface LastLife {
  /** The last moment at which it lived. */
  readonly lived: Millis;
  readonly looked: Millis;
  /** Looks with sound since the computer last stood still, up to enough of them. */
  readonly sure: number;
}

/** A talk that begins. */
export const bornAt = (at: Millis): LastLife => ({ lived: at, looked: at, sure: SURE_AFTER });

/**
 * @param alive sound came since the last look, or none was expected and the way for it is whole
 * @param before how long before this look the last sound came, milliseconds
 */
export function lookedAt(life: LastLife, at: Millis, alive: boolean, before = 0): LastLife {
  const sure = surely(life, at) + (alive ? 1 : 0);
  return { looked: at, sure: Math.min(sure, SURE_AFTER), lived: alive && sure >= SURE_AFTER ? Math.max(life.lived, at - before) : life.lived };
}

/** The last moment at which it lived, when nobody knows at this moment whether it has lived since: the computer stood still. */
export function livedBeforeSleep(life: LastLife, at: Millis): Millis | undefined {
  return surely(life, at) < SURE_AFTER ? life.lived : undefined;
}

const surely = (life: LastLife, at: Millis): number => (at - life.looked > STOOD_STILL ? 0 : life.sure);
