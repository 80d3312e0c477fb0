/**
 * How long to wait after both sides asked at once and got 491 (RFC 3261 section 14.1), milliseconds: who made the call
 * 2.1 to 4 s, the other up to 2 s, in steps of 10 ms, so that they do not meet again.
 * @param chance 0 to 1
 */
export function pauseAfterGlare(caller: boolean, chance: number): number {
  const [from, steps] = caller ? [2100, 190] : [0, 200];
  return from + 10 * Math.floor(chance * steps);
}
