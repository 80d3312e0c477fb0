import type { News } from "#server/live/news.ts";
import { writeAudit } from "#server/monitoring/auditStore.ts";
import type { Database, Queries } from "#server/store/database.ts";
import { takeNumbers } from "#server/sync/syncStore.ts";
import { blankProspect, blankRecords, blankTextsOfErased, notErased, recordErasure, textsBefore } from "./keepingStore.ts";

/** Texts in one transaction of the sweep: everybody who pushes waits for it. */
const PORTION = 500;

/**
 * Erases the personal data of one person on a list (rule Y10): the card, the dialed numbers, the client's words and the notes of
 * every call with them. The facts stay, for they hold ids, codes and times only, and with them every count.
 * Said again, it does nothing more.
 * @param kept puts the erasure where a restore of an older back-up will find it, before it is done here
 * @returns false when nobody has that id
 */
export async function eraseProspect(db: Database, news: News, prospect: string, by: string | null, kept: (prospect: string) => void): Promise<boolean> {
  const done = await db.transaction(async (tx) => {
    if (!(await blankProspect(tx, prospect))) return false;
    kept(prospect);
    const base = await takeNumbers(tx, 1);
    if (await recordErasure(tx, prospect, base + 1, by)) await writeAudit(tx, by, "prospect.erased", prospect, {});
    await blankTextsOfErased(tx);
    await news.post(tx, { of: "documents" });
    return true;
  });
  if (done) news.tell({ of: "documents" });
  return done;
}

/** What was erased before this back-up was made, or after: nothing of it may come back (rule Y10). */
export async function replayErasures(tx: Queries, prospects: readonly string[]): Promise<void> {
  for (const prospect of prospects) {
    await blankProspect(tx, prospect);
    if (await recordErasure(tx, prospect, (await takeNumbers(tx, 1)) + 1, null)) await writeAudit(tx, null, "prospect.erased", prospect, { replayed: true });
  }
  await blankTextsOfErased(tx);
}

/**
 * The list beside the database is written first, so that a restore never forgets an erasure. Whatever ended the server between the two
 * left it undone here: it was asked for, so it is finished.
 * @param listed the data folder's list
 * @returns how many were
 */
export async function finishErasures(db: Database, listed: readonly string[]): Promise<number> {
  if (listed.length === 0) return 0;
  return db.transaction(async (tx) => {
    const undone = await notErased(tx, [...new Set(listed)]);
    if (undone.length > 0) await replayErasures(tx, undone);
    return undone.length;
  });
}

/** Erases private texts that arrived before this moment (rule Y11); facts and counts stay. @returns how many */
export async function eraseOld(db: Database, news: News, before: Date): Promise<number> {
  for (let all = 0; ; ) {
    const count = await db.transaction(async (tx) => {
      const ids = await textsBefore(tx, before, PORTION);
      await blankRecords(tx, ids);
      if (ids.length > 0) await news.post(tx, { of: "documents" });
      return ids.length;
    });
    if (count > 0) news.tell({ of: "documents" });
    all += count;
    if (count < PORTION) return all;
  }
}
