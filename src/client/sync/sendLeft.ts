import { openJournal, peopleHere, type Journal } from "#client/facts/journal.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { PushRequest, PushResponse } from "#wire/sync.ts";
import { sendingAlone, whenUnused } from "./alone.ts";
import { signer } from "./deviceKey.ts";
import { request, type Answer } from "./http.ts";
import { sendAll } from "./sendAll.ts";

/** Entries in a batch: what is sent without a session is bounded, and a batch that is too large is halved. */
const BATCH = 500;
/** How long a page that is sending is waited for, milliseconds. */
const PATIENCE = 60_000;

/** Under this name the journal remembers that its person has signed out and wants nothing kept here. */
export const LEFT = "left";

/**
 * Sends what lies unsent in this browser, whoever wrote it: of a tab that was closed, and of somebody who went home in a hurry.
 * Each goes up under its author's name (rule Y9), and what its author wanted gone is gone once it is safe. Nothing of it is shown.
 * @returns false when something is left that another try may bring up
 */
export async function sendLeft(): Promise<boolean> {
  const all = await Promise.all((await peopleHere()).map((person) => sendOf(person)));
  return all.every(Boolean);
}

async function sendOf(person: string): Promise<boolean> {
  try {
    return await sendingAlone(person, async () => {
      const journal = await openJournal(person, { make: false });
      if (!journal) return true;
      let safe = false;
      try {
        safe = await sendJournal(person, journal);
        if (safe && (await journal.recall(LEFT)) === true && (await journal.countRefused()) === 0) await whenUnused(person, () => journal.wipe());
      } finally {
        journal.close();
      }
      return safe;
    }, AbortSignal.timeout(PATIENCE));
  } catch {
    // Its database was deleted under us, the disk refuses, or a page sends all this while: the next occasion tries anew.
    return false;
  }
}

/** @returns all is safe */
async function sendJournal(person: string, journal: Journal): Promise<boolean> {
  const sign = await signer(journal);
  const post = async (body: PushRequest): Promise<Answer<PushResponse>> => {
    const named = { ...body, by: person };
    // Without a key only the person's own session will do; somebody else's is answered 401, and nothing is refused.
    return sign ? request("POST", "/api/sync/append", await sign(named), 30_000, "omit") : request("POST", "/api/sync/push", named, 30_000);
  };
  // The server's mark goes back when a back-up was restored: what was acknowledged is then sent again.
  const mark = await post({ protocol: PROTOCOL, device: journal.device, entries: [] });
  if (!mark.ok) return false;
  await journal.acknowledge(mark.body.acked, []);
  return (await sendAll({ journal, post, size: BATCH })).all;
}
