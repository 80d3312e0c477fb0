import type { Campaign, OutcomeKind } from "../base/campaign.ts";
import type { CallEnd } from "../phone/facts.ts";
import type { Walk } from "../script/walk.ts";

/** The outcomes that fit a call, in the order of their digits: those after an answer, or those after none. */
export function outcomesFor(campaign: Campaign, answered: boolean): readonly OutcomeKind[] {
  return campaign.outcomes.filter((kind) => kind.after === (answered ? "answered" : "unanswered"));
}

/**
 * What stands preselected after the call (rule D3): what the branch of the script proposed, else what its marks say,
 * else, when nobody answered, the outcome that names the way the call ended. Nothing when nothing is known.
 */
export function proposeOutcome(
  campaign: Campaign, walk: Walk, answered: boolean, end: CallEnd,
): { readonly outcome?: string; readonly decisionMaker: boolean } {
  const fitting = outcomesFor(campaign, answered);
  const marks = walk.phase === "open" ? walk.marks : [];
  const decisionMaker = answered && marks.includes("decisionMaker");
  const code = answered
    ? (walk.phase === "open" && fitting.some((kind) => kind.code === walk.outcome) ? walk.outcome : undefined)
      ?? fitting.find((kind) => kind.mark !== undefined && kind.mark !== "decisionMaker" && marks.includes(kind.mark))?.code
    : fitting.find((kind) => kind.ends?.includes(end))?.code;
  return { decisionMaker, ...(code === undefined ? {} : { outcome: code }) };
}
