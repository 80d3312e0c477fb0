import { createStore, type StoreApi } from "zustand/vanilla";
import type { ToClient, ToServer } from "#wire/live.ts";

declare global {
  interface Window { toServer?: (message: ToServer) => Promise<void> }
}

/** A live socket whose other end is the test itself: it gets `window.toServer` and gives `deliver`. */
export interface LiveThroughTest {
  readonly state: StoreApi<string>;
  send(message: ToServer): boolean;
  onMessage(listener: (message: ToClient) => void): () => void;
  deliver(message: ToClient): void;
}

export function liveThroughTest(): LiveThroughTest {
  const state = createStore<string>(() => "open");
  const listeners = new Set<(message: ToClient) => void>();
  return {
    state,
    send(message) {
      if (state.getState() !== "open" || !window.toServer) return false;
      void window.toServer(message);
      return true;
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deliver(message) { for (const listener of listeners) listener(message); },
  };
}
