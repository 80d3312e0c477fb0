import { createHash } from "node:crypto";
import { createGunzip } from "node:zlib";
import type { Database, Queries } from "#server/store/database.ts";
import { migrate } from "#server/store/migrate.ts";
import type { Migration } from "#server/store/migrations/migration.ts";
import { migrations } from "#server/store/migrations/list.ts";
import { emptyTable, putRows, raiseIdentities, tablesOf, type Cell, type Table } from "#server/store/tables.ts";
import { beginEpoch } from "#server/sync/syncStore.ts";
import { StartProblem, codeOf } from "#server/startProblem.ts";
import { replayErasures } from "./erase.ts";
import { FORMAT, NOT_KEPT, type Counts, type Head } from "./backUp.ts";
import { holdsSomething } from "./keepingStore.ts";
import { unsealed } from "./sealedFile.ts";

const PORTION = 1000;

export interface RestoreOptions {
  /** The migrations that this version knows. */
  readonly steps?: readonly Migration[];
  /** Whose data were erased since the back-up was made: they do not come back (rule Y10). */
  readonly erased?: readonly string[];
  /** Hears of each table begun. */
  readonly told?: (table: string) => void;
  /** What the file was encrypted with, if it was. */
  readonly passphrase?: string | null;
}

/**
 * Puts a back-up into a database that holds nothing: first the form that the back-up was made with, then its rows in one
 * transaction, then the migrations since. Broken off half way, it can be begun again.
 * @throws StartProblem when the file is no whole back-up or of a newer version, or when the database holds something
 */
export async function restore(db: Database, file: string, { steps = migrations, erased = [], told = () => {}, passphrase = null }: RestoreOptions = {}): Promise<Counts> {
  // Read twice: nothing is put anywhere before the whole file is known to be whole.
  const head = await checked(file, passphrase);
  if (head.format > FORMAT || head.step > (steps.at(-1)?.number ?? 0))
    throw new StartProblem(`${file} was made by a newer version of Sufler: restore it with that version.`);
  await migrate(db, steps.filter(({ number }) => number <= head.step));
  const counts = await db.transaction(async (tx) => {
    if (await holdsSomething(tx)) throw new StartProblem("The database holds people or calls already: a back-up is restored into an empty one. Name a new data folder with DATA_DIR, or an empty database with DATABASE_URL.");
    const tables = await tablesOf(tx);
    for (const table of [...tables].reverse()) if (!NOT_KEPT.includes(table.name)) await emptyTable(tx, table);
    const put = await putAll(tx, linesOf(file, passphrase), new Map(tables.map((table) => [table.name, table])), told);
    for (const table of tables) await raiseIdentities(tx, table);
    // Numbers are given out a second time from here: no reader's cursor from before may be believed (rule Y6). A form of the
    // database that knew no epochs yet gets its first one by migration.
    if (tables.some(({ name, columns }) => name === "sync_counter" && columns.some((column) => column.name === "epoch"))) await beginEpoch(tx);
    return put;
  });
  await migrate(db, steps);
  await db.transaction((tx) => replayErasures(tx, erased));
  return counts;
}

async function putAll(tx: Queries, lines: AsyncIterable<string>, tables: ReadonlyMap<string, Table>, told: (table: string) => void): Promise<Counts> {
  const counts: Record<string, number> = {};
  let into: Table | undefined;
  let waiting: (readonly Cell[])[] = [];
  const flush = async (): Promise<void> => {
    if (into && waiting.length > 0) {
      await putRows(tx, into, waiting);
      counts[into.name] = (counts[into.name] ?? 0) + waiting.length;
    }
    waiting = [];
  };
  for await (const line of lines) {
    const read = JSON.parse(line) as readonly Cell[] | { readonly table?: string; readonly columns?: readonly string[] };
    if (!("table" in read)) {
      if ("length" in read && waiting.push(read) >= PORTION) await flush();
      continue;
    }
    await flush();
    const own = tables.get(read.table ?? "");
    const columns = (read.columns ?? []).map((name) => own?.columns.find((column) => column.name === name));
    if (!own || columns.includes(undefined)) throw new StartProblem(`The file holds a table "${read.table ?? ""}" that this database does not have: it is no back-up of Sufler's.`);
    into = { name: own.name, columns: columns.flatMap((column) => column ?? []) };
    told(own.name);
  }
  await flush();
  return counts;
}

/** Reads the whole file once. */
async function checked(file: string, passphrase: string | null): Promise<Head> {
  const broken = new StartProblem(`${file} is not a whole back-up of Sufler's: it was cut off, damaged, or is another kind of file. Nothing was restored.`);
  const digest = createHash("sha256");
  let head: Head | undefined;
  let lines = 0;
  let last = "";
  try {
    for await (const line of linesOf(file, passphrase)) {
      if (last !== "") digest.update(`${last}\n`);
      head ??= JSON.parse(line) as Head;
      lines += 1;
      last = line;
    }
    const end = JSON.parse(last) as { end?: number; sha256?: string };
    if (head?.sufler !== "back-up" || end.end !== lines - 1 || end.sha256 !== digest.digest("hex")) throw broken;
    return head;
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    if (codeOf(error) === "ENOENT") throw new StartProblem(`There is no file ${file}.`);
    if (codeOf(error) === "EACCES") throw new StartProblem(`The file ${file} may not be read.`);
    if (codeOf(error) === "EISDIR") throw new StartProblem(`${file} is a folder: name the file of the back-up.`);
    throw broken;
  }
}

async function* linesOf(file: string, passphrase: string | null): AsyncGenerator<string> {
  const source = await unsealed(file, passphrase);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let rest = "";
  for await (const chunk of gunzip.setEncoding("utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
