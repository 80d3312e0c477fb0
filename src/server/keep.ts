import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { backUp, type Counts } from "./keeping/backUp.ts";
import { openEraseLog, readErasures } from "./keeping/eraseLog.ts";
import { restore } from "./keeping/restore.ts";
import { writeAudit } from "./monitoring/auditStore.ts";
import { readSettings, type Settings } from "./settings.ts";
import { StartProblem, codeOf } from "./startProblem.ts";
import { makeFolders, memoryOf, openDataFolder } from "./store/dataFolder.ts";
import { openDatabase, type Database } from "./store/database.ts";
import { checkDatabase, databaseProblem } from "./store/databaseCheck.ts";
import { runningPostgres, startEmbeddedPostgres } from "./store/postgres.ts";

const say = (line: string): void => console.log(line);

/**
 * The program behind `npm run backup` and `npm run restore`: prints what it did, or one sentence on why it did not.
 * @param file null: a new one in the folder `backups` of the data folder
 * @param erasures the list of another data folder, whose erasures are made here too
 */
export async function keep(what: "backup" | "restore", file: string | null, project: string, erasures: string | null = null): Promise<void> {
  try {
    const reading = readSettings(process.env, project);
    if (!reading.ok) throw new StartProblem(reading.problem);
    const { settings } = reading;
    if (what === "backup") await writeBackUp(settings, file ?? join(settings.dataDir, "backups", `sufler-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.backup`));
    else await readBackUp(settings, file ?? "", erasures);
  } catch (error) {
    throw error instanceof StartProblem ? Object.assign(new Error(error.message), { sentence: error.message }) : error;
  }
}

async function writeBackUp(settings: Settings, file: string): Promise<void> {
  if (settings.databaseUrl === null && memoryOf(settings.dataDir) === null)
    throw new StartProblem(`There is nothing to back up: the data folder ${settings.dataDir} holds no database. Name yours with DATA_DIR or DATABASE_URL.`);
  if (existsSync(file)) throw new StartProblem(`${file} is there already: name another file.`);
  try {
    makeFolders(dirname(file));
    const counts = await withDatabase(settings, "beside", async (db) => {
      const written = await backUp(db, file, new Date(), (table) => say(`  ${table}`), settings.backUpPassphrase);
      await writeAudit(db, null, "back-up.made", basename(file), {});
      return written;
    });
    say(`Backed up ${summary(counts)} into ${file}`);
    say(settings.backUpPassphrase === null ? "It holds names, numbers and clients' words, and only you may read it; BACKUP_PASSPHRASE would encrypt it." : "It is encrypted: without BACKUP_PASSPHRASE nobody can restore it.");
    say("Keep with it, in another place: SECRET (or sufler.json of the data folder), which unseals the passwords of the PBX lines.");
  } catch (error) {
    throw fileProblem(file, error);
  }
}

async function readBackUp(settings: Settings, file: string, erasures: string | null): Promise<void> {
  if (erasures !== null && !existsSync(erasures)) throw new StartProblem(`There is no file ${erasures}.`);
  const elsewhere = erasures === null ? [] : readErasures(erasures);
  const erased = [...new Set([...readErasures(settings.dataDir), ...elsewhere])];
  const counts = await withDatabase(settings, "alone", async (db) => {
    const read = await restore(db, file, { erased, told: (table) => say(`  ${table}`), passphrase: settings.backUpPassphrase });
    await writeAudit(db, null, "back-up.restored", basename(file), {});
    return read;
  });
  const log = openEraseLog(settings.dataDir);
  for (const prospect of elsewhere) log.write(prospect);
  if (erased.length > 0) say(`${erased.length} people whose data were erased stay erased.`);
  say(`Restored ${summary(counts)}. Start the server as usual; everybody signs in again.`);
}

/** @param how beside a running server, or alone */
async function withDatabase<T>(settings: Settings, how: "beside" | "alone", work: (db: Database) => Promise<T>): Promise<T> {
  const stops: (() => Promise<void> | void)[] = [];
  try {
    const url = settings.databaseUrl ?? (how === "beside" ? await runningPostgres(settings.dataDir) : null) ?? (await started(settings, stops));
    const db = openDatabase(url, (error) => say(`Database: ${error.message}`), null);
    stops.push(() => db.end());
    try {
      await checkDatabase(db, url);
    } catch (error) {
      throw settings.databaseUrl === null ? error : databaseProblem(error, url);
    }
    return await work(db);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function started(settings: Settings, stops: (() => Promise<void> | void)[]): Promise<string> {
  const folder = openDataFolder(settings.dataDir);
  stops.push(() => folder.release());
  const postgres = await startEmbeddedPostgres(folder, { say, signal: new AbortController().signal });
  stops.push(() => postgres.stop());
  return postgres.url;
}

const summary = (counts: Counts): string =>
  [["person", "people"], ["prospect", "prospects"], ["fact", "facts"], ["private_record", "private records"], ["document", "documents"]]
    .map(([table = "", word = ""]) => `${counts[table] ?? 0} ${word}`).join(", ");

function fileProblem(file: string, error: unknown): unknown {
  switch (codeOf(error)) {
    case "EACCES": case "EPERM": case "EROFS": case "ENOTDIR": case "EEXIST": case "ENOENT":
      return new StartProblem(`${file} cannot be written: name a file in a folder that you may write to.`);
    case "ENOSPC": case "EDQUOT":
      return new StartProblem(`The disk is full; nothing was left of ${file}.`);
    default: return error;
  }
}
