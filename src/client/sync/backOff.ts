/** Milliseconds to wait before try number `tries` (from 0): doubling up to `most`, half of it by chance, so that a floor of desks does not return at once. */
export function backOff(tries: number, chance: () => number = Math.random, first = 500, most = 8_000): number {
  const full = Math.min(most, first * 2 ** Math.min(tries, 16));
  return full / 2 + (chance() * full) / 2;
}
