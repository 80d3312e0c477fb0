/** Longest pause between two tries, milliseconds. */
export const LONGEST_PAUSE = 30_000;

/**
 * How long to wait before the next try after `failures` failed ones in a row (1, 2, 3 …): 1, 2, 4 … 30 s, of which
 * the second half is left to chance, so that a whole floor does not come back in the same instant.
 * @param chance 0 to 1
 * @returns milliseconds
 */
export function pauseAfter(failures: number, chance: number): number {
  const whole = Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.max(0, Math.min(failures, 16) - 1));
  return Math.round(whole * (0.5 + 0.5 * chance));
}
