import { createHash } from "node:crypto";
import { timeOf } from "#domain/base/envelope.ts";
import type { Company } from "#domain/base/campaign.ts";
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
 * Looks up when the calls of a person's facts began, ahead of storing them; what it gives is asked when they are about to be stored. Its
 * notes, one for each call that comes in after its day had closed (rule Q14), count only when their facts turn out to be new.
 */
export type LateCalls = (person: string, facts: readonly Fact[]) => Promise<() => readonly LateNote[]>;

/**
 * Nothing is locked, so a call's beginning may be stored at this very moment by another app server; then that one finds it late itself.
 * @param now milliseconds
 */
export function createLateCalls(db: Queries, now: () => number): LateCalls {
  /** Beginnings of calls that go into the database after others of the same person had been looked up. */
  const meanwhile = new Set<{ readonly person: string; readonly begun: Fact[] }>();
  return async (person, facts) => {
    const begun = facts.filter(({ kind }) => kind === "call.dialed" || kind === "call.answered");
    const old = facts.filter((fact) => mayBeLate(fact, now()));
    const since = { person, begun: [...begun] };
    meanwhile.add(since);
    try {
      const [company, known] = old.length === 0 ? [undefined, []] as const : await Promise.all([companyOf(db), beginningsOf(db, [...new Set(old.map(({ call }) => call))], person)]);
      return () => {
        meanwhile.delete(since);
        for (const one of meanwhile) if (one.person === person) one.begun.push(...begun);
        return company ? lateOf(company, old, [...known, ...since.begun], person, now()) : [];
      };
    } catch (error) {
      meanwhile.delete(since);
      throw error;
    }
  };
}

function lateOf(company: Company, old: readonly OfCall[], beginnings: readonly Fact[], person: string, now: number): readonly LateNote[] {
  const book = writeCalls(emptyBook, beginnings);
  return old.flatMap((fact) => {
    const record = book.get(fact.call);
    const day = record && dayOfCall(record, company.timeZone);
    if (day === undefined) return [];
    const closing = closingOf(companyOn(company, day));
    // What was itself said too late says so by its own time (rule Q12).
    if (!closedAt(now, day, closing) || (fact.kind === "outcome.saved" && isLate(fact, day, closing))) return [];
    const id = `${OWN_NAMES}${createHash("sha256").update(`${person} ${fact.call}`).digest("base64url")}`;
    return [{ of: fact.id, fact: { kind: "call.late", id, at: now, offset: 0, by: SERVER, device: SERVER, call: fact.call, agent: person, received: now } }];
  });
}
