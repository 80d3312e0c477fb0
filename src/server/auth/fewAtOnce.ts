/** Lets at most `most` of the pieces of work given to it run at the same time; the others wait in line. */
export function fewAtOnce(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => line.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next in line, who does not count anew.
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
