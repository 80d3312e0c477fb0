import { compareFacts } from "#domain/base/envelope.ts";
import type { Fact, FactOf } from "#domain/fact.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
import type { CallTrail } from "./lead.ts";

type Step = FactOf<"module.shown" | "verbatim.taken">;

/** Follows the calls that are up: their modules and captures in their order. Reads each fact once, however long the day was. */
export function createTrails(): (rows: readonly BoardRow[], facts: readonly Fact[]) => ReadonlyMap<string, CallTrail> {
  const steps = new Map<string, Step[]>();
  let read = 0;
  let trails: ReadonlyMap<string, { readonly steps: number; readonly trail: CallTrail }> = new Map();
  return (rows, facts) => {
    for (; read < facts.length; read += 1) {
      const fact = facts[read];
      if (fact?.kind !== "module.shown" && fact?.kind !== "verbatim.taken") continue;
      const own = steps.get(fact.call);
      if (own) own.push(fact);
      else steps.set(fact.call, [fact]);
    }
    const up = new Set(rows.flatMap(({ now }) => now?.call ?? []));
    trails = new Map([...up].flatMap((call) => {
      const own = steps.get(call);
      if (!own) return [];
      const before = trails.get(call);
      return [[call, before?.steps === own.length ? before : { steps: own.length, trail: trailOf(own) }] as const];
    }));
    return new Map([...trails].map(([call, { trail }]) => [call, trail]));
  };
}

function trailOf(steps: readonly Step[]): CallTrail {
  let [modules, captures]: [CallTrail["modules"], CallTrail["captures"]] = [[], []];
  for (const fact of steps.toSorted(compareFacts)) {
    if (fact.kind === "module.shown") modules = walked(modules, fact.module, fact.way);
    else captures = [...captures, { record: fact.record, second: fact.second, ...(fact.module === undefined ? {} : { module: fact.module }) }];
  }
  return { modules, captures };
}

/** Going back shortens the trail as it does on the agent's screen. */
function walked(trail: readonly string[], module: string, way: string): readonly string[] {
  if (way !== "back" && way !== "trail") return [...trail, module];
  const at = trail.lastIndexOf(module);
  return at < 0 ? [...trail, module] : trail.slice(0, at + 1);
}
