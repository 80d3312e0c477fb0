import { fewAtOnce } from "#server/auth/fewAtOnce.ts";

/** How the long batches of devices that come back share the one sequence with everybody who sends fact by fact. */
export interface Turns {
  /** Somebody has sent a short batch. */
  short(): void;
  /** How many entries of a long batch are stored at once. */
  portion(): number;
  /** Runs portions one at a time, in the order in which they were asked for. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Within which somebody who has sent fact by fact will do so again, milliseconds. */
const AT_WORK = 2_000;
/** Entries that are stored at once while others are at work: they wait for as long as that takes. */
const PORTION = 500;

/** @param now milliseconds */
export function createTurns(now: () => number): Turns {
  let others = -Infinity;
  return {
    short() { others = now(); },
    portion: () => (now() - others < AT_WORK ? PORTION : Infinity),
    inTurn: fewAtOnce(1),
  };
}
