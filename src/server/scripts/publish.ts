import type { Person } from "#domain/base/campaign.ts";
import type { Handler } from "#domain/script/script.ts";
import { writeAudit } from "#server/monitoring/auditStore.ts";
import type { Database } from "#server/store/database.ts";
import { takeNumbers } from "#server/sync/syncStore.ts";
import type { News } from "#server/live/news.ts";
import type { PublishHandler, PublishResponse } from "#wire/api.ts";
import { addDocument, documentIds, newestDocument } from "./documentStore.ts";

export type Publishing = PublishResponse | { readonly ok: false; readonly why: "noScript" };

/**
 * Publishes a handler as the version after `based`. When somebody else has published since, nothing is written and theirs
 * comes back: two editors lose nothing without a word.
 */
export async function publishHandler(db: Database, news: News, person: Person, asked: PublishHandler): Promise<Publishing> {
  const result = await db.transaction<Publishing>(async (tx) => {
    // Everybody who publishes waits here for the one before, so that the newest version is the newest.
    await takeNumbers(tx, 0);
    if (!(await documentIds(tx, "script")).has(asked.handler.script)) return { ok: false, why: "noScript" };
    const newest = await newestDocument(tx, "handler", asked.handler.id);
    if ((newest?.version ?? 0) !== asked.based) {
      if (!newest) return { ok: false, why: "newer", handler: { ...asked.handler, version: 0 } };
      return { ok: false, why: "newer", handler: newest.body };
    }
    const handler: Handler = { ...asked.handler, version: asked.based + 1 };
    await addDocument(tx, { type: "handler", id: handler.id, version: handler.version, body: handler }, person.id);
    await writeAudit(tx, person.id, "handler.published", handler.id, { version: handler.version });
    await news.post(tx, { of: "documents" });
    return { ok: true, handler };
  });
  if (result.ok) news.tell({ of: "documents" });
  return result;
}
