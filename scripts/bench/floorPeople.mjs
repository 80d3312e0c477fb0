import { createHmac, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";

/** Agents of one lead. */
export const TEAM = 20;

/**
 * Puts so many agents, and a lead for every twenty, into the server's database, each with a session as a sign-in makes it:
 * a thousand sign-ins would measure scrypt.
 * @param {string} url of the database @param {string} secret the server's SECRET @param {number} count @param {number} [perTeam]
 */
export async function hire(url, secret, count, perTeam = TEAM) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const team = (index) => `floor-${Math.floor(index / perTeam)}`;
  const people = [
    ...Array.from({ length: count }, (_, index) => ({ role: "agent", team: team(index) })),
    ...Array.from({ length: Math.ceil(count / perTeam) }, (_, index) => ({ role: "lead", team: `floor-${index}` })),
  ].map((one, index) => ({ ...one, id: randomUUID(), token: randomBytes(24).toString("hex"), name: `${one.role}-${index}` }));
  await client.query(
    `insert into person (id, name, email, email_verified, role, team, language, gender, line)
     select id, name, name || '@floor.example', true, role, team, 'en', 'f', name from jsonb_to_recordset($1::jsonb) as p (id text, name text, role text, team text)`,
    [JSON.stringify(people)],
  );
  await client.query(
    "insert into session (id, token, person, expires_at) select gen_random_uuid(), token, id, now() + interval '1 day' from jsonb_to_recordset($1::jsonb) as p (id text, token text)",
    [JSON.stringify(people)],
  );
  await client.end();
  return people.map(({ id, role, team: of, token }) => {
    const signed = `${token}.${createHmac("sha256", secret).update(token).digest("base64")}`;
    return { id, role, team: of, cookie: `sufler.session_token=${encodeURIComponent(signed)}` };
  });
}

/** Bytes on the disk for each fact, private records and indexes included. @param {string} url */
export async function bytesPerFact(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: [row] } = await client.query(
    "select (pg_total_relation_size('fact') + pg_total_relation_size('private_record'))::float8 as bytes, (select count(*) from fact)::float8 as facts",
  );
  await client.end();
  return row.bytes / row.facts;
}
