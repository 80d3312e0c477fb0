import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./until.ts";

/** An empty folder for one server; as root it must let the database's user pass. */
export function newDataDir(): string {
  const base = mkdtempSync(join(tmpdir(), "sufler-test-"));
  chmodSync(base, 0o755);
  return join(base, "data");
}

/** Where the folder's embedded database lies; null before its first start. */
export function databasePlace(dataDir: string): string | null {
  const file = join(dataDir, "sufler.json");
  if (!existsSync(file)) return null;
  const { postgres } = JSON.parse(readFileSync(file, "utf8")) as { postgres?: { place: string } };
  return postgres?.place ?? null;
}

/** The number of the database server's process. @throws Error when none is there (a wrong number may mean all processes) */
export function databasePid(dataDir: string): number {
  const pid = runningDatabase(dataDir);
  if (pid === null) throw new Error(`no database server runs over ${dataDir}`);
  return pid;
}

function runningDatabase(dataDir: string): number | null {
  const place = databasePlace(dataDir);
  const file = place === null ? "" : join(place, "cluster/postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return isAlive(pid) ? pid : null;
}

/** Ends a database server that a killed Sufler has left, and removes the folder with all that belongs to it. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const pid = runningDatabase(dataDir);
  if (pid !== null) {
    process.kill(pid, "SIGQUIT");
    await until("the end of the database server", () => !isAlive(pid));
  }
  const place = databasePlace(dataDir);
  for (const folder of [place, join(dataDir, "..")]) if (folder !== null) rmSync(folder, { recursive: true, force: true });
}

export function isAlive(pid: number): boolean {
  if (!(pid > 0)) throw new Error(`${pid} is no process`);
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
