import type { LineProblem } from "#wire/api.ts";
import { rowsOf, textOf, type CsvRow } from "./csv.ts";
import type { Line } from "./lineStore.ts";

export interface GivenLine { readonly row: number; readonly email: string; readonly line: Line }
export interface LinesReading { readonly lines: readonly GivenLine[]; readonly problems: readonly LineProblem[] }

/** What the columns may be called, by the beginning of the heading. */
const headings: Readonly<Record<"email" | "username" | "password", RegExp>> = {
  email: /^(e-?mail|mail|почт|эл|адрес)/i,
  username: /^(user|login|name|line|ext|account|sip|логин|польз|имя|номер|лини|внутр)/i,
  password: /^(pass|secret|парол)/i,
};

/**
 * Reads a file of SIP accounts: e-mail, user name, password; in another order when a heading names the columns.
 * @param knows whether somebody here has this e-mail (lower case)
 * @returns every row that is right, and for each that is not its line in the file and why; no password is repeated
 */
export function readLines(file: Uint8Array, knows: (email: string) => boolean): LinesReading {
  const text = textOf(file);
  if (text === undefined) return { lines: [], problems: [{ row: 1, why: "notText" }] };
  const [first, ...rest] = rowsOf(text, 3);
  if (!first) return { lines: [], problems: [{ row: 1, why: "empty" }] };
  const heading = !first.cells.some((cell) => cell.includes("@"));
  const order = heading ? placesIn(first) : { email: 0, username: 1, password: 2 };
  if (!order) return { lines: [], problems: [{ row: first.line, why: "heading" }] };

  const lines: GivenLine[] = [];
  const problems: LineProblem[] = [];
  const seen = { email: new Set<string>(), username: new Set<string>() };
  for (const { line: row, cells, open } of heading ? rest : [first, ...rest]) {
    const [email = "", username = "", password = ""] = [order.email, order.username, order.password].map((place) => cells[place]);
    const address = email.toLowerCase();
    const why = open ? "openQuote"
      : cells.length < 3 || (!heading && cells.slice(3).some((cell) => cell !== "")) ? "columns"
      : !isAddress(email) ? "email"
      : isRounded(username) || isRounded(password) ? "rounded"
      : username === "" || unfit(username, 100) ? "username"
      : password === "" || unfit(password, 200) ? "password"
      : !knows(address) ? "nobody"
      : seen.email.has(address) ? "twice"
      : seen.username.has(username) ? "sameLine" : undefined;
    seen.email.add(address);
    seen.username.add(username);
    if (why) problems.push({ row, why, ...(email === "" || why === "columns" || why === "openQuote" ? {} : { email: email.slice(0, 254) }) });
    else lines.push({ row, email: address, line: { username, password } });
  }
  if (lines.length === 0 && problems.length === 0) problems.push({ row: first.line, why: "empty" });
  return { lines, problems };
}

/** Looked at only up to the length that an address can have (RFC 5321): what a file holds may be longer than any patience. */
const isAddress = (text: string): boolean => text.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(text);

/** A long number as a spreadsheet shows it, such as 7.495E+10: the digits that it stood for are lost. */
const isRounded = (text: string): boolean => text.length < 30 && /^\d([.,]\d+)?E\+\d+$/i.test(text);

/** Too long, or with signs that no SIP account has: a line break would end a header, and what nobody sees was copied by mistake. */
const unfit = (text: string, longest: number): boolean => text.length > longest || /[\p{Cc}\p{Cf}]/u.test(text);

function placesIn({ cells }: CsvRow): Readonly<Record<keyof typeof headings, number>> | undefined {
  const place = (name: keyof typeof headings): number => cells.findIndex((cell) => headings[name].test(cell));
  const found = { email: place("email"), username: place("username"), password: place("password") };
  return new Set(Object.values(found)).size === 3 && !Object.values(found).includes(-1) ? found : undefined;
}
