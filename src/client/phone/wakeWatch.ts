/** Looks so often, milliseconds; a hidden tab may be let look once a minute. */
const LOOK = 5_000;
/** So long has nothing run that the computer was asleep, milliseconds. */
const ASLEEP = 90_000;

/**
 * Says when the computer wakes up. A timer says nothing: some systems stop its clock with the computer, so that a registration that
 * has long lapsed would be renewed minutes later.
 * @param now a clock that goes on while the computer sleeps, milliseconds
 * @param woke told how long nothing has run, milliseconds
 * @returns how to stop
 */
export function watchWaking(now: () => number, woke: (slept: number) => void): () => void {
  let last = now();
  const timer = setInterval(() => {
    const at = now();
    const slept = at - last;
    last = at;
    if (slept > ASLEEP) woke(slept);
  }, LOOK);
  return () => { clearInterval(timer); };
}
