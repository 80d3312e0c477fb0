import type { BreakReason, NormUnit, WorkKind } from "../base/campaign.ts";
import type { Millis, PersonId } from "../base/envelope.ts";

/** How it was noticed that nobody sits at the desk: the system says so, its screen is locked, nothing was typed or moved here, or this page was hidden for long. */
export type AwaySource = "idle" | "locked" | "input" | "hidden";

/** Why nothing ran on a device for a while: the computer slept, or the page was closed. */
export type GapCause = "asleep" | "closed";

export type ShiftFact =
  | { readonly kind: "shift.ready" }
  | { readonly kind: "shift.break"; readonly reason: BreakReason }
  | { readonly kind: "shift.ended" }
  | { readonly kind: "shift.away"; readonly source: AwaySource }
  | { readonly kind: "shift.back" }
  /** Noticed when it is over: nothing ran on this device from `since` (its clock) to the fact's own time (rule H6). */
  | { readonly kind: "shift.gap"; readonly since: Millis; readonly cause: GapCause }
  /** Other work, entered by the agent. Said again for the same `work` it is a correction; `none` takes it back (rule Q11). */
  | { readonly kind: "work.done"; readonly work: string; readonly type: WorkKind | "none" }
  /** A lead sets somebody's target (rule Q10). It never changes: another wish is another target. */
  | {
      readonly kind: "target.set"; readonly target: string; readonly agent: PersonId;
      /** First and last day for which it is said, `YYYY-MM-DD`. */
      readonly from: string; readonly to: string;
      /** On the first day from this minute on; 0 for the whole day. */
      readonly since: number;
      readonly unit: NormUnit; readonly amount: number;
      /** It falls due between these minutes of the day. */
      readonly start: number; readonly end: number;
    }
  /** As if it had never been said, or (`on: false`) said after all; the last word holds. */
  | { readonly kind: "target.withdrawn"; readonly target: string; readonly agent: PersonId; readonly on: boolean };
