import type { Campaign } from "#domain/base/campaign.ts";
import type { Fact } from "#domain/fact.ts";
import type { PracticeFact } from "#domain/practice/facts.ts";
import { campaign, fact, SECOND } from "./facts.ts";

export const practiceCampaign: Campaign = { ...campaign, id: "practice", name: "Practice", practice: true };

type Assigned = Extract<PracticeFact, { kind: "training.assigned" }>;

/** A lead's wish that anna practises. */
export function assigned(assignment: string, at: number, more: Partial<Assigned> & { by?: string } = {}): Fact {
  const { by = "lead", ...rest } = more;
  return fact({ kind: "training.assigned", assignment, agent: "anna", campaign: "practice", customer: "mix", difficulty: "usual", calls: 3, until: "2026-11-25", ...rest }, at, { by, device: `${by}-desk` });
}

export function withdrawn(assignment: string, at: number, on = true, more: { agent?: string; by?: string } = {}): Fact {
  return fact({ kind: "training.withdrawn", assignment, agent: more.agent ?? "anna", on }, at, { by: more.by ?? "lead", device: "lead-desk" });
}

/** A whole practice call: answered after five seconds, an objection met by a handler, the decision maker at eleven seconds. */
export function practiceCall(name: string, at: number, more: { assignment?: string; by?: string; seconds?: number; customer?: Extract<PracticeFact, { kind: "practice.begun" }>["customer"]; answered?: boolean } = {}): Fact[] {
  const { by = "anna", seconds = 40, customer = "tooExpensive", answered: picksUp = true } = more;
  const call = `practice-${name}`;
  const answered = at + 5 * SECOND;
  const ended = picksUp ? answered + seconds * SECOND : answered;
  return [
    fact({ kind: "practice.begun", call, customer, person: 4, ...(more.assignment === undefined ? {} : { assignment: more.assignment }) }, at, { by }),
    fact({ kind: "call.dialed", call, campaign: "practice", prospect: "practice-5504", number: `n-${name}` }, at, { by }),
    ...(picksUp
      ? [
          fact({ kind: "call.answered", call }, answered, { by }),
          fact({ kind: "mark.set", call, mark: "decisionMaker", on: true }, answered + 11 * SECOND, { by }),
          fact({ kind: "handler.shown", call, handler: "price", version: 1, phrasing: 0, module: "reason" }, answered + 15 * SECOND, { by }),
          fact({ kind: "practice.heard", call, lines: [{ ms: 400, says: "greeting" }, { ms: 12_000, says: "tooExpensive" }, { ms: 25_000, says: "needToThink" }, { ms: 33_000, says: "agree" }] }, ended + SECOND, { by }),
        ] as const
      : []),
    fact({ kind: "call.ended", call, why: picksUp ? "clientHungUp" : "noAnswer" }, ended, { by }),
    fact({ kind: "outcome.saved", call, outcome: picksUp ? "meeting" : "noAnswer", decisionMaker: picksUp }, ended + 8 * SECOND, { by }),
  ];
}
