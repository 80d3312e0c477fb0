import { dayOf } from "../base/day.ts";
import { compareFacts, timeOf, type CallId, type CampaignId, type Millis, type PersonId, type ProspectId } from "../base/envelope.ts";
import { pickupOf } from "../practice/character.ts";
import type { Difficulty } from "../practice/difficulty.ts";
import type { AssignmentId, CustomerChoice } from "../practice/facts.ts";
import { lookBack, type LookBack } from "../practice/lookBack.ts";
import type { CharacterId } from "../practice/numbers.ts";
import type { PracticeCall, TrainingLog } from "./log.ts";

/** One practice call as agent and lead see it. */
export interface PracticeResult {
  readonly call: CallId;
  readonly at: Millis;
  readonly customer: CharacterId;
  readonly prospect?: ProspectId;
  readonly campaign?: CampaignId;
  /** From answer to end; undefined when nobody answered, or the call is not over. */
  readonly seconds?: number;
  readonly outcome?: string;
  /** Done for its assignment (rule T4). */
  readonly done: boolean;
  /** Undefined when nobody answered, and until the customer has told what they said. */
  readonly back?: LookBack;
}

/** What a lead asked for, and how far it is. */
export interface Assignment {
  readonly id: AssignmentId;
  readonly agent: PersonId;
  readonly by: PersonId;
  readonly at: Millis;
  readonly campaign: CampaignId;
  readonly customer: CustomerChoice;
  readonly difficulty: Difficulty;
  readonly calls: number;
  readonly until: string;
  readonly done: number;
  readonly state: "open" | "done" | "withdrawn";
  /** Its day is over and it is not done, or it was done after its day (rule T5). */
  readonly late: boolean;
  /** Oldest first. */
  readonly results: readonly PracticeResult[];
}

/** Somebody's practice: what was asked for, oldest first, and what they did of their own accord. */
export interface PersonTraining {
  readonly assignments: readonly Assignment[];
  readonly free: readonly PracticeResult[];
}

/** What the log says of one agent at a moment of the company's clock. */
export function trainingOf(log: TrainingLog, agent: PersonId, now: Millis, timeZone: string): PersonTraining {
  const calls = [...log.calls.values()].filter((call) => call.by === agent && call.begun).sort(byStart);
  const own = [...log.assignments.values()].flatMap(({ assigned, withdrawn }) => (assigned?.agent === agent ? [{ assigned, withdrawn }] : []))
    .sort((a, b) => compareFacts(a.assigned, b.assigned));
  const ids = new Set(own.map(({ assigned }) => assigned.assignment));
  const today = dayOf(now, timeZone);
  const assignments = own.map(({ assigned, withdrawn }): Assignment => {
    const results = calls.filter(({ begun }) => begun?.assignment === assigned.assignment).map(resultOf);
    const finished = results.filter(({ done }) => done);
    const done = Math.min(finished.length, assigned.calls);
    const lastDue = finished[assigned.calls - 1];
    // Nobody takes back what is another agent's (rule T3).
    const back = withdrawn?.on === true && withdrawn.agent === agent;
    return {
      id: assigned.assignment, agent, by: assigned.by, at: timeOf(assigned), campaign: assigned.campaign, customer: assigned.customer,
      difficulty: assigned.difficulty, calls: assigned.calls, until: assigned.until, done, results,
      state: back ? "withdrawn" : lastDue ? "done" : "open",
      late: (lastDue ? dayOf(lastDue.at, timeZone) : today) > assigned.until,
    };
  });
  return { assignments, free: calls.filter(({ begun }) => begun?.assignment === undefined || !ids.has(begun.assignment)).map(resultOf) };
}

/** What the agent should practise next: of what is open, what is due first. */
export function nextAssignment(training: PersonTraining): Assignment | undefined {
  return training.assignments.filter(({ state }) => state === "open").sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : a.at - b.at))[0];
}

/** One practice call by itself: seconds, outcome, the look back (rules T4, T7). */
export function resultOf(call: PracticeCall): PracticeResult {
  const { begun, dialed, answered, ended, outcome } = call;
  const customer = begun?.customer ?? "polite";
  const picksUp = pickupOf(customer).kind === "answers";
  const back = backOf(call);
  return {
    call: call.call, at: startOf(call), customer,
    ...(dialed ? { prospect: dialed.prospect, campaign: dialed.campaign } : {}),
    ...(answered && ended ? { seconds: Math.max(0, (ended.at - answered.at) / 1000) } : {}),
    ...(outcome ? { outcome: outcome.outcome } : {}),
    done: ended !== undefined && outcome !== undefined && (answered !== undefined || !picksUp),
    ...(back ? { back } : {}),
  };
}

function backOf({ answered, heard, decider, handlers }: PracticeCall): LookBack | undefined {
  if (!answered || !heard) return undefined;
  // The customer's own clock is left aside: its times count from the answer, and so do they here.
  return lookBack({
    answeredAt: answered.at, decisionMakerAt: decider && Math.max(decider.at, answered.at),
    lines: heard.lines.map(({ ms, says }) => ({ at: answered.at + ms, situation: says })).sort((a, b) => a.at - b.at),
    handlers: [...handlers.values()].sort(compareFacts).map(({ at, handler }) => ({ at, handler })),
  });
}

function startOf({ begun, dialed }: PracticeCall): Millis {
  const fact = dialed ?? begun;
  return fact ? timeOf(fact) : 0;
}

function byStart(a: PracticeCall, b: PracticeCall): number {
  return startOf(a) - startOf(b) || (a.call < b.call ? -1 : 1);
}
