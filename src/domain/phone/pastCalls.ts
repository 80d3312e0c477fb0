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

/** What is known of one call: of several words of a kind the first holds. */
interface Known {
  readonly begun?: FactAs<"call.dialed" | "side.rang" | "side.dialed">;
  readonly answered?: FactAs<"call.answered" | "side.answered">;
  readonly ended?: FactAs<"call.ended" | "side.ended">;
}
type FactAs<K extends CallFact["kind"]> = Extract<CallFact, { readonly kind: K }>;

/**
 * Calls, newest first, out of the facts of one device, in whatever order and however often they come. Its clock may have been put
 * right in mid-call: then the end of a call lies before its beginning, and is its end all the same.
 */
export function pastCalls(facts: readonly CallFact[]): readonly PastCall[] {
  const calls = new Map<CallId, Known>();
  for (const fact of facts.toSorted(compareFacts)) {
    const known = calls.get(fact.call) ?? {};
    switch (fact.kind) {
      case "call.dialed": case "side.rang": case "side.dialed":
        calls.set(fact.call, { begun: fact, ...known });
        break;
      case "call.answered": case "side.answered":
        calls.set(fact.call, { answered: fact, ...known });
        break;
      case "call.ended": case "side.ended":
        calls.set(fact.call, { ended: fact, ...known });
        break;
      default:
    }
  }
  return [...calls.values()].flatMap(({ begun, answered, ended }) => (begun ? [{ begun, answered, ended }] : []))
    .sort((a, b) => compareFacts(b.begun, a.begun))
    .map(({ begun, answered, ended }): PastCall => ({
      call: begun.call, way: begun.kind === "call.dialed" ? "out" : begun.kind === "side.rang" ? "in" : "asked", at: timeOf(begun),
      ...(begun.kind === "call.dialed" ? { prospect: begun.prospect } : {}), ...(begun.number === undefined ? {} : { number: begun.number }),
      ...(ended ? { why: ended.why } : {}),
      // By the device's own clock, as for the count (rule Q2).
      ...(answered && ended ? { seconds: Math.max(0, (ended.at - answered.at) / 1000) } : {}),
    }));
}
