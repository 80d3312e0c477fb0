import type { Campaign } from "../base/campaign.ts";
import { compareFacts, type CallId, type CampaignId, type PersonId } from "../base/envelope.ts";
import type { Fact, FactOf } from "../fact.ts";

/** All that facts say of one call. Every field is chosen so that order, doubles and splits do not matter (rule Y5). */
export interface CallRecord {
  readonly call: CallId;
  readonly by: PersonId;
  readonly dialed?: FactOf<"call.dialed">;
  readonly answered?: FactOf<"call.answered">;
  readonly ended?: FactOf<"call.ended">;
  readonly outcome?: FactOf<"outcome.saved">;
  /** The module that was shown last. */
  readonly module?: FactOf<"module.shown">;
  readonly opened?: FactOf<"script.opened">;
  /** The handler that was shown last. */
  readonly handler?: FactOf<"handler.shown">;
  /** The client's words that were taken down last. */
  readonly verbatim?: FactOf<"verbatim.taken">;
}

export type CallBook = ReadonlyMap<CallId, CallRecord>;

export const emptyBook: CallBook = new Map();

type Slot = Exclude<keyof CallRecord, "call" | "by">;

/** Which fact fills which slot, and whether the first or the last one holds. */
const slots: { readonly [K in Fact["kind"]]?: readonly [Slot, "first" | "last"] } = {
  "call.dialed": ["dialed", "first"],
  "call.answered": ["answered", "first"],
  "call.ended": ["ended", "first"],
  "outcome.saved": ["outcome", "last"],
  "module.shown": ["module", "last"],
  "script.opened": ["opened", "first"],
  "handler.shown": ["handler", "last"],
  "verbatim.taken": ["verbatim", "last"],
};

/** The book with these facts written in. Facts about no call are passed over; the book given is not changed. */
export function writeCalls(book: CallBook, facts: readonly Fact[]): CallBook {
  let next: Map<CallId, CallRecord> | undefined;
  for (const fact of facts) {
    const slot = slots[fact.kind];
    if (!slot || !("call" in fact)) continue;
    const [name, holds] = slot;
    const record = (next ?? book).get(fact.call) ?? { call: fact.call, by: fact.by };
    // A call belongs to its author: nobody else's facts change it (rule Q8).
    if (record.by !== fact.by) continue;
    const old = record[name];
    if (old && (holds === "first" ? compareFacts(fact, old) >= 0 : compareFacts(fact, old) <= 0)) continue;
    next ??= new Map(book);
    next.set(fact.call, { ...record, [name]: fact });
  }
  return next ?? book;
}

/** Seconds from answer to end, hold included (rule Q2); undefined while the call is not over or was never answered. */
export function talkSeconds(record: CallRecord): number | undefined {
  if (!record.answered || !record.ended) return undefined;
  return Math.max(0, (record.ended.at - record.answered.at) / 1000);
}

/** Is it a call of a practice campaign: one that stands in none of the live figures (rule T1). */
export function isPractice(record: CallRecord, campaigns: ReadonlyMap<CampaignId, Campaign>): boolean {
  return record.dialed !== undefined && (campaigns.get(record.dialed.campaign)?.practice ?? false);
}
