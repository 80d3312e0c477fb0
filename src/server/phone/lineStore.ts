import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { Queries } from "#server/store/database.ts";

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

/** Is there such a line, and what is its password? */
export async function findEmbeddedLine(db: Queries, secret: string, username: string): Promise<Line | undefined> {
  const rows = await db.query("select from person where line = $1", [username]);
  return rows.length > 0 ? { username, password: linePassword(secret, username) } : undefined;
}

/** A person's account on the company's PBX; undefined when none was given or SECRET has changed since. */
export async function pbxLine(db: Queries, secret: string, person: string): Promise<Line | undefined> {
  const [row] = await db.query<{ username: string; sealed: string }>("select username, sealed from pbx_line where person = $1", [person]);
  const password = row && unseal(secret, row.sealed);
  return password === undefined || !row ? undefined : { username: row.username, password };
}

/** Takes an account in, in place of an earlier one. False when nobody has that e-mail. */
export async function keepPbxLine(db: Queries, secret: string, email: string, line: Line): Promise<boolean> {
  const rows = await db.query(
    `insert into pbx_line (person, username, sealed) select id, $2, $3 from person where email = lower($1)
     on conflict (person) do update set username = excluded.username, sealed = excluded.sealed returning person`,
    [email, line.username, seal(secret, line.password)],
  );
  return rows.length > 0;
}

/** AES-256-GCM with a key of its own, drawn from the secret (RFC 5869). */
const key = (secret: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "", "sufler pbx line", 32));

function seal(secret: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key(secret), nonce);
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

function unseal(secret: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key(secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
  } catch {
    return undefined; // sealed with another secret
  }
}
