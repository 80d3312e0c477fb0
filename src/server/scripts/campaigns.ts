import type { Queries } from "#server/store/database.ts";
import { documentIds } from "./documentStore.ts";

/**
 * Tells which campaigns there are, for whoever asks with each push. What has been found once stays true, for a document is never
 * taken away; the database is asked for what is not known yet.
 */
export function createCampaigns(db: Queries): (asked: ReadonlySet<string>) => Promise<ReadonlySet<string>> {
  let known: ReadonlySet<string> = new Set();
  return async (asked) => {
    if ([...asked].some((id) => !known.has(id))) known = await documentIds(db, "campaign");
    return known;
  };
}
