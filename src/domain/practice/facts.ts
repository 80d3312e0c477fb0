import type { CallId, CampaignId, PersonId } from "../base/envelope.ts";
import type { Difficulty } from "./difficulty.ts";
import type { CharacterId } from "./numbers.ts";
import type { Situation } from "./situations.ts";

/** Whom to practise on: always the same customer, or one after the other. */
export type CustomerChoice = CharacterId | "mix";

/** Names an assignment; made where the lead sits. */
export type AssignmentId = string;

export type PracticeFact =
  /** A lead asks an agent to practise. It never changes: another wish is another assignment. */
  | {
      readonly kind: "training.assigned"; readonly assignment: AssignmentId; readonly agent: PersonId; readonly campaign: CampaignId;
      readonly customer: CustomerChoice; readonly difficulty: Difficulty;
      /** How many calls. */
      readonly calls: number;
      /** The last day for it, `YYYY-MM-DD` in the company's time zone. */
      readonly until: string;
    }
  /** Taken back, or (`on: false`) asked for after all; the last word holds (rule T5). */
  | { readonly kind: "training.withdrawn"; readonly assignment: AssignmentId; readonly agent: PersonId; readonly on: boolean }
  /** Who stands behind a practice call; recorded with `call.dialed`. */
  | {
      readonly kind: "practice.begun"; readonly call: CallId; readonly customer: CharacterId;
      /** 0–99. */
      readonly person: number;
      /** The assignment that the call is for; none when somebody practises of their own accord. */
      readonly assignment?: AssignmentId;
    }
  /** What the customer said, as the practice customer itself tells after the call. */
  | { readonly kind: "practice.heard"; readonly call: CallId; readonly lines: readonly HeardLine[] };

/** A line of the customer: milliseconds since the answer, and what it was about. */
export interface HeardLine { readonly ms: number; readonly says: Situation }
