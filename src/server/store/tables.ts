import { escapeIdentifier } from "pg";
import type { Queries } from "./database.ts";

/** A table as the database itself describes it: no list of ours that a later migration could leave behind. */
export interface Table {
  readonly name: string;
  /** Columns that hold values of their own, in their order; generated ones follow from the others. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** All tables of the database, each after those that its foreign keys name. */
export async function tablesOf(db: Queries): Promise<readonly Table[]> {
  const columns = await db.query<{ table: string; name: string; type: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by c.relname, a.attnum`,
  );
  const keys = await db.query<{ from: string; to: string }>(
    `select c.relname as from, t.relname as to from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace and c.oid <> t.oid`,
  );
  const byName = new Map<string, { name: string; type: string }[]>();
  for (const { table, name, type } of columns) byName.set(table, [...(byName.get(table) ?? []), { name, type }]);
  const ordered: Table[] = [];
  const place = (name: string, above: readonly string[]): void => {
    const own = byName.get(name);
    if (own === undefined || ordered.some((table) => table.name === name)) return;
    if (above.includes(name)) throw new Error(`The tables ${[...above, name].join(" → ")} name each other in a circle`);
    for (const { from, to } of keys) if (from === name) place(to, [...above, name]);
    ordered.push({ name, columns: own });
  };
  for (const name of byName.keys()) place(name, []);
  return ordered;
}

/** A value as PostgreSQL writes it, which any later version reads; null for none. */
export type Cell = string | null;

const list = (table: Table): string => table.columns.map(({ name }) => escapeIdentifier(name)).join(", ");

/** The table's rows as texts, in portions: it may be larger than the memory. Only inside a transaction, one table at a time. */
export async function* rowsOf(tx: Queries, table: Table): AsyncGenerator<readonly (readonly Cell[])[]> {
  const cells = table.columns.map(({ name }) => `${escapeIdentifier(name)}::text`).join(", ");
  await tx.query(`declare kept_rows no scroll cursor for select array[${cells}]::text[] as cells from ${escapeIdentifier(table.name)}`);
  for (;;) {
    const rows = await tx.query<{ cells: Cell[] }>("fetch 2000 from kept_rows");
    if (rows.length === 0) break;
    yield rows.map((row) => row.cells);
  }
  await tx.query("close kept_rows");
}

/** Puts rows back. The table may have columns that the rows do not know: those get their defaults. */
export async function putRows(tx: Queries, table: Table, rows: readonly (readonly Cell[])[]): Promise<void> {
  if (rows.length === 0) return;
  const values = table.columns.map((_, n) => rows.map((row) => row[n] ?? null));
  const casts = table.columns.map(({ type }, n) => `c${n}::${type}`).join(", ");
  const from = table.columns.map((_, n) => `$${n + 1}::text[]`).join(", ");
  await tx.query(
    `insert into ${escapeIdentifier(table.name)} (${list(table)}) overriding system value
     select ${casts} from unnest(${from}) as rows (${table.columns.map((_, n) => `c${n}`).join(", ")})`,
    values,
  );
}

export async function emptyTable(tx: Queries, table: Table): Promise<void> {
  await tx.query(`delete from ${escapeIdentifier(table.name)}`);
}

/** After rows were put back with their numbers, the next number is one above the highest. */
export async function raiseIdentities(tx: Queries, table: Table): Promise<void> {
  for (const { name } of table.columns) {
    const [found] = await tx.query<{ sequence: string | null }>("select pg_get_serial_sequence($1, $2) as sequence", [escapeIdentifier(table.name), name]);
    if (found?.sequence)
      await tx.query(`select setval($1::regclass, coalesce((select max(${escapeIdentifier(name)}) from ${escapeIdentifier(table.name)}), 0) + 1, false)`, [found.sequence]);
  }
}
