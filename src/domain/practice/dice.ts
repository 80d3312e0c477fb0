/** Repeatable chance for practice customers: the same seed gives the same call. Not for secrets. */
export type Dice = number;

/** The next number in [0, 1) and the dice after the throw (mulberry32). */
export function roll(dice: Dice): { readonly value: number; readonly dice: Dice } {
  const next = (dice + 0x6d2b79f5) | 0;
  let t = Math.imul(next ^ (next >>> 15), 1 | next);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return { value: ((t ^ (t >>> 14)) >>> 0) / 2 ** 32, dice: next };
}

/** A seed from any text (FNV-1a), so that one number or Call-ID always gives the same dice. */
export function seedOf(text: string): Dice {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
