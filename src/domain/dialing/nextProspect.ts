import type { Millis, ProspectId } from "../base/envelope.ts";
import type { CallEnd } from "../phone/facts.ts";
import type { Lease } from "./prospect.ts";

/** The lease to call next: the first in the stock that is not over and was not called today from here (rules D1, D2). */
export function nextLease(stock: readonly Lease[], calledToday: ReadonlySet<ProspectId>, now: Millis): Lease | undefined {
  return stock.find((lease) => lease.until > now && !calledToday.has(lease.prospect.id));
}

/** Ends by which nothing rang at the client's: our own side failed. */
const ours: ReadonlySet<CallEnd> = new Set(["barred", "forbidden", "noRoute", "noLines", "loop", "notUnderstood", "serverDown", "noMicrophone", "mediaFailed"]);

/** Whether an attempt reached the client's telephone, so that they are not called again at once (rule D2). A call still up did. */
export function wasTried(answered: boolean, end: CallEnd | undefined): boolean {
  return answered || end === undefined || !ours.has(end);
}
