import type { Person } from "#domain/base/campaign.ts";
import type { FactBody } from "#domain/fact.ts";
import { people } from "#server/auth/peopleStore.ts";
import type { Queries } from "#server/store/database.ts";

/** Facts by which somebody asks an agent to practise. */
export function asksToPractise(fact: { readonly kind: FactBody["kind"] }): fact is Extract<FactBody, { kind: "training.assigned" | "training.withdrawn" }> {
  return fact.kind === "training.assigned" || fact.kind === "training.withdrawn";
}

/** The agents whom this person may ask to practise (rule T3): a lead those of the own team, an admin all, everybody else nobody. */
export async function traineesOf(db: Queries, person: Person): Promise<ReadonlySet<string>> {
  if (person.role !== "lead" && person.role !== "admin") return new Set();
  const team = await people(db, person.role === "lead" ? person.team : undefined);
  return new Set(team.filter(({ role }) => role === "agent").map(({ id }) => id));
}
