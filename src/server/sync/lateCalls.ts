import { createHash } from "node:crypto";
import { timeOf } from "#domain/base/envelope.ts";
import { companyOn } from "#domain/base/norms.ts";
import { emptyBook, writeCalls } from "#domain/counting/callBook.ts";
import { closedAt, closingOf, isLate } from "#domain/counting/closing.ts";
import { dayOfCall } from "#domain/counting/verdict.ts";
import type { Fact } from "#domain/fact.ts";
import type { Queries } from "#server/store/database.ts";
import { company as companyOf } from "#server/scripts/documentStore.ts";
import { beginningsOf } from "./lateStore.ts";
import type { LateNote } from "./syncStore.ts";

/** Who says what only the server can know. */
export const SERVER = "server";

/** How the names of the server's own notes begin: each follows from its call, so that it is noted once, and no device may take it. */
export const OWN_NAMES = "late-";

/** What is younger is not looked at: hardly a day closes while a fact is on its way. */
const ON_THE_WAY = 10 * 60_000;

type OfCall = Fact & { readonly call: string };

/** May this fact have come in after its day had closed? Most facts are of this moment, and nothing has to be looked up for them. */
export function mayBeLate(fact: Fact, now: number): fact is OfCall {
  return (fact.kind === "call.dialed" || fact.kind === "call.answered" || fact.kind === "call.ended" || fact.kind === "outcome.saved") && now - timeOf(fact) > ON_THE_WAY;
}

/**
 * Which of these facts of a person come in after the day of their call had closed (rule Q14), with the note of it, one for each call.
 * @param facts a batch that is about to be stored: a note counts only when its fact turns out to be new. Nothing is locked yet, so
 * a call's beginning may be stored at this very moment by another device; then that one finds it late itself.
 */
export async function lateCalls(db: Queries, person: string, facts: readonly Fact[], now: number): Promise<readonly LateNote[]> {
  const old = facts.filter((fact) => mayBeLate(fact, now));
  if (old.length === 0) return [];
  const company = await companyOf(db);
  if (!company) return [];
  const known = await beginningsOf(db, [...new Set(old.map(({ call }) => call))], person);
  const book = writeCalls(emptyBook, [...known, ...facts.filter(({ kind }) => kind === "call.dialed" || kind === "call.answered")]);
  const late: LateNote[] = [];
  for (const fact of old) {
    const record = book.get(fact.call);
    const day = record && dayOfCall(record, company.timeZone);
    if (day === undefined) continue;
    const closing = closingOf(companyOn(company, day));
    // What was itself said too late says so by its own time (rule Q12).
    if (!closedAt(now, day, closing) || (fact.kind === "outcome.saved" && isLate(fact, day, closing))) continue;
    const id = `${OWN_NAMES}${createHash("sha256").update(`${person} ${fact.call}`).digest("base64url")}`;
    late.push({ of: fact.id, fact: { kind: "call.late", id, at: now, offset: 0, by: SERVER, device: SERVER, call: fact.call, agent: person, received: now } });
  }
  return late;
}
