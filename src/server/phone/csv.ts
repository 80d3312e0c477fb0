/**
 * The text of a file as people save it: UTF-8 and UTF-16 with a byte order mark, UTF-8 without, otherwise Windows-1251,
 * which every Russian spreadsheet still writes and in which no byte is wrong.
 */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

/** A row with the number of the line on which it begins, counted from 1. */
export interface CsvRow { readonly line: number; readonly cells: readonly string[] }

/** The rows of a CSV (RFC 4180) with `;`, `,` or tab between: whichever makes more rows of `columns` cells. Empty rows are left out. */
export function rowsOf(text: string, columns: number): readonly CsvRow[] {
  const tries = [";", ",", "\t"].map((separator) => split(text, separator));
  const fitting = (rows: readonly CsvRow[]): number => rows.filter(({ cells }) => cells.length >= columns).length * 1000 + rows.filter(({ cells }) => cells.length === columns).length;
  return tries.reduce((best, next) => (fitting(next) > fitting(best) ? next : best));
}

function split(text: string, separator: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let [line, began, cell, quoted] = [1, 1, "", false];
  let cells: string[] = [];
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== "")) rows.push({ line: began, cells: cells.map((one) => one.trim()) });
    [cells, cell] = [[], ""];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (sign === "\n") line += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; }
      else quoted = false;
    } else if (sign === '"' && cell.trim() === "") [quoted, cell] = [true, ""];
    else if (sign === separator) { cells.push(cell); cell = ""; }
    else if (sign === "\n") { endRow(); began = line; }
    else if (sign !== "\r" && sign !== "\uFEFF") cell += sign;
  }
  endRow();
  return rows;
}
