import { createHash } from "node:crypto";
import { timeOf } from "#domain/base/envelope.ts";
import { companyOn } from "#domain/base/norms.ts";
import { emptyBook, writeCalls } from "#domain/counting/callBook.ts";
import { closedAt, closingOf, isLate } from "#domain/counting/closing.ts";
import { dayOfCall } from "#domain/counting/verdict.ts";
import type { Fact, FactOf } from "#domain/fact.ts";
import type { Queries } from "#server/store/database.ts";
import { company as companyOf } from "#server/scripts/documentStore.ts";
import { beginningsOf } from "./lateStore.ts";
import { insertFacts, takeNumbers } from "./syncStore.ts";

/** Who says what only the server can know. */
export const SERVER = "server";

/** What is younger is not looked at: hardly a day closes while a fact is on its way. */
const ON_THE_WAY = 10 * 60_000;

type OfCall = Fact & { readonly call: string };

/** May this fact have come in after its day had closed? Most facts are of this moment, and nothing has to be looked up for them. */
export function mayBeLate(fact: Fact, now: number): fact is OfCall {
  return (fact.kind === "call.dialed" || fact.kind === "call.answered" || fact.kind === "call.ended" || fact.kind === "outcome.saved") && now - timeOf(fact) > ON_THE_WAY;
}

/**
 * Notes the calls of a person whose facts have come in after their day had closed (rule Q14), once for each call.
 * @param fresh facts of this person that are new here; runs in the transaction that has stored them
 */
export async function noteLateCalls(tx: Queries, person: string, fresh: readonly Fact[], now: number): Promise<void> {
  const old = fresh.filter((fact) => mayBeLate(fact, now));
  if (old.length === 0) return;
  const company = await companyOf(tx);
  if (!company) return;
  const book = writeCalls(emptyBook, await beginningsOf(tx, [...new Set(old.map(({ call }) => call))], person));
  const late = new Map<string, FactOf<"call.late">>();
  for (const fact of old) {
    const record = book.get(fact.call);
    const day = record && dayOfCall(record, company.timeZone);
    if (day === undefined) continue;
    const closing = closingOf(companyOn(company, day));
    // What was itself said too late says so by its own time (rule Q12).
    if (!closedAt(now, day, closing) || (fact.kind === "outcome.saved" && isLate(fact, day, closing))) continue;
    const id = `late-${createHash("sha256").update(`${person} ${fact.call}`).digest("base64url")}`;
    late.set(id, { kind: "call.late", id, at: now, offset: 0, by: SERVER, device: SERVER, call: fact.call, agent: person, received: now });
  }
  if (late.size > 0) await insertFacts(tx, [...late.values()], await takeNumbers(tx, late.size));
}
