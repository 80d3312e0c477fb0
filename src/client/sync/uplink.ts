import { createStore, type StoreApi } from "zustand/vanilla";
import type { Journal } from "#client/facts/journal.ts";
import { PROTOCOL } from "#wire/protocol.ts";
import type { Entry, PushRequest, PushResponse } from "#wire/sync.ts";
import { backOff } from "./backOff.ts";
import type { Answer } from "./http.ts";

export interface UplinkState {
  /** Did the last word from the server come through. */
  readonly reachable: boolean;
  readonly unsent: number;
  readonly refused: number;
  /** The server says that nobody is signed in, or that this tab is too old: nothing is sent until that changes. */
  readonly stopped?: "signedOut" | "newVersion";
}

export interface Uplink {
  readonly state: StoreApi<UplinkState>;
  /** Something new is in the journal, or the network is back. */
  readonly wake: () => void;
  /** The server says up to where this device's entries are safe. */
  heardMark(mark: number): Promise<void>;
  /** Sends all there is now; resolves when the journal is empty or the server cannot be reached. */
  flush(): Promise<void>;
  stop(): void;
}

const BATCH = 2000;

/** What is not up after this long is told as unsent, milliseconds; sooner, the screen would flicker at every key. */
const MOMENT = 250;

/** Sends the journal in order, in batches; the acknowledged number moves only on the server's word (rule Y2). */
export function createUplink(
  journal: Journal,
  post: (body: PushRequest) => Promise<Answer<PushResponse>>,
  heardClock: (now: number, sentAt: number, receivedAt: number) => void,
): Uplink {
  const state = createStore<UplinkState>(() => ({ reachable: true, unsent: 0, refused: 0 }));
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;

  const count = async (): Promise<void> => {
    const [unsent, refused] = await Promise.all([journal.countUnsent(), journal.countRefused()]);
    state.setState({ unsent, refused });
  };

  /**
   * One pass over the journal: the next batch is read while the last one is under way, and the number is moved while the
   * next one is. A number that was not moved in time only means that a batch is sent once more. True when all was taken.
   */
  const pass = async (): Promise<boolean> => {
    let marked: Promise<void> = Promise.resolve();
    const all = await send((answer) => { marked = marked.then(() => journal.acknowledge(answer.acked, answer.refused)); });
    await marked;
    return all;
  };

  const send = async (taken: (answer: PushResponse) => void): Promise<boolean> => {
    let size = BATCH;
    let batch: readonly Entry[] = await journal.unsent(0, size);
    while (batch.length > 0 && !stopped) {
      const last = batch[batch.length - 1]?.n ?? 0;
      const sentAt = Date.now();
      const [answer, next] = await Promise.all([
        post({ protocol: PROTOCOL, device: journal.device, entries: batch }),
        batch.length === size ? journal.unsent(last, size) : Promise.resolve([]),
      ]);
      // Too much at once (long texts): half of it, so that one large batch never holds up the journal.
      if (!answer.ok && answer.status === 413 && batch.length > 1) {
        size = Math.ceil(batch.length / 2);
        batch = batch.slice(0, size);
        continue;
      }
      if (!answer.ok) {
        state.setState({ reachable: answer.status !== 0, ...(answer.status === 401 ? { stopped: "signedOut" as const } : answer.status === 426 ? { stopped: "newVersion" as const } : {}) });
        return false;
      }
      heardClock(answer.body.now, sentAt, Date.now());
      taken(answer.body);
      if (answer.body.acked < last) return false;
      batch = next;
    }
    return !stopped;
  };

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    do {
      again = false;
      let done = false;
      try {
        done = await pass();
        if (done) tries = 0;
        await count();
      } catch {
        // The database was closed under us, or the disk refuses: the next wake tries anew.
        done = false;
      }
      if (done) state.setState({ reachable: true });
      if (!done && !stopped && !state.getState().stopped) {
        timer = setTimeout(wake, backOff(tries));
        tries += 1;
        return;
      }
    } while (again && !stopped);
  };

  /** A silent network may keep a batch for half a minute: meanwhile nobody may read that all is saved. */
  const tellSoon = (): void => {
    telling ??= setTimeout(() => {
      telling = undefined;
      void count().catch(() => undefined);
    }, MOMENT);
  };

  const flush = (): Promise<void> => {
    if (stopped) return Promise.resolve();
    tellSoon();
    if (running) {
      again = true;
      return running;
    }
    running = run().finally(() => { running = undefined; });
    return running;
  };
  function wake(): void {
    void flush();
  }

  return {
    state,
    wake: () => {
      const { stopped: _, ...rest } = state.getState();
      state.setState(rest, true);
      wake();
    },
    flush,
    async heardMark(mark) {
      // A batch under way will be answered with a newer number than this one.
      if (running) return;
      await journal.acknowledge(mark, []);
      wake();
    },
    stop: () => { stopped = true; clearTimeout(timer); clearTimeout(telling); },
  };
}
