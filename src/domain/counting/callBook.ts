import type { Campaign } from "../base/campaign.ts";
import { compareFacts, timeOf, type CallId, type CampaignId, type Millis, type PersonId } from "../base/envelope.ts";
import type { Fact, FactOf } from "../fact.ts";
import { asleepWithin, type Gap } from "./gaps.ts";

/** All that facts say of one call. Every field is chosen so that order, doubles and splits do not matter (rule Y5). */
export interface CallRecord {
  readonly call: CallId;
  readonly by: PersonId;
  readonly dialed?: FactOf<"call.dialed">;
  readonly answered?: FactOf<"call.answered">;
  readonly ended?: FactOf<"call.ended">;
  readonly quality?: FactOf<"call.quality">;
  /** The outcome that was saved last. */
  readonly outcome?: FactOf<"outcome.saved">;
  /** Every outcome that was ever saved, oldest first (rule Q7). */
  readonly outcomes?: readonly FactOf<"outcome.saved">[];
  /** What control calls found, oldest first (rule Q13). */
  readonly checks?: readonly FactOf<"contact.checked">[];
  /** The agent's last words on it. */
  readonly dispute?: FactOf<"contact.disputed">;
  readonly late?: FactOf<"call.late">;
  /** The last moment at which its author's facts speak of it. */
  readonly heard?: Millis;
  /** The module that was shown last. */
  readonly module?: FactOf<"module.shown">;
  readonly opened?: FactOf<"script.opened">;
  /** The handler that was shown last. */
  readonly handler?: FactOf<"handler.shown">;
  /** The client's words that were taken down last. */
  readonly verbatim?: FactOf<"verbatim.taken">;
}

/** The calls of one person. */
export type CallBook = ReadonlyMap<CallId, CallRecord>;

export const emptyBook: CallBook = new Map();

type Slot = "dialed" | "answered" | "ended" | "quality" | "outcome" | "module" | "opened" | "handler" | "verbatim" | "dispute" | "late";

/** Which fact fills which slot, and whether the first or the last one holds. */
const slots: { readonly [K in Fact["kind"]]?: readonly [Slot, "first" | "last"] } = {
  "call.dialed": ["dialed", "first"],
  "call.answered": ["answered", "first"],
  "call.ended": ["ended", "first"],
  "call.quality": ["quality", "last"],
  "outcome.saved": ["outcome", "last"],
  "module.shown": ["module", "last"],
  "script.opened": ["opened", "first"],
  "handler.shown": ["handler", "last"],
  "verbatim.taken": ["verbatim", "last"],
  "contact.disputed": ["dispute", "last"],
  "call.late": ["late", "first"],
};

/** Whose day a fact is about: its author's, or that of the agent whom it names (rule Q8). */
export function ownerOf(fact: Fact): PersonId {
  return fact.kind === "contact.checked" || fact.kind === "call.late" || fact.kind === "target.set" || fact.kind === "target.withdrawn" ? fact.agent : fact.by;
}

/** The book with these facts written in. Facts about no call are passed over; the book given is not changed. */
export function writeCalls(book: CallBook, facts: readonly Fact[]): CallBook {
  let next: Map<CallId, CallRecord> | undefined;
  for (const fact of facts) {
    // The second line has no prospect and is nobody's attempt (rule B1).
    if (!("call" in fact) || fact.kind.startsWith("side.")) continue;
    const owner = ownerOf(fact);
    const record = (next ?? book).get(fact.call) ?? { call: fact.call, by: owner };
    // A call belongs to its author: nobody else's facts change it (rule Q8).
    if (record.by !== owner) continue;
    const changed = written(record, fact);
    if (changed === record) continue;
    next ??= new Map(book);
    next.set(fact.call, changed);
  }
  return next ?? book;
}

function written(record: CallRecord, fact: Fact & { readonly call: CallId }): CallRecord {
  if (fact.kind === "contact.checked") {
    // Nobody checks their own calls.
    return fact.by === fact.agent ? record : { ...record, checks: inOrder(record.checks, fact) };
  }
  let next = record;
  if (fact.kind !== "call.late") {
    const heard = Math.max(record.heard ?? -Infinity, timeOf(fact));
    if (heard !== record.heard) next = { ...next, heard };
  }
  if (fact.kind === "outcome.saved") {
    const outcomes = inOrder(record.outcomes, fact);
    if (outcomes !== record.outcomes) next = { ...next, outcomes };
  }
  const slot = slots[fact.kind];
  if (!slot) return next;
  const [name, holds] = slot;
  const old = record[name];
  if (old && (holds === "first" ? compareFacts(fact, old) >= 0 : compareFacts(fact, old) <= 0)) return next;
  return { ...next, [name]: fact };
}

/** The facts with this one among them, oldest first; a known one changes nothing. */
export function inOrder<F extends Fact>(facts: readonly F[] | undefined, fact: F): readonly F[] {
  if (!facts) return [fact];
  if (facts.some(({ id }) => id === fact.id)) return facts;
  return [...facts, fact].sort(compareFacts);
}

/**
 * Seconds from answer to end, hold included, less what the device is known to have slept meanwhile (rule Q2);
 * undefined while the call is not over or was never answered.
 */
export function talkSeconds(record: CallRecord, gaps: readonly Gap[] = []): number | undefined {
  const { answered, ended } = record;
  if (!answered || !ended) return undefined;
  // Taken over by another computer in mid-call, it has only the company's clock in common (rule Q2).
  const end = answered.device === ended.device ? ended.at : ended.at + ended.offset - answered.offset;
  return Math.max(0, end - answered.at - asleepWithin(gaps, answered.device, answered.at, end)) / 1000;
}

/** Is it a call of a practice campaign: one that stands in none of the live figures (rule T1). */
export function isPractice(record: CallRecord, campaigns: ReadonlyMap<CampaignId, Campaign>): boolean {
  return record.dialed !== undefined && (campaigns.get(record.dialed.campaign)?.practice ?? false);
}
