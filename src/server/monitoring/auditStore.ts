import type { Queries } from "#server/store/database.ts";
import type { AuditEntry, Deed } from "#wire/api.ts";

/**
 * Writes a deed down for others to see later. What a lead says of an agent as a fact is written down as it is stored (`insert_facts`).
 * @param subject whom or what it was done to; `person`: who did it
 */
export async function writeAudit(db: Queries, person: string | null, action: Deed, subject: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
  await db.query("insert into audit (person, action, subject, detail) values ($1, $2, $3, $4)", [person, action, subject, JSON.stringify(detail)]);
}

/** Listening that a killed server could not end in the log is ended there at the next start; `older`: only what began before, a Date. */
export async function endOrphanedListening(db: Queries, older: Date): Promise<void> {
  await db.query(
    `insert into audit (person, action, subject, detail)
     select person, 'listen.ended', subject, jsonb_build_object('session', detail ->> 'session', 'why', 'serverGone') from audit s
     where action = 'listen.started' and at < $1 and not exists (
       select from audit e where e.action = 'listen.ended' and e.detail ->> 'session' = s.detail ->> 'session')`,
    [older],
  );
}

/** The newest 50 entries, or those before one. A subject that is a person is told by name. */
export async function auditEntries(db: Queries, before: number | undefined): Promise<readonly AuditEntry[]> {
  const rows = await db.query<{ id: number; at: Date; by: string | null; action: string; subject: string }>(
    `select a.id, a.at, p.name as by, a.action, coalesce(s.name, a.subject) as subject
     from audit a left join person p on p.id = a.person left join person s on s.id = a.subject
     where $1::bigint is null or (a.at, a.id) < (select at, id from audit where id = $1) order by a.at desc, a.id desc limit 50`,
    [before ?? null],
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
}
