import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { codeOf } from "#server/startProblem.ts";

/**
 * A text that tells a process from a later one with the same number: its start time as the system words it. Empty where the
 * system does not tell (Windows), or when there is no such process.
 */
export function processMark(pid: number): string {
  if (process.platform === "linux") {
    try {
      // Field 22, counted after the program's name, which may itself hold blanks and brackets (proc(5)).
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // A zombie has ended; only its parent has not asked yet.
      return fields[0] === "Z" || fields[0] === "X" ? "ended" : (fields[19] ?? "");
    } catch {
      return ""; // gone meanwhile
    }
  }
  return process.platform === "win32" ? "" : ps(pid, "lstart=");
}

/** Whether a process with this number, and with this mark unless one of the two is unknown, is there now. */
export function isRunning(pid: number, mark: string): boolean {
  if (!isThere(pid)) return false;
  const now = processMark(pid);
  if (now === "ended") return false;
  return mark === "" || now === "" || mark === now;
}

/** Whether any process has this number. */
export function isThere(pid: number): boolean {
  if (!(pid > 0)) return false; // 0 and below mean groups of processes to the system
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM"; // there, but somebody else's
  }
}

/** The command line of a process; null where the system does not tell. */
export function commandLine(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return null;
    }
  }
  return process.platform === "win32" ? null : ps(pid, "command=") || null;
}

function ps(pid: number, column: string): string {
  return spawnSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } }).stdout?.trim() ?? "";
}
