import type { Queries } from "#server/store/database.ts";

/** What is written down for others to see later. */
export type AuditAction =
  | "listen.started" | "listen.ended" | "handler.published" | "prospect.erased"
  | "phone.setup" | "phone.line" | "phone.lines" | "phone.tested";

/** @param subject whom or what it was done to; `person`: who did it */
export async function writeAudit(db: Queries, person: string | null, action: AuditAction, subject: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
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
