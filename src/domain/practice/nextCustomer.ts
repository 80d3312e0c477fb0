import type { Language } from "../base/campaign.ts";
import { seedOf } from "./dice.ts";
import { personOf, type Difficulty } from "./difficulty.ts";
import type { CustomerChoice } from "./facts.ts";
import type { CharacterId, Persona } from "./numbers.ts";

/** The mix, easiest to begin with. Those who never pick up teach nothing, and are only met when somebody asks for them. */
export const mix: readonly CharacterId[] = [
  "objectsThenAgrees", "gatekeeper", "polite", "tooExpensive", "sendEmail", "hasSupplier", "notSeason", "angry", "silent", "hangsUpAtOnce",
];

/**
 * Whom the call after `calls` earlier ones goes to. Different texts `of` (an assignment, a person) meet different people,
 * and nobody meets the same one twice in a row.
 */
export function nextCustomer(wish: { readonly customer: CustomerChoice; readonly difficulty: Difficulty }, language: Language, of: string, calls: number): Persona {
  const character = wish.customer === "mix" ? mix[calls % mix.length] ?? "polite" : wish.customer;
  return { character, language, person: personOf(wish.difficulty, (seedOf(of) >>> 1) % 80 + calls * 3) };
}
