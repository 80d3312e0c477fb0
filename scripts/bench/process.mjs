import { spawn } from "node:child_process";

/**
 * Starts a Node program and waits for a line of its output.
 * @param {string} file
 * @param {RegExp} line its first group is given back
 * @param {{ env?: Record<string, string>, cwd?: string, flags?: string[] }} [options]
 */
export function startProcess(file, line, { env = {}, cwd, flags = [] } = {}) {
  const child = spawn(process.execPath, [...flags, file], { cwd, env: { ...process.env, NODE_ENV: "production", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise((resolve) => child.once("close", resolve));
  const last = () => child.kill("SIGKILL");
  process.once("exit", last);
  const stop = async () => {
    process.off("exit", last);
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(patience);
  };
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
        const found = line.exec(output);
        if (found) resolve({ told: found[1], pid: child.pid, output: () => output, stop });
      });
    }
    void ended.then(() => reject(new Error(`${file} ended instead of starting:\n${output}`)));
  });
}
