import { createHmac } from "node:crypto";
import type { Queries } from "#server/store/database.ts";
import type { Seals } from "./seals.ts";

/** A SIP account. */
export interface Line { readonly username: string; readonly password: string }

/** The password of a line on the embedded switch: made from the secret, so that it is kept nowhere and changes with it. */
export function linePassword(secret: string, username: string): string {
  return createHmac("sha256", secret).update(`line ${username}`).digest("base64url").slice(0, 32);
}

/** A person's line on the embedded switch. */
export async function embeddedLine(db: Queries, secret: string, person: string): Promise<Line | undefined> {
  const [row] = await db.query<{ line: string }>("select line from person where id = $1", [person]);
  return row && { username: row.line, password: linePassword(secret, row.line) };
}

/** The line's password; undefined when there is no such line, or nobody is signed in to whom it belongs: its password never changes, and who has left may know it. */
export async function findEmbeddedLine(db: Queries, secret: string, username: string): Promise<Line | undefined> {
  const rows = await db.query("select from person p where line = $1 and exists (select from session s where s.person = p.id and s.expires_at > now())", [username]);
  return rows.length > 0 ? { username, password: linePassword(secret, username) } : undefined;
}

/** A person's account on the company's PBX; undefined when none was given or SECRET has changed since. */
export async function pbxLine(db: Queries, seals: Seals, person: string): Promise<Line | undefined> {
  const [row] = await db.query<{ username: string; sealed: string }>("select username, sealed from pbx_line where person = $1", [person]);
  const opened = row && seals.open(row.sealed);
  return row && opened && { username: row.username, password: opened.text };
}

/** Takes an account in, in place of an earlier one. False when nobody has that e-mail. */
export async function keepPbxLine(db: Queries, seals: Seals, email: string, line: Line): Promise<boolean> {
  const rows = await db.query(
    `insert into pbx_line (person, username, sealed) select id, $2, $3 from person where email = lower($1)
     on conflict (person) do update set username = excluded.username, sealed = excluded.sealed returning person`,
    [email, line.username, seals.seal(line.password)],
  );
  return rows.length > 0;
}

/** False when the person had none. */
export async function dropPbxLine(db: Queries, person: string): Promise<boolean> {
  return (await db.query("delete from pbx_line where person = $1 returning person", [person])).length > 0;
}

/** Whose account is which, by person; `readable`: its password can still be opened. Gives no password. */
export async function pbxLines(db: Queries, seals: Seals): Promise<ReadonlyMap<string, { readonly username: string; readonly readable: boolean }>> {
  const rows = await db.query<{ person: string; username: string; sealed: string }>("select person, username, sealed from pbx_line");
  return new Map(rows.map(({ person, username, sealed }) => [person, { username, readable: seals.open(sealed) !== undefined }]));
}

/** The line of each person on the embedded switch. */
export async function embeddedLines(db: Queries): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ id: string; line: string }>("select id, line from person");
  return new Map(rows.map(({ id, line }) => [id, line]));
}

/** Seals what lies under an earlier secret under the one of today. Returns how many. */
export async function sealAnew(db: Queries, seals: Seals): Promise<number> {
  let count = 0;
  for (const { person, sealed } of await db.query<{ person: string; sealed: string }>("select person, sealed from pbx_line")) {
    const opened = seals.open(sealed);
    if (!opened || opened.fresh) continue;
    // Unless somebody has just given another password.
    await db.query("update pbx_line set sealed = $3 where person = $1 and sealed = $2", [person, sealed, seals.seal(opened.text)]);
    count += 1;
  }
  return count;
}
