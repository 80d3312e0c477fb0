import { spawnSync } from "node:child_process";
import { StartProblem } from "#server/startProblem.ts";

/** The user that PostgreSQL runs as when Sufler itself runs as root, which PostgreSQL refuses to. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

const OWN = "sufler";

/**
 * The user for a new database; made as a system user when there is none yet.
 * @returns null when Sufler does not run as root, so that PostgreSQL runs as the same user
 */
export function databaseUser(): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const found = lookUp(OWN) ?? (make() ? lookUp(OWN) : null) ?? lookUp("postgres");
  if (found === null)
    throw new StartProblem("PostgreSQL does not run as root, and a user for it cannot be made: make one (useradd --system sufler), or start Sufler as an ordinary user.");
  return found;
}

/** The user by number, such as the owner of a database that is there already. */
export function userById(uid: number, gid: number): RunAs {
  return { uid, gid, name: ask("id", ["-nu", String(uid)]) ?? String(uid) };
}

function make(): boolean {
  const shell = "/usr/sbin/nologin";
  return ask("useradd", ["--system", "--user-group", "--no-create-home", "--home-dir", "/var/lib/sufler", "--shell", shell, OWN]) !== null;
}

function lookUp(name: string): RunAs | null {
  const uid = Number(ask("id", ["-u", name]) ?? NaN);
  const gid = Number(ask("id", ["-g", name]) ?? NaN);
  return uid > 0 && gid > 0 ? { uid, gid, name } : null;
}

function ask(program: string, args: readonly string[]): string | null {
  const run = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return run.status === 0 ? run.stdout.trim() : null;
}
