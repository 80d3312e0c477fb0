import type { Queries } from "#server/store/database.ts";

/** Whether anybody or anything that happened is in the database. */
export async function holdsSomething(db: Queries): Promise<boolean> {
  const [row] = await db.query<{ some: boolean }>("select exists (select from person) or exists (select from fact) or exists (select from prospect) as some");
  return row?.some ?? false;
}
