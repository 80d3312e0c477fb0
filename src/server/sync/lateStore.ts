import type { FactOf } from "#domain/fact.ts";
import type { Queries } from "#server/store/database.ts";

/** When these calls of a person were dialed and answered, as far as it is known here. */
export async function beginningsOf(tx: Queries, calls: readonly string[], person: string): Promise<readonly FactOf<"call.dialed" | "call.answered">[]> {
  const rows = await tx.query<{ body: FactOf<"call.dialed" | "call.answered"> }>(
    // Fenced, so that it is found by the calls: a connection keeps the plan that it made while the table was small.
    "select body from (select body, person, kind from fact where call = any($1) offset 0) f where person = $2 and kind in ('call.dialed', 'call.answered')", [calls, person],
  );
  return rows.map(({ body }) => body);
}
