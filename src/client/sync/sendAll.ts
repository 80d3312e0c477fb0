import type { UnsentRows } from "#client/facts/journal.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { Entry, PushRequest, PushResponse } from "#wire/sync.ts";
import { deviceNow } from "./deviceClock.ts";
import type { Answer } from "./http.ts";

export interface Sending {
  readonly journal: Pick<UnsentRows, "device" | "unsent" | "rowBefore" | "acknowledge">;
  readonly post: (body: PushRequest) => Promise<Answer<PushResponse>>;
  /** Entries in the first batch. */
  readonly size: number;
  readonly heardClock?: (now: number, sentAt: number, receivedAt: number) => void;
  /** True: send no further batch. */
  readonly stopped?: () => boolean;
}

/** All that there was is taken; or not, with the status of the answer that ended it (0: no answer), or without one when the server has gone back. */
export type Sent = { readonly all: true } | { readonly all: false; readonly status?: number };

/**
 * One pass over the journal: the next batch is read while the last one is under way, and the acknowledged number is moved while
 * the next one is, on the server's word alone (rule Y2). A number that was not moved in time only means that a batch is sent once
 * more. The page and the service worker both send by this, one at a time (`alone`).
 */
export async function sendAll(sending: Sending): Promise<Sent> {
  let marked: Promise<void> = Promise.resolve();
  const sent = await batches(sending, (answer) => { marked = marked.then(() => sending.journal.acknowledge(answer.acked, answer.refused)); });
  await marked;
  return sent;
}

async function batches({ journal, post, size: first, heardClock, stopped = () => false }: Sending, taken: (answer: PushResponse) => void): Promise<Sent> {
  let size = first;
  let batch: readonly Entry[] = await journal.unsent(0, size);
  // Old rows leave the device: what stands before the first one tells the server whether entries are missing or only gone.
  let after = batch[0] ? await journal.rowBefore(batch[0].n) : 0;
  while (batch.length > 0 && !stopped()) {
    const last = batch[batch.length - 1]?.n ?? 0;
    const sentAt = deviceNow();
    const [answer, next] = await Promise.all([
      post({ protocol: PROTOCOL, device: journal.device, after, entries: batch }),
      batch.length === size ? journal.unsent(last, size) : Promise.resolve([]),
    ]);
    // Too much at once (long texts): half of it, so that one large batch never holds up the journal.
    if (!answer.ok && answer.status === 413 && batch.length > 1) {
      size = Math.ceil(batch.length / 2);
      batch = batch.slice(0, size);
      continue;
    }
    if (!answer.ok) return { all: false, status: answer.status };
    heardClock?.(answer.body.now, sentAt, deviceNow());
    taken(answer.body);
    if (answer.body.acked < last) return { all: false };
    after = last;
    batch = next;
  }
  return stopped() ? { all: false } : { all: true };
}
