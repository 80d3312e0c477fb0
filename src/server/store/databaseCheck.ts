import { StartProblem, codeOf } from "#server/startProblem.ts";
import type { Queries } from "./database.ts";

/** The oldest PostgreSQL that the queries are written for; the embedded one is 18. */
const OLDEST = 15;

/**
 * Refuses a server that Sufler's queries would not work on, or would work on wrongly.
 * @throws StartProblem with one sentence
 */
export async function checkDatabase(db: Queries, url: string): Promise<void> {
  const [row] = await db.query<{ version: string; encoding: string }>("select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding");
  const where = databaseName(url);
  const major = Math.floor(Number(row?.version ?? 0) / 10_000);
  if (major < OLDEST) throw new StartProblem(`${where} runs PostgreSQL ${major}; Sufler needs ${OLDEST} or newer.`);
  const remake = "make it with: create database sufler template template0 encoding 'UTF8' locale 'C.UTF-8'.";
  if (row?.encoding !== "UTF8") throw new StartProblem(`${where} has the encoding ${row?.encoding ?? "unknown"}, and Sufler needs UTF8: ${remake}`);
  const [word] = await db.query<{ lowered: string }>("select lower($1) as lowered", ["ЖУК"]);
  if (word?.lowered !== "жук") throw new StartProblem(`${where} has a locale that knows no Cyrillic letters, so that nothing would be found: ${remake}`);
}

/** The sentence for a database that does not let us in; any other error stays as it is. */
export function databaseProblem(error: unknown, url: string): unknown {
  const where = databaseName(url);
  switch (codeOf(error)) {
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
    case "ECONNRESET":
      return new StartProblem(`${where} cannot be reached: check DATABASE_URL and whether the server runs.`);
    case "28P01":
    case "28000":
      return new StartProblem(`${where} refuses the user or the password of DATABASE_URL.`);
    case "3D000":
      return new StartProblem(`${where} does not exist on that server: make it, or correct DATABASE_URL.`);
    case "42501":
      return new StartProblem(`${where} does not let the user of DATABASE_URL make tables: make that user the database's owner.`);
    case "53100":
      return new StartProblem(`${where} has a full disk: make room there.`);
    case "53300":
      return new StartProblem(`${where} has no connection left: allow more of them (max_connections) or end some.`);
    case "25006":
      return new StartProblem(`${where} is read-only, a standby perhaps: name the primary server in DATABASE_URL.`);
    default:
      return error instanceof Error && /timeout|terminated|SSL|certificate|pg_hba/i.test(error.message)
        ? new StartProblem(`${where} cannot be used (${error.message}): check DATABASE_URL.`)
        : error;
  }
}

/** Host, port and name, without user and password. */
function databaseName(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `The database ${decodeURIComponent(pathname.slice(1))} on ${hostname === "" ? "this machine" : hostname}:${port === "" ? "5432" : port}`;
}
