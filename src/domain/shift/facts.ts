import type { BreakReason } from "../base/campaign.ts";

export type ShiftFact =
  | { readonly kind: "shift.ready" }
  | { readonly kind: "shift.break"; readonly reason: BreakReason }
  | { readonly kind: "shift.ended" };
