/**
 * The text of a file as people save it: UTF-8 and UTF-16 with a byte order mark, UTF-8 without, otherwise Windows-1251,
 * which every Russian spreadsheet still writes and in which no byte is wrong.
 * @returns undefined when it is no text at all: a workbook, a picture, an archive, or UTF-16 without its mark
 */
export function textOf(bytes: Uint8Array): string | undefined {
  const text = decoded(bytes);
  // No text file holds a control character other than tabs and line ends; every binary one does within its first bytes.
  // eslint-disable-next-line no-control-regex
  return /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : text;
}

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

/** A row with the number of the line on which it begins, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quotation mark was opened in it and never closed: all that follows has run into this row. */
  readonly open?: true;
}

/**
 * The rows of a CSV (RFC 4180) with `;`, `,` or tab between: what a first line `sep=;` says, as Excel writes it, otherwise whichever
 * makes more rows of `columns` cells. Lines end with LF, CRLF or CR. Empty rows are left out.
 */
export function rowsOf(text: string, columns: number): readonly CsvRow[] {
  const said = /^\uFEFF?"?sep=([;,\t])"?[;,\t]*(?:\r\n?|\n|$)/i.exec(text);
  if (said) return split(text.slice(said[0].length), said[1] ?? ";", 2);
  const tries = [";", ",", "\t"].map((separator) => split(text, separator, 1));
  const fitting = (rows: readonly CsvRow[]): number => rows.filter(({ cells }) => cells.length >= columns).length * 1000 + rows.filter(({ cells }) => cells.length === columns).length;
  return tries.reduce((best, next) => (fitting(next) > fitting(best) ? next : best));
}

function split(text: string, separator: string, first: number): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let [line, began, cell, quoted] = [first, first, "", false];
  let blank = true;
  let cells: string[] = [];
  const endCell = (): void => {
    cells.push(cell);
    [cell, blank] = ["", true];
  };
  const endRow = (): void => {
    endCell();
    if (cells.some((one) => one.trim() !== "")) rows.push({ line: began, cells: cells.map((one) => one.trim()), ...(quoted ? { open: true } : {}) });
    cells = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    const ends = sign === "\n" || (sign === "\r" && text[at + 1] !== "\n");
    if (ends) line += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; }
      else quoted = false;
    } else if (sign === '"' && blank) [quoted, cell, blank] = [true, "", false];
    else if (sign === separator) endCell();
    else if (ends) { endRow(); began = line; }
    else if (sign !== "\r" && sign !== "\uFEFF") {
      cell += sign;
      blank &&= sign.trim() === "";
    }
  }
  endRow();
  return rows;
}
