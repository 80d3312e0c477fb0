import { fewAtOnce } from "#server/auth/fewAtOnce.ts";

/** How the long batches of devices that come back share the one sequence with everybody who sends fact by fact. */
export interface Turns {
  /** Somebody has sent a short batch. */
  short(): void;
  /** How many entries of a long batch are stored at once. */
  portion(): number;
  /** Runs whole batches while nobody else is at work: the database takes one in while it still writes the one before. */
  readonly whole: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs portions of so many entries one at a time, in the order in which they were asked for. */
  readonly inTurn: <T>(entries: number, work: () => Promise<T>) => Promise<T>;
}

/** Within which somebody who has sent fact by fact will do so again, milliseconds. */
const AT_WORK = 2_000;
/** How long a portion is to take while others are at work, milliseconds: they wait for so long. How many entries that are depends on the machine and on what it does beside. */
const A_TURN = 20;
const [FEWEST, FIRST, MOST] = [25, 100, 500];

/** @param now milliseconds */
export function createTurns(now: () => number): Turns {
  const oneAtATime = fewAtOnce(1);
  let others = -Infinity;
  let size = FIRST;
  return {
    short() { others = now(); },
    portion: () => (now() - others < AT_WORK ? size : Infinity),
    whole: fewAtOnce(2),
    inTurn: (entries, work) => oneAtATime(async () => {
      const began = now();
      const done = await work();
      const right = (entries * A_TURN) / Math.max(1, now() - began);
      // One portion that waited for the disk says little: at most half or double.
      if (entries >= FEWEST) size = Math.round(Math.min(MOST, size * 2, Math.max(FEWEST, size / 2, right)));
      return done;
    }),
  };
}
