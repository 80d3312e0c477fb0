import type { Person } from "#domain/base/campaign.ts";
import type { FactBody } from "#domain/fact.ts";
import { people } from "#server/auth/peopleStore.ts";
import type { Queries } from "#server/store/database.ts";

/** Kinds of facts that a lead says of an agent (rules T3, Q15). */
const leads = ["training.assigned", "training.withdrawn", "target.set", "target.withdrawn", "contact.checked"] as const;
type SaidOfAgent = Extract<FactBody, { kind: (typeof leads)[number] }>;

/** Is it a fact that only somebody who leads the agent may say? */
export function saidOfAgent(fact: { readonly kind: FactBody["kind"] }): fact is SaidOfAgent {
  return leads.some((kind) => kind === fact.kind);
}

/** The agents whom this person leads: a lead those of the own team, an admin all, everybody else nobody. */
export async function ledBy(db: Queries, person: Person): Promise<ReadonlySet<string>> {
  if (person.role !== "lead" && person.role !== "admin") return new Set();
  const team = await people(db, person.role === "lead" ? person.team : undefined);
  return new Set(team.filter(({ role }) => role === "agent").map(({ id }) => id));
}
