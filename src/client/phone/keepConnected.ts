import { createStore, type StoreApi } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import { isOfAccount, pauseAfterRefusal } from "#domain/phone/lineRefusals.ts";
import { backOff } from "#client/sync/backOff.ts";
import type { PhoneLine } from "./phone.ts";

/** What one try to connect and register came to. `retryAfter` in seconds, when the server names it (RFC 3261 20.33). */
export type Attempt =
  | { readonly outcome: "ready" }
  | Refused;

export interface Refused { readonly outcome: "refused"; readonly status: number; readonly retryAfter?: number }

/** The first and the longest pause between two tries, milliseconds. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [1_000, 30_000];

export interface Keeper {
  readonly state: StoreApi<PhoneLine>;
  start(): void;
  /** The connection is gone. Tries again after a pause. */
  dropped(): void;
  /** What was connected is no longer taken: a password that has expired, an exchange that closes (rule P9). */
  refused(answer: Refused): void;
  /** Tries anew at once, also when all is well: something better may be there. */
  renew(): void;
  stop(): void;
}

/** Whether a try would now be made with another account than the one that was refused; asked every so many milliseconds meanwhile. */
export interface AccountWatch { readonly changed: () => Promise<boolean>; readonly every: number }

/**
 * Keeps something connected that can be tried again: with growing pauses, and at once when the browser says that
 * the network is back or the tab is looked at again. A try that throws counts as "down".
 */
export function keepConnected(attempt: () => Promise<Attempt>, now: () => Millis, chance: () => number = Math.random, account?: AccountWatch): Keeper {
  const state = createStore<PhoneLine>(() => ({ state: "off" }));
  let running = false;
  let busy = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: ReturnType<typeof setInterval> | undefined;

  async function tryNow(): Promise<void> {
    if (!running || busy) return;
    rest();
    busy = true;
    if (state.getState().state !== "refused") state.setState({ state: "connecting" }, true);
    const result = await attempt().catch(() => undefined);
    busy = false;
    if (!running) return;
    if (result?.outcome === "ready") {
      failures = 0;
      state.setState({ state: "ready" }, true);
    } else if (result) refused(result);
    else later();
  }

  function refused({ status, retryAfter }: Refused): void {
    failures = state.getState().state === "refused" ? failures + 1 : 1;
    state.setState({ state: "refused", status }, true);
    // Being refused is no matter of the network: asking often would only lock the account.
    wait(pauseAfterRefusal(failures, retryAfter));
    if (account && isOfAccount(status)) looking = setInterval(() => void lookAt(account), account.every);
  }

  async function lookAt({ changed }: AccountWatch): Promise<void> {
    // A server that cannot be asked has no other account either.
    if (await changed().catch(() => false) && state.getState().state === "refused") void tryNow();
  }

  function rest(): void {
    clearTimeout(timer);
    clearInterval(looking);
    looking = undefined;
  }

  function later(): void {
    failures += 1;
    const pause = Math.round(backOff(failures - 1, chance, FIRST_PAUSE, LONGEST_PAUSE));
    state.setState({ state: "down", retryAt: now() + pause }, true);
    wait(pause);
  }

  function wait(pause: number): void {
    rest();
    timer = setTimeout(() => void tryNow(), pause);
  }

  const hurry = () => { if (state.getState().state === "down") void tryNow(); };
  const seen = () => { if (document.visibilityState === "visible") hurry(); };

  return {
    state,
    start() {
      if (running) return;
      running = true;
      window.addEventListener("online", hurry);
      document.addEventListener("visibilitychange", seen);
      void tryNow();
    },
    dropped() {
      // Some close the socket of whoever gives a wrong password: that is no reason to give it again at once.
      if (running && !busy && state.getState().state !== "refused") later();
    },
    refused(answer) {
      if (running && !busy) refused(answer);
    },
    renew: () => void tryNow(),
    stop() {
      running = false;
      rest();
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", seen);
      state.setState({ state: "off" }, true);
    },
  };
}
