/** How hard a practice customer makes it: how patient they are and how much they object. */
export const difficulties = ["easy", "usual", "hard"] as const;
export type Difficulty = (typeof difficulties)[number];

/** Which of the hundred people of a character are of which difficulty: from the first to before the second. */
const ranges: Readonly<Record<Difficulty, readonly [number, number]>> = { usual: [0, 80], easy: [80, 90], hard: [90, 100] };

/** How hard the person with this number (0–99) makes it. */
export function difficultyOf(person: number): Difficulty {
  return difficulties.find((one) => person >= ranges[one][0] && person < ranges[one][1]) ?? "usual";
}

/** The `nth` person of a difficulty, round and round. */
export function personOf(difficulty: Difficulty, nth: number): number {
  const [from, to] = ranges[difficulty];
  return from + (((nth % (to - from)) + (to - from)) % (to - from));
}
