import { readFileSync } from "node:fs";
import { people } from "#server/auth/peopleStore.ts";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import type { Queries } from "#server/store/database.ts";
import { readLines } from "./givenLines.ts";
import { keepPbxLine } from "./lineStore.ts";
import type { Seals } from "./seals.ts";

/**
 * Takes the accounts of SIP_LINES in, at every start.
 * @returns how many rows name nobody who has an account here
 * @throws StartProblem when the file or a row of it cannot be read; no sentence repeats a row, for it holds a password
 */
export async function takeInLines(db: Queries, seals: Seals, file: string): Promise<number> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new StartProblem(`SIP_LINES names ${file}, which cannot be read (${codeOf(error) ?? "unknown error"}).`);
  }
  const known = new Set((await people(db)).map((one) => one.email));
  const { lines, problems } = readLines(bytes, (email) => known.has(email));
  const wrong = problems.find(({ why }) => why !== "nobody");
  if (wrong) throw new StartProblem(`Row ${wrong.row} of ${file} (SIP_LINES) ${sentences[wrong.why]}.`);
  for (const { email, line } of lines) await keepPbxLine(db, seals, email, line);
  return problems.length;
}

const sentences = {
  columns: "must hold e-mail, user name and password", email: "must hold e-mail, user name and password", username: "holds no user name that a SIP account can have",
  password: "holds no password that a SIP account can have", nobody: "names nobody who has an account here", twice: "names somebody a second time",
  sameLine: "gives a second person the same line", heading: "must hold e-mail, user name and password, or name these three columns", empty: "is missing: the file is empty",
  notText: "cannot be read: the file is no text; save the sheet as CSV", openQuote: "opens a quotation mark that is never closed", rounded: "holds a number that a spreadsheet has rounded, such as 7.495E+10: format the column as text",
} as const;
