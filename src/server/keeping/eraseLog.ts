import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "#server/startProblem.ts";

/** Beside the database, because a restore puts an older database in place: an erasure must outlive it (rule Y10). */
export interface EraseLog {
  /** Durable before it returns. */
  write(prospect: string): void;
}

const NAME = "erasures.ndjson";

/** The list of erased prospects in a data folder: ids only, a line each. */
export function openEraseLog(folder: string): EraseLog {
  return {
    write(prospect) {
      const file = openSync(join(folder, NAME), "a", 0o600);
      try {
        writeSync(file, `${JSON.stringify({ prospect, at: new Date().toISOString() })}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
  };
}

/** What a data folder's list, or a file like it, holds; nothing when there is none. A last line that a power cut tore is passed over: its erasure was not done. */
export function readErasures(folderOrFile: string): readonly string[] {
  const file = folderOrFile.endsWith(".ndjson") ? folderOrFile : join(folderOrFile, NAME);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  const last = lines.length - 1;
  return lines.flatMap((line, n) => {
    if (line === "") return [];
    try {
      const { prospect } = JSON.parse(line) as { prospect?: unknown };
      if (typeof prospect === "string") return [prospect];
    } catch (error) {
      if (n === last && error instanceof SyntaxError) return [];
      throw new StartProblem(`${file} cannot be understood at line ${n + 1}: put it right, or nothing that was erased since the back-up stays erased.`);
    }
    return [];
  });
}
