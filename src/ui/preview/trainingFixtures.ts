import type { Fact, FactBody } from "#domain/fact.ts";
import type { CustomerChoice } from "#domain/practice/facts.ts";
import type { CharacterId } from "#domain/practice/numbers.ts";
import { emptyTraining, writeTraining, type TrainingLog } from "#domain/training/log.ts";

let made = 0;
const fact = (body: FactBody, at: number, by: string): Fact => ({ ...body, id: `t${(made += 1)}`, at, offset: 0, by, device: `${by}-laptop` });

function call(agent: string, name: string, at: number, customer: CharacterId, campaign: string, handler: string | undefined, assignment?: string): Fact[] {
  const id = `practice-${name}`;
  const answered = at + 4_000;
  return [
    fact({ kind: "practice.begun", call: id, customer, person: 85, ...(assignment === undefined ? {} : { assignment }) }, at, agent),
    fact({ kind: "call.dialed", call: id, campaign, prospect: "practice-0585", number: `n-${name}` }, at, agent),
    fact({ kind: "call.answered", call: id }, answered, agent),
    ...(handler === undefined ? [] : [
      fact({ kind: "mark.set", call: id, mark: "decisionMaker", on: true }, answered + 9_000, agent),
      fact({ kind: "handler.shown", call: id, handler, version: 1, phrasing: 0, module: "reason" }, answered + 17_000, agent),
    ] as const),
    fact({ kind: "call.ended", call: id, why: "clientHungUp" }, answered + 64_000, agent),
    fact({ kind: "outcome.saved", call: id, outcome: handler === undefined ? "refused" : "meeting", decisionMaker: handler !== undefined }, answered + 80_000, agent),
    fact({ kind: "practice.heard", call: id, lines: [{ ms: 500, says: "greeting" }, { ms: 14_000, says: "tooExpensive" }, { ms: 30_000, says: "needToThink" }, { ms: 50_000, says: "perhapsLater" }] }, answered + 66_000, agent),
  ];
}

/** An agent who has been asked to practise and has begun. */
export function trainingFixture(agent: string, now: number, campaign: string, handler: string): TrainingLog {
  const asked = (assignment: string, at: number, customer: CustomerChoice, calls: number, until: string): Fact =>
    fact({ kind: "training.assigned", assignment, agent, campaign, customer, difficulty: "easy", calls, until }, at, "lead");
  return writeTraining(emptyTraining, [
    asked("a1", now - 3_600_000, "mix", 5, "2026-11-25"), asked("a2", now - 90_000_000, "tooExpensive", 1, "2026-11-22"),
    ...call(agent, "1", now - 1_500_000, "objectsThenAgrees", campaign, handler, "a1"), ...call(agent, "2", now - 1_200_000, "gatekeeper", campaign, undefined, "a1"),
    ...call(agent, "3", now - 80_000_000, "tooExpensive", campaign, handler, "a2"), ...call(agent, "4", now - 700_000, "angry", campaign, undefined),
  ]);
}
