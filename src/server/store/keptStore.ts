import type { Queries } from "./database.ts";

/** A small thing that the installation remembers under a name; undefined when it was never kept. */
export async function kept<T>(db: Queries, name: string): Promise<T | undefined> {
  const [row] = await db.query<{ value: T }>("select value from kept where name = $1", [name]);
  return row?.value;
}

/** Keeps it, unless something is kept under that name already: of two app servers that start at once the first one decides. */
export async function keepFirst(db: Queries, name: string, value: unknown): Promise<void> {
  await db.query("insert into kept (name, value) values ($1, $2) on conflict (name) do nothing", [name, JSON.stringify(value)]);
}
