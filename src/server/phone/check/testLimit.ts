/** So many tests at once, and one more each so many ms: enough to mend something step by step, too few to look about in a network. */
const BURST = 6;
const EVERY = 10_000;

export interface TestLimit {
  /** Counts a test; 0 when it may be made, otherwise how long to wait, seconds. */
  wait(person: string): number;
}

export function createTestLimit(now: () => number): TestLimit {
  const given = new Map<string, { left: number; at: number }>();
  return {
    wait(person) {
      const at = now();
      const before = given.get(person) ?? { left: BURST, at };
      const left = Math.min(BURST, before.left + (at - before.at) / EVERY);
      given.set(person, { left: left >= 1 ? left - 1 : left, at });
      return left >= 1 ? 0 : Math.ceil(((1 - left) * EVERY) / 1000);
    },
  };
}
