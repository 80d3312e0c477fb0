/** Shorter silences are cut by accident, longer ones by nobody's rule, milliseconds. */
const [SHORTEST, LONGEST] = [10_000, 400_000];

/**
 * A proxy on the way that ends whatever is silent for so long (nginx: 60 s, unless it is told otherwise) would end the line again and
 * again, and who calls just then finds nobody. Two cuts after the same silence are such a rule: from then on the line speaks in time.
 */
export interface SilentCuts {
  /** The socket was cut after so long a silence, milliseconds. */
  cut(silence: number): void;
  /** How often something must be said, milliseconds; Infinity when nobody minds. */
  speakEvery(): number;
}

export function watchSilentCuts(): SilentCuts {
  let before: number | undefined;
  let every = Infinity;
  return {
    cut(silence) {
      const again = before !== undefined && Math.abs(silence - before) < before / 10;
      before = silence >= SHORTEST && silence <= LONGEST ? silence : undefined;
      if (again && before !== undefined) every = Math.min(every, before * 0.6);
    },
    speakEvery: () => every,
  };
}
