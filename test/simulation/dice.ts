/** Chance that is the same for the same seed. */
export interface Dice {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** Does something of this likelihood (0 to 1) happen now. */
  happens(likelihood: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** An id that no other throw gives, in the form of a UUID. */
  id(): string;
}

/** Mulberry32: 32 bits of state, enough for a day of accidents. */
export function throwDice(seed: number): Dice {
  let state = (seed * 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const hex = (digits: number): string => Math.floor(next() * 16 ** digits).toString(16).padStart(digits, "0");
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    happens: (likelihood) => next() < likelihood,
    pick: (from) => from[Math.floor(next() * from.length)] as (typeof from)[number],
    id: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(8)}${hex(4)}`,
  };
}
