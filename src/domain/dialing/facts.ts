import type { CallId, CampaignId, ProspectId } from "../base/envelope.ts";

export type DialingFact =
  | { readonly kind: "prospect.opened"; readonly prospect: ProspectId; readonly campaign: CampaignId }
  /** Saved again for the same call, it is a correction: the later one holds, the earlier one is kept (rule Q7). */
  | { readonly kind: "outcome.saved"; readonly call: CallId; readonly outcome: string; readonly decisionMaker: boolean };
