import { createStore, type StoreApi } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import type { PhoneSignal } from "#domain/phone/lines.ts";
import type { CallEnd } from "#domain/phone/facts.ts";
import { endOfRefusal } from "#domain/phone/refusals.ts";

/** A call to oneself, before the shift. It is nobody's attempt: no fact is made of it, and no lead hears it. */
export type EchoState =
  | { readonly phase: "none" }
  | { readonly phase: "calling" }
  | { readonly phase: "talking"; readonly since: Millis }
  | { readonly phase: "failed"; readonly why: CallEnd };

export interface EchoTest {
  readonly state: StoreApi<EchoState>;
  /** Nothing happens while a call is up. */
  start(): void;
  stop(): void;
  /** What the line tells of the call to oneself. */
  hear(signal: PhoneSignal): void;
}

/** Of the call to oneself; the ids of other calls hold a UUID. */
export const ECHO = "echo";

/** @param begin calls the echo number; false when a call is up */
export function createEchoTest(begin: () => boolean, hangUp: () => void): EchoTest {
  const state = createStore<EchoState>(() => ({ phase: "none" }));
  const to = (next: EchoState) => state.setState(next, true);
  const up = () => state.getState().phase === "calling" || state.getState().phase === "talking";
  return {
    state,
    start() {
      if (!up() && begin()) to({ phase: "calling" });
    },
    stop() {
      if (up()) hangUp();
      to({ phase: "none" });
    },
    hear(signal) {
      if (!up()) return;
      if (signal.type === "answered") to({ phase: "talking", since: signal.at });
      else if (signal.type === "refused") to({ phase: "failed", why: endOfRefusal(signal.status, signal.reason) });
      else if (signal.type === "failed") to({ phase: "failed", why: signal.why });
      else if (signal.type === "lineEnded") to({ phase: "none" });
    },
  };
}
