import { fileURLToPath } from "node:url";
import { startServer } from "./startServer.ts";
import { readSettings } from "./settings.ts";
import { StartProblem } from "./startProblem.ts";

/** The program: begins when this file is loaded, ends with the process. */
const say = (line: string): void => console.log(line);

const stopping = new AbortController();
// npm passes a signal on that the terminal has sent to everybody already: the second one changes nothing.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());

try {
  const project = fileURLToPath(new URL("../..", import.meta.url));
  const reading = readSettings(process.env, project);
  if (!reading.ok) throw new StartProblem(reading.problem);
  const server = await startServer(reading.settings, { say, signal: stopping.signal, project });
  const stop = new Promise<null>((resolve) => stopping.signal.addEventListener("abort", () => resolve(null)));
  const lost = stopping.signal.aborted ? null : await Promise.race([stop, server.lost]);
  if (lost !== null) {
    console.error(lost);
    process.exitCode = 1;
  }
  // Should something hang, the process ends all the same; the database is told to by its own exit hook.
  setTimeout(() => process.exit(1), 12_000).unref();
  await server.stop();
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exitCode = 1;
  }
}
// Whatever a library may have left waiting has nothing to do any more.
process.exit();
