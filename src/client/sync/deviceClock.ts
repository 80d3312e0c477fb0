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

/** From now on it goes evenly. Idempotent. */
export function holdClock(): void {
  even ??= { from: Date.now(), ticks: performance.now() };
}

/** How much the computer's clock says more than this one, milliseconds. */
export function clockLead(): Millis {
  return Date.now() - deviceNow();
}

/** It is the computer's again. @returns by how much that moved it */
export function releaseClock(): Millis {
  const lead = clockLead();
  even = undefined;
  return lead;
}
