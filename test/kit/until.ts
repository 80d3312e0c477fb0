import { setTimeout as wait } from "node:timers/promises";

/**
 * Waits until a condition holds, looking every 20 ms.
 * @returns what the look gave, once it is neither false, null nor undefined
 * @throws Error that names what was waited for
 */
export async function until<T>(what: string, look: () => T | Promise<T>, timeoutMs = 30_000): Promise<Exclude<NonNullable<T>, false>> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(20)) {
    const seen = await look();
    if (seen !== false && seen !== null && seen !== undefined) return seen as Exclude<NonNullable<T>, false>;
  }
  throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
}

/** The same between two turns of the loop, without a timer: the test may have put its own in their place. `what` says how things stand. */
export async function untilTurned(holds: () => boolean, what: () => string): Promise<void> {
  for (const end = performance.now() + 20_000; !holds();) {
    if (performance.now() > end) throw new Error(`never came; ${what()}`);
    await new Promise<void>((resolve) => { setImmediate(resolve); });
  }
}
