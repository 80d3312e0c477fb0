import { createStore, type StoreApi } from "zustand/vanilla";
import type { UnsentRows } from "#client/facts/journal.ts";
import type { PushRequest, PushResponse } from "#wire/sync.ts";
import { backOff } from "./backOff.ts";
import type { Answer } from "./http.ts";
import { sendAll } from "./sendAll.ts";

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

/** Entries; two batches may be on their way at once. */
const BATCH = 1000;

/** What is not up after this long is told as unsent, milliseconds; sooner, the screen would flicker at every key. */
const MOMENT = 250;

/** Sends the journal in order, in batches; the acknowledged number moves only on the server's word (rule Y2). */
export function createUplink(
  journal: UnsentRows,
  post: (body: PushRequest) => Promise<Answer<PushResponse>>,
  heardClock: (now: number, sentAt: number, receivedAt: number) => void,
  /** Does the work when no other sender of this person is at it: another tab, or the service worker. */
  alone: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
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

  /** True when all was taken. */
  const pass = async (): Promise<boolean> => {
    const sent = await alone(() => sendAll({ journal, post, size: BATCH, heardClock, stopped: () => stopped }));
    if (sent.all) return true;
    if (sent.status !== undefined) {
      const why = sent.status === 401 ? "signedOut" : sent.status === 426 ? "newVersion" : undefined;
      state.setState({ reachable: sent.status !== 0, ...(why ? { stopped: why } : {}) });
    }
    return false;
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
