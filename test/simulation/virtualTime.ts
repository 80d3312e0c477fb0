/** A clock that goes only when it is told to, in place of the process's own. */
export interface VirtualTime {
  /** Lets so many milliseconds pass, timer by timer; after each one, all that follows from it is done before the next is due. */
  pass(ms: number, busy: () => boolean): Promise<void>;
  /** The real clock again. */
  restore(): void;
}

interface Timer { readonly at: number; readonly n: number; run: (() => void) | undefined }

/** Replaces `setTimeout`, `clearTimeout` and `Date.now`; a day of a thousand timers passes in a moment. Begins at `now`, milliseconds. */
export function virtualTime(now: number): VirtualTime {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now };
  const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
  /** A binary heap by time, then by order of asking. */
  const heap: Timer[] = [];
  let made = 0;
  const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.n < b.n);
  const at = (index: number): Timer => heap[index] as Timer;
  const swap = (a: number, b: number): void => { [heap[a], heap[b]] = [at(b), at(a)]; };
  const add = (timer: Timer): void => {
    heap.push(timer);
    for (let i = heap.length - 1; i > 0;) {
      const up = (i - 1) >> 1;
      if (!before(at(i), at(up))) break;
      swap(i, up);
      i = up;
    }
  };
  const take = (): Timer => {
    const first = at(0);
    const last = heap.pop() as Timer;
    if (heap.length > 0) {
      heap[0] = last;
      for (let i = 0; ;) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && before(at(child), at(least))) least = child;
        if (least === i) break;
        swap(i, least);
        i = least;
      }
    }
    return first;
  };

  // Timers fall between milliseconds (a wait with jitter); a clock says whole ones.
  Date.now = () => Math.floor(now);
  globalThis.setTimeout = ((run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    made += 1;
    const timer: Timer = { at: now + Math.max(0, ms), n: made, run: () => { run(...args); } };
    add(timer);
    // Libraries ask a timer not to keep the process alive.
    return Object.assign(timer, { unref: () => timer, ref: () => timer, hasRef: () => false });
  }) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((timer: Timer | undefined) => {
    if (timer && typeof timer === "object") timer.run = undefined;
  }) as unknown as typeof clearTimeout;

  return {
    async pass(ms, busy) {
      const end = now + ms;
      const done = async (): Promise<void> => {
        do await turn(); while (busy());
      };
      await done();
      while (heap.length > 0 && at(0).at <= end) {
        const timer = take();
        if (!timer.run) continue;
        now = Math.max(now, timer.at);
        timer.run();
        await done();
      }
      now = end;
    },
    restore() {
      globalThis.setTimeout = real.setTimeout;
      globalThis.clearTimeout = real.clearTimeout;
      Date.now = real.now;
    },
  };
}
