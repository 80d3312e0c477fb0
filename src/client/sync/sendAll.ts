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

/** A batch on its way. */
interface Flight {
  readonly entries: readonly Entry[];
  /** What stands before its first entry. */
  readonly after: number;
  readonly last: number;
  /** Sent before the one below it was answered: it may have overtaken that one. */
  readonly early: boolean;
  readonly sentAt: number;
  readonly answer: Promise<{ readonly of: Answer<PushResponse>; readonly receivedAt: number }>;
}

/**
 * One pass over the journal. While the server stores a batch, the next full one is already on its way and the one after that is read,
 * and the acknowledged number is moved meanwhile, on the server's word alone (rule Y2). A number that was not moved in time only means
 * that a batch is sent once more; a batch that overtakes the one before it is stored, but not acknowledged (rule Y8), and is sent once
 * more at once. The page and the service worker both send by this, one at a time (`alone`).
 */
export async function sendAll(sending: Sending): Promise<Sent> {
  let due: Pick<PushResponse, "acked" | "refused"> | undefined;
  let marking: Promise<void> | undefined;
  // Each mark is a write to the disk: of those that have come meanwhile the newest says it all.
  const mark = async (): Promise<void> => {
    for (let next = due; next; next = due) {
      due = undefined;
      await sending.journal.acknowledge(next.acked, next.refused);
    }
    marking = undefined;
  };
  const sent = await batches(sending, ({ acked, refused }) => {
    due = { acked, refused: [...(due?.refused ?? []), ...refused] };
    if (marking) return;
    marking = mark();
    // Told below.
    marking.catch(() => undefined);
  });
  await marking;
  return sent;
}

async function batches({ journal, post, size: first, heardClock, stopped = () => false }: Sending, taken: (answer: PushResponse) => void): Promise<Sent> {
  const under = new Set<Promise<unknown>>();
  function send(entries: readonly Entry[], after: number, early = false): Flight {
    const answer = post({ protocol: PROTOCOL, device: journal.device, after, entries }).then((of) => ({ of, receivedAt: deviceNow() }));
    under.add(answer);
    // Whoever waits for it hears why it failed; nobody waits for one that is given up.
    answer.catch(() => undefined).finally(() => under.delete(answer));
    return { entries, after, last: entries.at(-1)?.n ?? after, early, sentAt: deviceNow(), answer };
  }

  let size = first;
  const begin = await journal.unsent(0, size);
  // Old rows leave the device: what stands before the first one tells the server whether entries are missing or only gone.
  let flight = begin[0] && !stopped() ? send(begin, await journal.rowBefore(begin[0].n)) : undefined;
  /** What comes behind a full batch. Read before it is needed: behind a mark that is on its way to the disk it would wait. */
  const behind = (batch: Flight | undefined): Promise<readonly Entry[]> => {
    const read = batch?.entries.length === size ? journal.unsent(batch.last, size) : Promise.resolve([]);
    // Whoever waits for it hears why it failed.
    read.catch(() => undefined);
    return read;
  };
  let reading = behind(flight);
  try {
    while (flight) {
      const next = await reading;
      // A short one would overtake a long one on a slow line: it waits.
      const ahead: Flight | undefined = next.length === size && !stopped() ? send(next, flight.last, true) : undefined;
      const later = behind(ahead);
      const { of: answer, receivedAt } = await flight.answer;
      // Too much at once (long texts): half of it, so that one large batch never holds up the journal.
      if (!answer.ok && answer.status === 413 && flight.entries.length > 1) {
        await ahead?.answer;
        size = Math.ceil(flight.entries.length / 2);
        flight = send(flight.entries.slice(0, size), flight.after);
        reading = behind(flight);
        continue;
      }
      if (!answer.ok) return { all: false, status: answer.status };
      heardClock?.(answer.body.now, flight.sentAt, receivedAt);
      // The one below it came later: now that is there, and the number would only go back by this word.
      if (flight.early && answer.body.acked < flight.last) {
        await ahead?.answer;
        flight = send(flight.entries, flight.after);
        reading = Promise.resolve(next);
        continue;
      }
      taken(answer.body);
      if (answer.body.acked < flight.last) return { all: false };
      flight = ahead ?? (next.length > 0 && !stopped() ? send(next, flight.last) : undefined);
      reading = ahead ? later : behind(flight);
    }
  } finally {
    // Nobody else sends for this person until what is on its way has come to an end.
    await Promise.allSettled(under);
  }
  return stopped() ? { all: false } : { all: true };
}
