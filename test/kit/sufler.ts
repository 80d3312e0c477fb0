import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { settingNames } from "#server/settings.ts";
import { newDataDir, removeDataDir } from "./dataDir.ts";
import { freePort } from "./port.ts";
import { until } from "./until.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/server/main.js", import.meta.url));

/** How a server that ended by itself ended. */
export interface Ending {
  readonly code: number | null;
  readonly output: string;
}

/** The built server in a process of its own, with a data folder of its own. */
export interface TestSufler {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** The one password of the demo people; null without the demo. */
  readonly password: string | null;
  /** All that it has printed since its last start. */
  output(): string;
  /** Of the process that was started last, running or not. */
  pid(): number;
  /** As a power cut for Node alone: its database server stays behind. */
  kill9(): Promise<void>;
  /** Starts it again over the same data folder and port, after stopping it in an orderly way when it still runs. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it in an orderly way and removes its data folder. @throws Error when it did not end cleanly within 15 s */
  stop(): Promise<void>;
}

/**
 * Starts Sufler and waits until it is ready.
 * @param env settings beside PORT and DATA_DIR
 * @throws Error with its output when it ends instead
 */
export async function startSufler(env: Readonly<Record<string, string>> = {}): Promise<TestSufler> {
  const port = Number(env["PORT"] ?? (await freePort()));
  const dataDir = env["DATA_DIR"] ?? newDataDir();
  let run = runSufler({ ...env, PORT: String(port), DATA_DIR: dataDir });
  const ready = async (): Promise<string | null> => {
    const text = await until("the ready line", () => {
      if (run.ended() !== null) throw new Error(`Sufler ended with ${String(run.child.exitCode)}:\n${run.output()}`);
      return /^Sufler is ready: .*\n/m.test(run.output()) && run.output();
    }, 180_000);
    return /Password for all of them: (.+)/.exec(text)?.[1] ?? null;
  };
  const end = async (): Promise<void> => {
    if (run.ended() !== null) return;
    run.child.kill("SIGTERM");
    const ending = await until("the orderly end", run.ended, 15_000);
    if (ending.code !== 0) throw new Error(`Sufler ended with ${String(ending.code)}:\n${ending.output}`);
  };
  try {
    const password = await ready();
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      dataDir,
      password,
      output: () => run.output(),
      pid: () => processId(run.child),
      async kill9() {
        run.child.kill("SIGKILL");
        await until("the killed process", run.ended);
      },
      async restart(more = {}) {
        await end();
        run = runSufler({ ...env, ...more, PORT: String(port), DATA_DIR: dataDir });
        await ready();
      },
      async stop() {
        try {
          await end();
        } finally {
          await removeDataDir(dataDir);
        }
      },
    };
  } catch (error) {
    run.child.kill("SIGKILL");
    await removeDataDir(dataDir);
    throw error;
  }
}

/** Runs it until it ends by itself, for starts that must be refused. */
export async function refusedStart(env: Readonly<Record<string, string>>): Promise<Ending> {
  const run = runSufler(env);
  try {
    return await until("the refused start's end", run.ended, 60_000);
  } finally {
    run.child.kill("SIGKILL");
  }
}

function processId({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("the server's process could not be started");
  return pid;
}

interface Run {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: () => Ending | null;
}

/** Starts the process and collects what it prints. */
export function runSufler(env: Readonly<Record<string, string>>): Run {
  if (!existsSync(PROGRAM)) throw new Error("the server is not built yet: npm run build");
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !settingNames.includes(name)));
  const child = spawn(process.execPath, [PROGRAM], { env: { ...own, NODE_ENV: "production", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let ending: Ending | null = null;
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  child.once("close", (code) => (ending = { code, output }));
  // A broken-off test run must not leave servers behind.
  const last = (): void => void child.kill("SIGTERM");
  process.once("exit", last);
  child.once("close", () => process.off("exit", last));
  return { child, output: () => output, ended: () => ending };
}
