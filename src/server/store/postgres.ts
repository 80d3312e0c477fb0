import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, closeSync, existsSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import { openDatabase } from "./database.ts";
import { folderProblem, memoryOf, type DataFolder } from "./dataFolder.ts";
import { postgresPlace, type PostgresPlace } from "./postgresPlace.ts";
import { findPostgres, programEnvironment, type PostgresPrograms } from "./postgresPrograms.ts";
import { commandLine, isRunning, isThere } from "./processes.ts";

/** The embedded database server, running. */
export interface EmbeddedPostgres {
  /** postgres://… with the password: never to be shown. */
  readonly url: string;
  /** Resolves with a sentence when the server ends without having been told to. */
  readonly lost: Promise<string>;
  /** Writes everything out and ends the server. */
  stop(): Promise<void>;
}

/** Who hears of what happens, and how the start is broken off. */
export interface StartContext {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const USER = "sufler";
const urlOf = (password: string, port: number): string => `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;

/**
 * The database of a data folder while another process runs it, for reading beside it; null when nobody does.
 * @param folder as `DATA_DIR` names it
 */
export async function runningPostgres(folder: string): Promise<string | null> {
  const known = memoryOf(folder)?.postgres;
  if (known === undefined) return null;
  const url = urlOf(known.password, known.port);
  const db = openDatabase(url, () => {});
  try {
    const [row] = await db.query<{ folder: string }>("select current_setting('data_directory') as folder");
    return row?.folder === join(known.place, "cluster") ? url : null;
  } catch (error) {
    // Nobody there, or somebody else's database: then it is ours to start.
    if (["ECONNREFUSED", "ECONNRESET", "28P01", "28000", "3D000", "57P03"].includes(codeOf(error) ?? "")) return null;
    throw error;
  } finally {
    await db.end();
  }
}

/**
 * Starts the PostgreSQL that came with the packages over the data folder: makes its cluster at the first start, stops a server
 * that an earlier run left behind, and takes a free port on loopback. Nobody connects without the password of `sufler.json`.
 * @throws StartProblem with one sentence
 */
export async function startEmbeddedPostgres(data: DataFolder, context: StartContext): Promise<EmbeddedPostgres> {
  try {
    const place = postgresPlace(data, context.say);
    const programs = findPostgres(place.runAs, context.say);
    const cluster = join(place.folder, "cluster");
    if (existsSync(cluster)) await stopLeftover(programs, cluster, context.say);
    else await makeCluster(programs, place, cluster, context);
    return await startServer(programs, place, cluster, data, context);
  } catch (error) {
    throw folderProblem(data.path, error);
  }
}

/**
 * The cluster is made under another name and renamed when it is whole: a start that is killed half way leaves only a draft,
 * which the next one throws away.
 */
async function makeCluster(programs: PostgresPrograms, place: PostgresPlace, cluster: string, { signal }: StartContext): Promise<void> {
  for (const name of readdirSync(place.folder)) if (/^(draft|word)-/.test(name)) rmSync(join(place.folder, name), { recursive: true, force: true });
  const mark = randomBytes(4).toString("hex");
  const draft = join(place.folder, `draft-${mark}`);
  const word = join(place.folder, `word-${mark}`);
  writeFileSync(word, `${place.password}\n`, { mode: 0o600 });
  if (place.runAs !== null) chownSync(word, place.runAs.uid, place.runAs.gid);
  // The built-in C.UTF-8 needs nothing from the system's locales and folds Cyrillic as well.
  const args = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--auth=scram-sha-256", "--no-instructions"];
  const child = spawn(programs.initdb, [`--pgdata=${draft}`, `--username=${USER}`, `--pwfile=${word}`, ...args], { ...options(place), signal, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const code = await ended(child);
  rmSync(word, { force: true });
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    signal.throwIfAborted();
    throw new StartProblem(serverProblem(output, place));
  }
  renameSync(draft, cluster);
}

/** Killing Node leaves the database server running; it is ours alone, because this process holds the data folder. */
async function stopLeftover(programs: PostgresPrograms, cluster: string, say: (line: string) => void): Promise<void> {
  const file = join(cluster, "postmaster.pid");
  const pid = Number(pidFile(file)[0] ?? NaN);
  if (!(pid > 0)) return;
  const line = commandLine(pid);
  if (isThere(pid) && (line === null || line.includes(cluster))) {
    say("The database server of an earlier run is still there: stopping it.");
    await stopServer(programs, cluster, pid);
  } else if (line !== null || !isThere(pid)) {
    rmSync(file, { force: true }); // after a power cut another program may have that number, and PostgreSQL would refuse to start
  }
}

async function startServer(programs: PostgresPrograms, place: PostgresPlace, cluster: string, data: DataFolder, context: StartContext): Promise<EmbeddedPostgres> {
  const deadline = Date.now() + 20_000;
  for (let port = await freePort(data.memory().postgres?.port ?? 0); ; port = await freePort(0)) {
    context.signal.throwIfAborted();
    const log = join(place.folder, "log");
    if (existsSync(log)) renameSync(log, `${log}.old`);
    const child = spawnServer(programs, place, cluster, port, log);
    const stopped = ended(child);
    if (await isReady(child, cluster, stopped, context)) {
      data.remember({ postgres: { place: place.folder, password: place.password, port } });
      return running(programs, place, cluster, port, child, stopped);
    }
    context.signal.throwIfAborted();
    const said = readFileSync(log, "utf8");
    // The port was taken between our look and its bind; or children of a killed server have not all noticed yet.
    if (!/Address already in use|shared memory block|could not create any TCP/.test(said) || Date.now() > deadline) throw new StartProblem(serverProblem(said, place));
    await wait(200);
  }
}

function spawnServer(programs: PostgresPrograms, place: PostgresPlace, cluster: string, port: number, log: string): ChildProcess {
  const set: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "50",
    shared_buffers: "64MB",
    max_parallel_workers_per_gather: "0", // parallel workers need more of /dev/shm than a container has by default
    max_wal_size: "256MB",
    timezone: "UTC",
    log_timezone: "UTC",
    log_error_verbosity: "terse", // details would repeat people's data
    log_min_error_statement: "panic",
  };
  const file = openSync(log, "w", 0o600);
  try {
    // Detached: Ctrl-C goes to the whole group of processes, and the database must outlive the last writes of the server.
    const args = ["-D", cluster, "-p", String(port), ...Object.entries(set).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
    return spawn(programs.postgres, args, { ...options(place), detached: true, windowsHide: true, stdio: ["ignore", file, file] });
  } finally {
    closeSync(file);
  }
}

/** Waits until postmaster.pid says "ready" (its eighth line, as pg_ctl reads it); false when the server has ended instead. */
async function isReady(child: ChildProcess, cluster: string, stopped: Promise<number>, { say, signal }: StartContext): Promise<boolean> {
  let over = false;
  void stopped.then(() => (over = true));
  for (let waited = 0; !over; waited += 20) {
    const lines = pidFile(join(cluster, "postmaster.pid"));
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return true;
    if (signal.aborted) {
      child.kill("SIGQUIT");
      await stopped;
    }
    if (waited > 0 && waited % 5000 === 0) say("The database is still starting; after a power cut it first repairs itself.");
    await wait(20);
  }
  return false;
}

function running(programs: PostgresPrograms, place: PostgresPlace, cluster: string, port: number, child: ChildProcess, stopped: Promise<number>): EmbeddedPostgres {
  // Should this process end without an orderly stop, the database is at least told to.
  const last = (): void => void child.kill("SIGINT");
  process.once("exit", last);
  let told = false;
  const lost = new Promise<string>((resolve) => {
    void stopped.then(() => {
      process.off("exit", last);
      if (!told) resolve(`The embedded database has ended by itself; the reason is in ${join(place.folder, "log")}.`);
    });
  });
  return {
    url: urlOf(place.password, port),
    lost,
    async stop() {
      told = true;
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await stopServer(programs, cluster, child.pid);
      await stopped;
    },
  };
}

/** "Fast" shutdown: connections are closed, everything is written out. After 10 s the server is stopped without that (and repairs itself at the next start). */
async function stopServer(programs: PostgresPrograms, cluster: string, pid: number): Promise<void> {
  for (const [signal, mode, seconds] of [["SIGINT", "fast", 10], ["SIGQUIT", "immediate", 5], ["SIGKILL", "immediate", 5]] as const) {
    if (process.platform === "win32") spawnSync(programs.pgCtl, ["stop", "-D", cluster, "-m", mode, "-w", "-t", String(seconds)], { env: programEnvironment(), windowsHide: true });
    else if (isRunning(pid, "")) process.kill(pid, signal);
    for (const until = Date.now() + seconds * 1000; Date.now() < until; await wait(20)) if (!isRunning(pid, "")) return;
  }
  throw new StartProblem(`The database server of an earlier run (process ${pid}) does not end: end it yourself, then start again.`);
}

/** One sentence for what PostgreSQL wrote before it gave up. */
function serverProblem(said: string, place: PostgresPlace): string {
  if (/No space left on device|Disk quota exceeded|Check free disk space/.test(said)) return `The disk that holds the database in ${place.folder} is full: make room, or name another folder with DATA_DIR.`;
  if (/Read-only file system|Permission denied/.test(said)) return `The database in ${place.folder} may not be written to: change the folder's permissions, or name another one with DATA_DIR.`;
  if (/incompatible with server/.test(said)) return `The database in ${place.folder} was made by another version of PostgreSQL: restore a back-up into a new data folder.`;
  if (/postmaster\.pid" already exists/.test(said)) return `The database in ${place.folder} is in use by another PostgreSQL server: stop that one first.`;
  const reason = said.split("\n").find((line) => /(FATAL|PANIC|error):/.test(line))?.replace(/^.*?(FATAL|PANIC|error):\s*/, "");
  return `The embedded database does not start (${reason ?? "no reason given"}); its log is in ${place.folder}.`;
}

function options(place: PostgresPlace): { cwd: string; env: Record<string, string>; uid?: number; gid?: number } {
  const as = place.runAs === null ? {} : { uid: place.runAs.uid, gid: place.runAs.gid };
  return { cwd: place.folder, env: programEnvironment(), ...as };
}

/** The exit code; 1 when the program was killed or could not be started. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("error", () => child.pid === undefined && resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

function pidFile(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** The wished port when it is free, otherwise any that is. */
function freePort(wish: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () => (wish === 0 ? reject(new StartProblem("No free port can be had on 127.0.0.1 for the database.")) : resolve(freePort(0))));
    probe.listen({ port: wish, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : wish));
    });
  });
}
