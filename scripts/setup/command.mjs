import { spawn } from "node:child_process";
import { PROJECT } from "./place.mjs";

/**
 * Runs a program in the project's folder, without standard input, and waits for its end. When this process is told to stop,
 * the program is ended first, so that nothing is left running.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string | undefined>, shown?: boolean, heard?: (line: string) => void, shell?: boolean, seconds?: number }} [options]
 *   shown: its output goes straight to the screen; heard: is called with each line of a hidden output
 * @returns {Promise<{ code: number, output: string }>} code 127 when there is no such program, 124 when it took too long
 */
export function command(program, args, options = {}) {
  const { env = {}, shown = false, heard, shell = false, seconds } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: PROJECT,
      env: { ...process.env, ...env },
      shell,
      stdio: ["ignore", shown ? "inherit" : "pipe", shown ? "inherit" : "pipe"],
    });
    let output = "";
    let rest = "";
    let timedOut = false;
    const take = (chunk) => {
      output += chunk;
      if (!heard) return;
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? "";
      lines.forEach(heard);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", take);
    const stop = (signal) => {
      child.kill("SIGTERM"); // npm hears SIGINT and goes on
      setTimeout(() => child.kill("SIGKILL"), 3000).unref();
      child.once("close", () => process.exit(signal === "SIGINT" ? 130 : 143));
    };
    const limit = seconds && setTimeout(() => ((timedOut = true), child.kill("SIGKILL")), seconds * 1000);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, stop);
    const end = (code) => {
      clearTimeout(limit);
      for (const signal of signals) process.off(signal, stop);
      resolve({ code: timedOut ? 124 : code, output });
    };
    child.once("error", (error) => {
      output += String(error.message);
      end(127);
    });
    child.once("close", (code) => end(code ?? 1));
  });
}
