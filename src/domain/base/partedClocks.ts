import type { Millis } from "./envelope.ts";

/**
 * The computer's clock against one that goes evenly (rule Y12): they part when somebody puts the computer's clock, and when the
 * computer sleeps, because the ticks of a page sleep with it.
 */
export interface PartedClocks {
  /** How much the computer's clock says more than the even one now, milliseconds. */
  readonly lead: Millis;
  /** By how much the computer's clock is known to have been put since the even one was begun, milliseconds. */
  readonly put: Millis;
}

/** @param rightEnough differences below this are the network's, milliseconds */
export function haveParted({ lead, put }: PartedClocks, rightEnough: Millis): boolean {
  return Math.abs(lead - put) >= rightEnough;
}

/**
 * Why they have parted, as the company's clock knows, which neither sleeps nor is put.
 * @param companyMoved how much more the company's clock is ahead of the even one than while the two agreed, milliseconds
 */
export function whyParted({ lead, put }: PartedClocks, companyMoved: Millis): "slept" | "put" {
  return lead > put && companyMoved > (lead - put) / 2 ? "slept" : "put";
}
