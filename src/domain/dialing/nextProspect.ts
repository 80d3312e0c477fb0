import type { Millis, ProspectId } from "../base/envelope.ts";
import type { Lease } from "./prospect.ts";

/** The lease to call next: the first in the stock that is not over and was not called today from here (rules D1, D2). */
export function nextLease(stock: readonly Lease[], calledToday: ReadonlySet<ProspectId>, now: Millis): Lease | undefined {
  return stock.find((lease) => lease.until > now && !calledToday.has(lease.prospect.id));
}
