import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { announcement } from "./announce.ts";
import { demoContent } from "./demo/content.ts";
import { seedDemo } from "./demo/seed.ts";
import { demoChoice } from "./demoChoice.ts";
import { listen } from "./http/listen.ts";
import { finishErasures } from "./keeping/erase.ts";
import { openEraseLog, readErasures } from "./keeping/eraseLog.ts";
import { createLog } from "./log.ts";
import { openLogFile } from "./logFile.ts";
import { sealAnew } from "./phone/lineStore.ts";
import { createSeals } from "./phone/seals.ts";
import { takeInLines } from "./phone/takeInLines.ts";
import { openRooms } from "./rooms.ts";
import type { Settings } from "./settings.ts";
import { StartProblem } from "./startProblem.ts";
import { folderProblem, openDataFolder, type DataFolder } from "./store/dataFolder.ts";
import { openDatabase, type PooledDatabase } from "./store/database.ts";
import { checkDatabase, databaseProblem } from "./store/databaseCheck.ts";
import { keepFirst, kept } from "./store/keptStore.ts";
import { migrate } from "./store/migrate.ts";
import { startEmbeddedPostgres, type StartContext } from "./store/postgres.ts";

export interface ServerContext extends StartContext {
  /** The project's folder, where dist/client lies. */
  readonly project: string;
}

export interface RunningServer {
  readonly url: string;
  /** Resolves with a sentence when the server cannot go on. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Builds the server from its parts: data folder, database, port. What was started is stopped again in the opposite order,
 * also when a later part does not start.
 * @throws StartProblem for what a person can mend
 */
export async function startServer(settings: Settings, context: ServerContext): Promise<RunningServer> {
  const { say, signal } = context;
  const undo: (() => void | Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    // One part that cannot be stopped (its database has gone, say) must not keep the others from it.
    const failures: unknown[] = [];
    for (let last = undo.pop(); last !== undefined; last = undo.pop()) {
      try {
        await last();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    const folder = openDataFolder(settings.dataDir);
    undo.push(() => folder.release());

    const embedded = settings.databaseUrl === null ? await startEmbeddedPostgres(folder, { say, signal }) : null;
    if (embedded !== null) undo.push(() => embedded.stop());
    const url = settings.databaseUrl ?? embedded?.url ?? "";
    const db = openDatabase(url, (error) => say(`Database: ${error.message}`));
    undo.push(() => db.end());
    const demo = await prepareDatabase(db, url, settings, folder);
    signal.throwIfAborted();

    const finished = await finishErasures(db, readErasures(folder.path));
    if (finished > 0) say(`${finished} erasures that were begun before the server stopped are done now.`);
    const logFile = openLogFile(join(folder.path, "server.log"), (error) => say(`The log cannot be written: ${error.message}`));
    undo.push(() => logFile.close());
    const log = createLog((line) => logFile.write(line), say);
    const password = demo ? demoPassword(settings, folder) : null;
    const people = password === null ? [] : await seedDemo(db, demoContent, password);
    const secret = keptSecret(settings, folder);
    const seals = createSeals(secret, settings.secretsBefore);
    const anew = await sealAnew(db, seals);
    if (anew > 0) say(`SECRET_BEFORE: ${anew} passwords were encrypted anew with SECRET.`);
    if (settings.sip.kind === "pbx" && settings.sip.linesFile !== null) {
      const nobody = await takeInLines(db, seals, settings.sip.linesFile);
      if (nobody > 0) say(`SIP_LINES: ${nobody} of its rows name nobody who has an account here.`);
    }
    signal.throwIfAborted();

    let port = settings.port;
    const rooms = await openRooms({
      db, settings, log, demoPassword: password, secret, version: versionOf(context.project), port: () => port,
      eraseLog: openEraseLog(folder.path), clientFolder: join(context.project, "dist/client"), voicesFolder: join(context.project, "src/server/practice/voices"),
    });
    undo.push(() => rooms.stop());
    const listening = await listen(settings, rooms.answer);
    undo.push(() => listening.close(2000));
    // First of all: browsers and phones are told before their sockets are cut.
    undo.push(() => rooms.stop());
    port = portOf(listening.url);
    listening.server.on("upgrade", rooms.upgrade);
    // Longer than browsers and proxies keep an idle connection: they never send into one that is just being closed.
    listening.server.keepAliveTimeout = 75_000;

    const shown = settings.publicUrl ?? listening.url;
    // In one piece: a program that waits for the first line finds the password there too.
    say(announcement({ url: shown, demo: password === null ? null : { people, password } }).join("\n"));
    return { url: listening.url, lost: embedded?.lost ?? new Promise<string>(() => {}), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Checks the database, brings it to the newest form, and decides whether this is a demo. */
async function prepareDatabase(db: PooledDatabase, url: string, settings: Settings, folder: DataFolder): Promise<boolean> {
  try {
    await checkDatabase(db, url);
    await migrate(db);
    return await decideDemo(db, settings, folder);
  } catch (error) {
    throw settings.databaseUrl === null ? folderProblem(folder.path, error) : databaseProblem(error, url);
  }
}

/** Folder and database both remember: several app servers share a database, and each of them has a folder of its own. */
async function decideDemo(db: PooledDatabase, settings: Settings, folder: DataFolder): Promise<boolean> {
  const inDatabase = await kept<boolean>(db, "demo");
  const inFolder = folder.memory().demo ?? null;
  if (inDatabase !== undefined && inFolder !== null && inDatabase !== inFolder)
    throw new StartProblem(`The data folder ${folder.path} and the database belong to different installations: one of them is a demo. Name the folder's own database with DATABASE_URL, or another folder with DATA_DIR.`);
  const choice = demoChoice(settings, inFolder ?? inDatabase ?? null);
  if (!choice.ok) throw new StartProblem(choice.problem);
  if (inDatabase === undefined) await keepFirst(db, "demo", choice.demo);
  if (inFolder === null) folder.remember({ demo: choice.demo });
  return choice.demo;
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

function versionOf(project: string): string {
  const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string };
  return version;
}

/** The key that signs the sessions. */
function keptSecret(settings: Settings, folder: DataFolder): string {
  if (settings.secret !== null) return settings.secret;
  const secret = folder.memory().secret ?? randomBytes(32).toString("base64url");
  if (folder.memory().secret === undefined) folder.remember({ secret });
  return secret;
}

function demoPassword(settings: Settings, folder: DataFolder): string {
  if (settings.demoPassword !== null) return settings.demoPassword;
  const password = folder.memory().demoPassword ?? randomBytes(9).toString("base64url");
  if (folder.memory().demoPassword === undefined) folder.remember({ demoPassword: password });
  return password;
}
