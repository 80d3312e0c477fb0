import { readFileSync } from "node:fs";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import type { Queries } from "#server/store/database.ts";
import { keepPbxLine } from "./lineStore.ts";
import { readPbxLines } from "./pbxLines.ts";

/**
 * Takes the accounts of SIP_LINES in, at every start.
 * @returns how many rows name nobody who has an account here
 * @throws StartProblem when the file or a row of it cannot be read; no sentence repeats a row, for it holds a password
 */
export async function takeInLines(db: Queries, secret: string, file: string): Promise<number> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new StartProblem(`SIP_LINES names ${file}, which cannot be read (${codeOf(error) ?? "unknown error"}).`);
  }
  const reading = readPbxLines(text);
  if (!reading.ok) throw new StartProblem(`Row ${reading.row} of ${file} (SIP_LINES) must hold e-mail, user name and password.`);
  let nobody = 0;
  for (const { email, line } of reading.lines) if (!(await keepPbxLine(db, secret, email, line))) nobody += 1;
  return nobody;
}
