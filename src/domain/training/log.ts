import { compareFacts, type CallId, type Envelope, type PersonId } from "../base/envelope.ts";
import type { Fact, FactOf } from "../fact.ts";
import type { AssignmentId } from "../practice/facts.ts";
import { isPracticeCall } from "../practice/practiceCall.ts";

/** All that facts say of practice: grown by `writeTraining`, in any order (rule Y5). */
export interface TrainingLog {
  readonly assignments: ReadonlyMap<AssignmentId, AssignmentFacts>;
  /** By author and call: nobody else's facts change a call (rule Q8). */
  readonly calls: ReadonlyMap<string, PracticeCall>;
}

export interface AssignmentFacts {
  readonly assigned?: FactOf<"training.assigned">;
  /** The last word on taking it back. */
  readonly withdrawn?: FactOf<"training.withdrawn">;
}

/** What is known of one practice call. */
export interface PracticeCall {
  readonly call: CallId;
  readonly by: PersonId;
  readonly begun?: FactOf<"practice.begun">;
  readonly dialed?: FactOf<"call.dialed">;
  readonly answered?: FactOf<"call.answered">;
  readonly ended?: FactOf<"call.ended">;
  readonly outcome?: FactOf<"outcome.saved">;
  readonly heard?: FactOf<"practice.heard">;
  /** When the decision maker was first marked as reached. */
  readonly decider?: FactOf<"mark.set">;
  /** By id. */
  readonly handlers: ReadonlyMap<string, FactOf<"handler.shown">>;
}

export const emptyTraining: TrainingLog = { assignments: new Map(), calls: new Map() };

/** Facts that are kept longer than a day's: of training, and targets (rule T6). */
export function isLasting(fact: Fact): boolean {
  return isTraining(fact) || isTarget(fact);
}

/** A target may hold for a year to come, and who said it may have had a clock that is years behind: it is kept for ever (rule T6). */
export function isTarget(fact: Fact): boolean {
  return fact.kind === "target.set" || fact.kind === "target.withdrawn";
}

/** Is this what training is reckoned from? */
export function isTraining(fact: Fact): boolean {
  return fact.kind === "training.assigned" || fact.kind === "training.withdrawn" || ("call" in fact && isPracticeCall(fact.call));
}

/** The log with these facts written in; all others are passed over, and the log given is not changed. */
export function writeTraining(log: TrainingLog, facts: readonly Fact[]): TrainingLog {
  let assignments: Map<AssignmentId, AssignmentFacts> | undefined;
  let calls: Map<string, PracticeCall> | undefined;
  for (const fact of facts) {
    if (!isTraining(fact)) continue;
    if (fact.kind === "training.assigned" || fact.kind === "training.withdrawn") {
      const old = (assignments ?? log.assignments).get(fact.assignment) ?? {};
      const next = fact.kind === "training.assigned" ? { ...old, assigned: first(old.assigned, fact) } : { ...old, withdrawn: last(old.withdrawn, fact) };
      assignments ??= new Map(log.assignments);
      assignments.set(fact.assignment, next);
    } else if ("call" in fact) {
      const key = `${fact.by} ${fact.call}`;
      const old = (calls ?? log.calls).get(key) ?? { call: fact.call, by: fact.by, handlers: new Map() };
      const next = written(old, fact);
      if (next === old) continue;
      calls ??= new Map(log.calls);
      calls.set(key, next);
    }
  }
  return assignments || calls ? { assignments: assignments ?? log.assignments, calls: calls ?? log.calls } : log;
}

function written(call: PracticeCall, fact: Fact): PracticeCall {
  switch (fact.kind) {
    case "practice.begun": return { ...call, begun: first(call.begun, fact) };
    case "call.dialed": return { ...call, dialed: first(call.dialed, fact) };
    case "call.answered": return { ...call, answered: first(call.answered, fact) };
    case "call.ended": return { ...call, ended: first(call.ended, fact) };
    case "outcome.saved": return { ...call, outcome: last(call.outcome, fact) };
    case "practice.heard": return { ...call, heard: first(call.heard, fact) };
    case "mark.set": return fact.mark === "decisionMaker" && fact.on ? { ...call, decider: first(call.decider, fact) } : call;
    case "handler.shown": return { ...call, handlers: new Map(call.handlers).set(fact.id, fact) };
    default: return call;
  }
}

function first<F extends Envelope>(old: F | undefined, fact: F): F {
  return old && compareFacts(old, fact) <= 0 ? old : fact;
}

function last<F extends Envelope>(old: F | undefined, fact: F): F {
  return old && compareFacts(old, fact) >= 0 ? old : fact;
}
