import type { Line } from "./lineStore.ts";

export interface GivenLine { readonly email: string; readonly line: Line }
export type LinesReading = { readonly ok: true; readonly lines: readonly GivenLine[] } | { readonly ok: false; readonly row: number };

/**
 * Reads SIP_LINES: e-mail, user name, password in each row, `,` or `;` between, quoted where needed (RFC 4180).
 * A first row without an @ is a heading. Empty rows are passed over.
 * @returns the number of the first row that cannot be read, counted from 1, when there is one
 */
export function readPbxLines(text: string): LinesReading {
  const lines: GivenLine[] = [];
  const rows = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const [index, row] of rows.entries()) {
    if (row.trim() === "") continue;
    const cells = cellsOf(row);
    const [email = "", username = "", password = ""] = cells.map((cell) => cell.trim());
    if (lines.length === 0 && index === 0 && !email.includes("@")) continue;
    if (cells.length !== 3 || !email.includes("@") || username === "" || password === "") return { ok: false, row: index + 1 };
    lines.push({ email, line: { username, password } });
  }
  return { ok: true, lines };
}

function cellsOf(row: string): string[] {
  const separator = row.includes(";") && !row.includes(",") ? ";" : ",";
  const cells = [""];
  let quoted = false;
  for (let at = 0; at < row.length; at += 1) {
    const sign = row[at] ?? "";
    if (quoted && sign === '"' && row[at + 1] === '"') { cells[cells.length - 1] += '"'; at += 1; }
    else if (sign === '"') quoted = !quoted;
    else if (sign === separator && !quoted) cells.push("");
    else cells[cells.length - 1] += sign;
  }
  return cells;
}
