import type { DeskParts } from "./desk.ts";

/** One tab of a person holds phone and desk (Web Locks); the others wait, and go on when it is closed. */
export function holdDesk(person: string): DeskParts["lock"] {
  let held = false;
  let release = (): void => undefined;
  const waiting: (() => void)[] = [];
  const gone = new AbortController();
  navigator.locks.request(`sufler-desk-${person}`, { signal: gone.signal }, () => {
    held = true;
    for (const then of waiting.splice(0)) then();
    return new Promise<void>((resolve) => { release = resolve; });
  }).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
  return {
    held: () => held,
    onHeld(then) {
      if (held) then();
      else waiting.push(then);
    },
    release() {
      held = false;
      release();
      gone.abort();
    },
  };
}
