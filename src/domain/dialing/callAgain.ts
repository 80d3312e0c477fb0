import type { Campaign } from "../base/campaign.ts";
import type { CallEnd } from "../phone/facts.ts";
import { wasTried } from "./nextProspect.ts";

/** Ends by which a talk was broken off rather than finished. */
const broken: ReadonlySet<CallEnd> = new Set(["lost", "cutOff", "mediaFailed", "timerRanOut"]);

/** May one key begin this call again, with the same person (rule D5)? */
export function wasBrokenOff(answered: boolean, why: CallEnd): boolean {
  return broken.has(why) || !wasTried(answered, why);
}

/** As what a call is saved that is begun again: what the agent has chosen, else the outcome that names this way to end (rule D5). */
export function outcomeOfBroken(campaign: Campaign, chosen: string | undefined, why: CallEnd): string | undefined {
  return chosen ?? campaign.outcomes.find((kind) => kind.ends?.includes(why))?.code;
}
