import type { Person } from "#domain/base/campaign.ts";
import { checkHandler, type HandlerProblem } from "#domain/script/draft.ts";
import type { Handler } from "#domain/script/script.ts";
import type { News } from "#server/live/news.ts";
import { writeAudit } from "#server/monitoring/auditStore.ts";
import type { Database } from "#server/store/database.ts";
import { takeNumbers } from "#server/sync/syncStore.ts";
import type { PublishHandler, PublishResponse } from "#wire/api.ts";
import { addDocument, documentIds, newestDocuments } from "./documentStore.ts";

export type Publishing = PublishResponse | { readonly ok: false; readonly why: "noScript" | "noHandler" | HandlerProblem };

/**
 * Publishes a handler as the version after `based`. When somebody else has published since, nothing is written and theirs
 * comes back: two editors lose nothing without a word.
 */
export async function publishHandler(db: Database, news: News, person: Person, { handler: draft, based }: PublishHandler): Promise<Publishing> {
  const result = await db.transaction<Publishing>(async (tx) => {
    // Everybody who publishes waits here for the one before, so that the newest version is the newest.
    await takeNumbers(tx, 0);
    if (!(await documentIds(tx, "script")).has(draft.script)) return { ok: false, why: "noScript" };
    const all = (await newestDocuments(tx, "handler")).map((one) => one.body);
    const newest = all.find((one) => one.id === draft.id);
    if (newest && newest.version !== based) return { ok: false, why: "newer", handler: newest };
    if (!newest && based !== 0) return { ok: false, why: "noHandler" };
    const [wrong] = checkHandler(draft, all.filter((one) => one.script === draft.script));
    if (wrong) return { ok: false, why: wrong };
    const handler: Handler = { ...draft, version: based + 1 };
    await addDocument(tx, { type: "handler", id: handler.id, version: handler.version, body: handler }, person.id);
    await writeAudit(tx, person.id, "handler.published", handler.id, { version: handler.version });
    await news.post(tx, { of: "documents" });
    return { ok: true, handler };
  });
  if (result.ok) news.tell({ of: "documents" });
  return result;
}
