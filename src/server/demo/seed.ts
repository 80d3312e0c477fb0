import { randomUUID } from "node:crypto";
import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import type { Handler, Script } from "#domain/script/script.ts";
import { passwordHash, passwordMatches } from "#server/auth/password.ts";
import { addPerson, passwordHashOf, personByEmail, setPassword } from "#server/auth/peopleStore.ts";
import { addProspects } from "#server/dialing/turnStore.ts";
import { addDocument, COMPANY, newestDocument } from "#server/scripts/documentStore.ts";
import type { Database, Queries } from "#server/store/database.ts";
import { takeNumbers } from "#server/sync/syncStore.ts";
import type { Document } from "#wire/sync.ts";

/** All that a demo company is made of. */
export interface DemoCompany {
  readonly people: readonly Omit<Person, "id">[];
  readonly company: Company;
  readonly campaigns: readonly Campaign[];
  readonly scripts: readonly Script[];
  readonly handlers: readonly Handler[];
  readonly prospects: readonly Prospect[];
}

/**
 * Puts the demo company into the database, at the first start and after a start that was killed half way; what is there already
 * stays as people have left it. Every start sees to it that the demo people have this password.
 */
export async function seedDemo(db: Database, demo: DemoCompany, password: string): Promise<readonly Person[]> {
  await seedPeople(db, demo.people, password);
  await db.transaction(async (tx) => {
    // The lock of the sequence: two app servers that start at once do not both sow.
    await takeNumbers(tx, 0);
    await offer(tx, { type: "company", id: COMPANY, version: 1, body: demo.company });
    for (const body of demo.campaigns) await offer(tx, { type: "campaign", id: body.id, version: 1, body });
    for (const body of demo.scripts) await offer(tx, { type: "script", id: body.id, version: body.version, body });
    for (const body of demo.handlers) await offer(tx, { type: "handler", id: body.id, version: body.version, body });
    await addProspects(tx, demo.prospects);
  });
  const all = await Promise.all(demo.people.map((one) => personByEmail(db, one.email)));
  return all.filter((one) => one !== undefined);
}

async function offer(tx: Queries, document: Document): Promise<void> {
  if (await newestDocument(tx, document.type, document.id)) return;
  await addDocument(tx, document, null);
}

async function seedPeople(db: Database, people: DemoCompany["people"], password: string): Promise<void> {
  const known = await Promise.all(people.map((one) => personByEmail(db, one.email)));
  const first = known[0];
  const hash = first && (await passwordHashOf(db, first.id));
  // One look is enough: all have the same password, and each check takes a while on purpose.
  const same = hash !== undefined && (await passwordMatches(hash, password));
  if (same && known.every((one) => one !== undefined)) return;
  const hashes = await Promise.all(people.map(() => passwordHash(password)));
  await db.transaction(async (tx) => {
    await takeNumbers(tx, 0);
    for (const [index, one] of people.entries()) {
      const found = await personByEmail(tx, one.email);
      const made = hashes[index] ?? "";
      if (found) await setPassword(tx, found.id, made);
      else await addPerson(tx, { ...one, id: randomUUID() }, made);
    }
  });
}
