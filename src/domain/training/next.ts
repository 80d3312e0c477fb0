import type { Person } from "../base/campaign.ts";
import type { ProspectId } from "../base/envelope.ts";
import { nextCustomer } from "../practice/nextCustomer.ts";
import type { Persona } from "../practice/numbers.ts";
import { practicePerson } from "../practice/prospects.ts";
import { nextAssignment, type Assignment, type PersonTraining } from "./progress.ts";

/** How somebody practises of their own accord. */
const free = { customer: "mix", difficulty: "usual" } as const;

/** Whom somebody practises on next: for the assignment that is due first, otherwise of their own accord. */
export function nextPractice(training: PersonTraining, { id, language }: Pick<Person, "id" | "language">): Persona {
  const assignment = nextAssignment(training);
  return assignment ? customerOf(assignment, language) : nextCustomer(free, language, id, training.free.length);
}

/**
 * The assignment that a call to this practice customer is for: an open one that wants just them next. None when it was
 * taken back while the card lay open: then the call is of one's own accord (rule T4).
 */
export function assignmentFor(training: PersonTraining, language: Person["language"], prospect: ProspectId): Assignment | undefined {
  return training.assignments.find((one) => one.state === "open" && practicePerson(customerOf(one, language)).id === prospect);
}

function customerOf(assignment: Assignment, language: Person["language"]): Persona {
  return nextCustomer(assignment, language, assignment.id, assignment.results.length);
}
