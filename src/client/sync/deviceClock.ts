import type { Millis } from "#domain/base/envelope.ts";

/**
 * The clock of this device (rule Y3), by which every fact is dated. It is the computer's own, but while a call is up it goes on evenly,
 * whatever is done to the computer's: seconds talked are measured, not subtracted (rule Y12). There is one for the page, as there is
 * one computer.
 */
let even: { readonly from: Millis; readonly ticks: number } | undefined;

/** Milliseconds since 1970. */
export function deviceNow(): Millis {
  return even ? Math.round(even.from + performance.now() - even.ticks) : Date.now();
}

const listeners = new Set<() => void>();

/** Hears when it is moved rather than goes on. Returns how to stop. */
export function onClockMoved(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

/** From now on it goes evenly, `behind` milliseconds after the computer's. Idempotent. */
export function holdClock(behind: Millis = 0): void {
  if (even) return;
  even = { from: Date.now() - behind, ticks: performance.now() };
  if (behind !== 0) moved();
}

/** How much the computer's clock says more than this one, milliseconds. */
export function clockLead(): Millis {
  return Date.now() - deviceNow();
}

/** It is the computer's again. @returns by how much that moved it */
export function releaseClock(): Millis {
  const lead = clockLead();
  even = undefined;
  if (lead !== 0) moved();
  return lead;
}

function moved(): void {
  for (const listener of listeners) listener();
}
