import { compareFacts, timeOf, type CallId, type Envelope, type Millis, type ProspectId, type RecordId } from "../base/envelope.ts";
import type { PhoneFact } from "./facts.ts";
import type { SideEnd, SideFact } from "./sideFacts.ts";

/** One call of this telephone as its history lists it. */
export interface PastCall {
  readonly call: CallId;
  /** `asked`: a colleague on the second line. */
  readonly way: "out" | "in" | "asked";
  /** When it was dialed, or rang, by the company's clock. */
  readonly at: Millis;
  readonly prospect?: ProspectId;
  /** Undefined: the number was not shown. */
  readonly number?: RecordId;
  /** From answer to end; undefined when nobody answered. */
  readonly seconds?: number;
  /** Undefined while it goes on. */
  readonly why?: SideEnd;
}

type CallFact = Envelope & (PhoneFact | SideFact);

/** Calls, newest first, out of the facts of one device, in whatever order and however often they come. */
export function pastCalls(facts: readonly CallFact[]): readonly PastCall[] {
  const ordered = [...new Map(facts.map((fact) => [fact.id, fact])).values()].toSorted(compareFacts);
  const calls = new Map<CallId, PastCall>();
  const answered = new Map<CallId, Millis>();
  for (const fact of ordered) {
    const known = calls.get(fact.call);
    switch (fact.kind) {
      case "call.dialed":
        if (!known) calls.set(fact.call, { call: fact.call, way: "out", at: timeOf(fact), prospect: fact.prospect, number: fact.number });
        break;
      case "side.rang":
        if (!known) calls.set(fact.call, { call: fact.call, way: "in", at: timeOf(fact), ...(fact.number === undefined ? {} : { number: fact.number }) });
        break;
      case "side.dialed":
        if (!known) calls.set(fact.call, { call: fact.call, way: "asked", at: timeOf(fact), number: fact.number });
        break;
      case "call.answered":
      case "side.answered":
        if (!answered.has(fact.call)) answered.set(fact.call, timeOf(fact));
        break;
      case "call.ended":
      case "side.ended": {
        if (!known || known.why !== undefined) break;
        const since = answered.get(fact.call);
        calls.set(fact.call, { ...known, why: fact.why, ...(since === undefined ? {} : { seconds: Math.max(0, (timeOf(fact) - since) / 1000) }) });
        break;
      }
      default:
    }
  }
  return [...calls.values()].toReversed();
}
