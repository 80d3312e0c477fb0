import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DataFolder } from "./dataFolder.ts";
import { SHARED_PLACE, makeSharedPlace } from "./postgresPrograms.ts";
import { databaseUser, userById, type RunAs } from "./postgresUser.ts";

/** Where the embedded database lies and who runs it. */
export interface PostgresPlace {
  /** Holds `cluster/` and `log`; owned by the user who runs the database. */
  readonly folder: string;
  readonly runAs: RunAs | null;
  readonly password: string;
}

/**
 * The place of the folder's database, chosen at the first start and remembered: beside the other data, or, when Sufler runs as
 * root and the database's user may not enter the data folder (a clone under /root), in /var/lib/sufler.
 */
export function postgresPlace(data: DataFolder, say: (line: string) => void): PostgresPlace {
  const known = data.memory().postgres;
  const runAs = ownerOf(known?.place) ?? databaseUser();
  const inside = join(data.path, "postgres");
  const place = known?.place ?? (mayEnter(data.path, runAs) ? inside : firstFree(data.path));
  const password = known?.password ?? randomBytes(24).toString("hex");
  if (known === undefined) data.remember({ postgres: { place, password, port: 0 } });
  if (!existsSync(place)) {
    if (place !== inside) makeSharedPlace();
    mkdirSync(place, { mode: 0o700 });
    if (runAs !== null) chownSync(place, runAs.uid, runAs.gid);
  }
  if (place !== inside) say(`The database lies in ${place}, because the user ${runAs?.name ?? ""} may not enter ${data.path}.`);
  return { folder: place, runAs, password };
}

/** Started as root over a database that somebody else has made: it goes on as that user. */
function ownerOf(place: string | undefined): RunAs | null {
  if (process.getuid?.() !== 0 || place === undefined || !existsSync(place)) return null;
  const { uid, gid } = statSync(place);
  return uid === 0 ? null : userById(uid, gid);
}

/** Tried, not computed from modes: groups, access lists and mounts all have their say. */
function mayEnter(folder: string, runAs: RunAs | null): boolean {
  if (runAs === null) return true;
  return spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { cwd: "/", stdio: "ignore", uid: runAs.uid, gid: runAs.gid }).status === 0;
}

/** A data folder that was thrown away may have left its database there: that one is not touched. */
function firstFree(dataDir: string): string {
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  for (let number = 1; ; number += 1) {
    const place = join(SHARED_PLACE, number === 1 ? name : `${name}-${number}`);
    if (!existsSync(place)) return place;
  }
}
