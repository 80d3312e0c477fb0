/** A machine on its way up, up, or not to be had. */
export type Opening<T> =
  | { readonly phase: "opening" }
  | { readonly phase: "open"; readonly machine: T }
  | { readonly phase: "failed"; readonly cause: unknown };

/** A machine that runs for as long as somebody reads it: made for `useSyncExternalStore`. */
export interface HeldOpen<T> {
  /** The first reader opens the machine, the last one to leave stops it. Gives back the way to leave. */
  readonly subscribe: (changed: () => void) => () => void;
  /** The same object until something changes. */
  readonly read: () => Opening<T>;
  /** Tries again after a failure. */
  readonly again: () => void;
}

const opening = { phase: "opening" } as const;

const uncaught = (cause: unknown): void => { queueMicrotask(() => { throw cause; }); };

/**
 * Opens a machine by being read and stops it when nobody reads it any more, so that a screen needs no effect for it.
 * A reader who leaves and comes back at once (React does so) finds the same machine; one who comes back while the old
 * machine is still stopping waits for that, because two machines would fight for the same database and phone.
 * A `stop` that fails is reported as an uncaught error: by then there is no screen left to tell.
 */
export function heldOpen<T extends { stop(): Promise<void> }>(open: () => Promise<T>): HeldOpen<T> {
  const readers = new Set<() => void>();
  let state: Opening<T> = opening;
  /** Grows with every opening and closing; what belongs to an older one is late. */
  let round = 0;
  let running = false;
  let stopped: Promise<void> = Promise.resolve();

  const tell = (next: Opening<T>): void => {
    state = next;
    for (const reader of readers) reader();
  };

  const start = (): void => {
    const mine = ++round;
    running = true;
    tell(opening);
    const machine = stopped.then(() => (mine === round ? open() : undefined));
    stopped = machine.then(
      (up) => up && mine !== round ? up.stop().catch(uncaught) : undefined,
      () => undefined,
    );
    machine.then(
      (up) => { if (up && mine === round) tell({ phase: "open", machine: up }); },
      (cause: unknown) => { if (mine === round) { running = false; tell({ phase: "failed", cause }); } },
    );
  };

  const leave = (): void => {
    if (readers.size > 0 || !running) return;
    round += 1;
    running = false;
    const was = state;
    state = opening;
    if (was.phase === "open") stopped = was.machine.stop().catch(uncaught);
  };

  return {
    subscribe: (changed) => {
      // A reader of its own each time, so that one function given twice counts twice.
      const reader = (): void => changed();
      readers.add(reader);
      if (!running && state.phase !== "failed") start();
      return () => {
        readers.delete(reader);
        if (readers.size > 0) return;
        if (state.phase === "failed") state = opening;
        setTimeout(leave);
      };
    },
    read: () => state,
    again: () => { if (state.phase === "failed") start(); },
  };
}
