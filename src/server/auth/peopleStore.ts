import { randomUUID } from "node:crypto";
import type { Person } from "#domain/base/campaign.ts";
import { endDeviceKeys } from "#server/sync/deviceKeyStore.ts";
import type { Queries } from "#server/store/database.ts";

const columns = "id, name, email, role, team, language, gender";

/** A new person with a password. Their line on the embedded switch is named after the e-mail. */
export async function addPerson(db: Queries, person: Person, passwordHash: string): Promise<void> {
  await db.query(
    `insert into person (id, name, email, email_verified, role, team, language, gender, line) values ($1, $2, lower($3), true, $4, $5, $6, $7, $8)`,
    [person.id, person.name, person.email, person.role, person.team, person.language, person.gender, await freeLine(db, person.email)],
  );
  await db.query(
    `insert into account (id, account_id, provider_id, person, password) values ($1, $2, 'credential', $2, $3)`,
    [randomUUID(), person.id, passwordHash],
  );
}

/** Takes effect at the next sign-in; sessions that are open stay open. Device keys end: they are renewed at the next sign-in. */
export async function setPassword(db: Queries, person: string, passwordHash: string): Promise<void> {
  await db.query(`update account set password = $2, updated_at = now() where person = $1 and provider_id = 'credential'`, [person, passwordHash]);
  await endDeviceKeys(db, person);
}

/** Keeps the same password under another hash, unless it has been changed meanwhile. */
export async function renewHash(db: Queries, before: string, after: string): Promise<void> {
  await db.query("update account set password = $2 where password = $1", [before, after]);
}

export async function passwordHashOf(db: Queries, person: string): Promise<string | undefined> {
  const rows = await db.query<{ password: string | null }>(`select password from account where person = $1 and provider_id = 'credential'`, [person]);
  return rows[0]?.password ?? undefined;
}

export async function personById(db: Queries, id: string): Promise<Person | undefined> {
  const rows = await db.query<Person>(`select ${columns} from person where id = $1`, [id]);
  return rows[0];
}

export async function personByEmail(db: Queries, email: string): Promise<Person | undefined> {
  const rows = await db.query<Person>(`select ${columns} from person where email = lower($1)`, [email]);
  return rows[0];
}

/** Everybody, or one team. In a lasting order. */
export async function people(db: Queries, team?: string): Promise<readonly Person[]> {
  const rows = await db.query<Person>(`select ${columns} from person where $1::text is null or team = $1 order by email`, [team ?? null]);
  return rows;
}

/** The people of these teams, each in the same lasting order. */
export async function peopleOfTeams(db: Queries, teams: readonly string[]): Promise<ReadonlyMap<string, readonly Person[]>> {
  const rows = await db.query<Person>(`select ${columns} from person where team = any($1) order by email`, [teams]);
  return new Map(teams.map((team) => [team, rows.filter((person) => person.team === team)]));
}

/** The part of the address before the @, as a SIP user name (RFC 3261 section 25.1, the signs that need no escaping); numbered when taken. */
async function freeLine(db: Queries, email: string): Promise<string> {
  const stem = (email.split("@")[0] ?? "").toLowerCase().replace(/[^a-z0-9._-]/g, "") || "line";
  const rows = await db.query<{ line: string }>(`select line from person where line like $1`, [`${stem.replace(/[%_\\]/g, "\\$&")}%`]);
  const taken = new Set(rows.map((row) => row.line));
  let line = stem;
  for (let n = 2; taken.has(line); n += 1) line = `${stem}-${n}`;
  return line;
}

/** Of these sessions those that still hold, with their people as they are now. */
export async function peopleOfSessions(db: Queries, sessions: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const rows = await db.query<Person & { session: string }>(
    `select s.id as session, p.id, p.name, p.email, p.role, p.team, p.language, p.gender
     from session s join person p on p.id = s.person where s.id = any($1) and s.expires_at > now()`,
    [sessions],
  );
  return new Map(rows.map(({ session, ...person }) => [session, person]));
}

/** The person's line on the embedded switch, when no session of theirs is left. */
export async function lineOfSignedOut(db: Queries, person: string): Promise<string | undefined> {
  const [row] = await db.query<{ line: string }>("select line from person where id = $1 and not exists (select from session where person = $1 and expires_at > now())", [person]);
  return row?.line;
}
