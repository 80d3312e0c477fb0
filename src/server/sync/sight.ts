import type { Person } from "#domain/base/campaign.ts";

/** Whose facts and private records a person may see. Documents are for everybody. */
export interface Sight {
  /** Colleagues that come with every pull. */
  readonly colleagues: "self" | "team" | "all";
  /** Clients' words noted by anybody, with the facts that say where: what an editor works with. */
  readonly verbatims: boolean;
}

/** What each role sees of others: leads their team, admins everybody, all others themselves. */
export const sightOf: { readonly [R in Person["role"]]: Sight } = {
  agent: { colleagues: "self", verbatims: false },
  lead: { colleagues: "team", verbatims: false },
  editor: { colleagues: "self", verbatims: true },
  closer: { colleagues: "self", verbatims: false },
  admin: { colleagues: "all", verbatims: true },
};

/** May `viewer` see what `other` does? The same rule for pulls, pokes, presence and listening. */
export function sees(viewer: Pick<Person, "id" | "role" | "team">, other: Pick<Person, "id" | "team">): boolean {
  const { colleagues } = sightOf[viewer.role];
  return viewer.id === other.id || colleagues === "all" || (colleagues === "team" && viewer.team === other.team);
}
