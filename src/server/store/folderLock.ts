import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import { isRunning, processMark } from "./processes.ts";

const NAME = "sufler.pid";

/**
 * Marks a data folder as used by this process. A mark whose process is gone (killed, power cut) is replaced; the process's
 * start time stands beside its number, because numbers come again after a reboot.
 * @returns lets the folder go
 * @throws StartProblem when another process has it
 */
export function folderLock(folder: string): () => void {
  const file = join(folder, NAME);
  const mine = `${process.pid} ${processMark(process.pid)}\n`;
  for (let attempt = 0; attempt < 15; attempt += 1) {
    if (place(file, mine)) return () => readOr(file) === mine && rmSync(file, { force: true });
    const found = readOr(file);
    if (found === "" && attempt < 10) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20); // the other one is between making and filling it
      continue;
    }
    const [pid = "", ...mark] = found.trim().split(" ");
    if (Number(pid) !== process.pid && isRunning(Number(pid), mark.join(" ")))
      throw new StartProblem(`The data folder ${folder} is in use by another Sufler (process ${pid}): stop that one, or name another folder with DATA_DIR.`);
    removeIf(file, found);
  }
  throw new StartProblem(`The data folder ${folder} is being taken by another Sufler at this moment.`);
}

function place(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx", mode: 0o644 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Two starts may find the same stale mark: only the one that carries off what it has judged removes it. */
function removeIf(file: string, judged: string): void {
  const aside = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readOr(aside) !== judged && !existsSync(file)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}
