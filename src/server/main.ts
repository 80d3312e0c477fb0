import { fileURLToPath } from "node:url";
import { startServer, type RunningServer } from "./startServer.ts";
import { readSettings } from "./settings.ts";
import { StartProblem } from "./startProblem.ts";

/** The program: begins when this file is loaded, ends with the process. */
const say = (line: string): void => console.log(line);

const stopping = new AbortController();
const { signal } = stopping;
// npm passes a signal on that the terminal has sent to everybody already: the second one changes nothing.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());

try {
  const server = await start();
  if (server !== null) await serve(server);
} catch (error) {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exitCode = 1;
}
// Whatever a library may have left waiting has nothing to do any more; only the last lines must get out, for pipes take their time.
process.stdout.write("", () => process.stderr.write("", () => process.exit()));

/** null when the start was broken off by a signal. */
async function start(): Promise<RunningServer | null> {
  try {
    const project = fileURLToPath(new URL("../..", import.meta.url));
    const reading = readSettings(process.env, project);
    if (!reading.ok) throw new StartProblem(reading.problem);
    return await startServer(reading.settings, { say, signal, project });
  } catch (error) {
    if (error === signal.reason || (error instanceof Error && error.name === "AbortError" && signal.aborted)) return null;
    throw error;
  }
}

/** Until a signal comes or the server cannot go on. */
async function serve(server: RunningServer): Promise<void> {
  const stop = new Promise<null>((resolve) => (signal.aborted ? resolve(null) : signal.addEventListener("abort", () => resolve(null))));
  const lost = await Promise.race([stop, server.lost]);
  // Should something hang, the process ends all the same; the database is told to by its own exit hook.
  setTimeout(() => process.exit(1), 12_000).unref();
  try {
    await server.stop();
  } catch (error) {
    if (lost === null) throw error; // otherwise parts complain that what was lost is not there
  }
  if (lost !== null) throw new StartProblem(lost);
}
