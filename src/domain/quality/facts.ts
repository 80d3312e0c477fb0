import type { CallId, Millis, PersonId, RecordId } from "../base/envelope.ts";

/** What a control call found. `withdrawn`: the check is taken back. */
export type CheckFound = "confirmed" | "notConfirmed" | "notReached" | "withdrawn";

/** Why a contact was not confirmed: no such talk, not the one who decides, another outcome, somebody else's number, something else. */
export type StrikeReason = "noTalk" | "notDecisionMaker" | "otherOutcome" | "wrongNumber" | "other";

export type QualityFact =
  /** A lead called the client and asked (rule Q13); the last word holds. */
  | { readonly kind: "contact.checked"; readonly call: CallId; readonly agent: PersonId; readonly found: CheckFound; readonly reason?: StrikeReason }
  /** The agent's own words on a contact that was struck, in a private record. */
  | { readonly kind: "contact.disputed"; readonly call: CallId; readonly record: RecordId }
  /** Said by the server alone: facts of this call came in after its day had closed, at `received` by the server's clock (rule Q14). */
  | { readonly kind: "call.late"; readonly call: CallId; readonly agent: PersonId; readonly received: Millis };
