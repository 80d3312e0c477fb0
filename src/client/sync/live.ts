import { createStore, type StoreApi } from "zustand/vanilla";
import { closeCodes, PROTOCOL } from "#wire/protocol.ts";
import type { ToClient, ToServer } from "#wire/live.ts";
import { backOff } from "./backOff.ts";

export type LiveState = "connecting" | "open" | "waiting" | "signedOut" | "newVersion" | "closed";

/** The live socket: pokes, presence, signalling. It comes back by itself; what was sent while it is away is lost, so nothing durable goes through it. */
export interface Live {
  readonly state: StoreApi<LiveState>;
  /** False when the socket is not open. */
  send(message: ToServer): boolean;
  onMessage(listener: (message: ToClient) => void): () => void;
  /** Try now: the browser says that the network is back. */
  wake(): void;
  stop(): void;
}

/** Opens `/live` of our own server and keeps it open with back-off and jitter. */
export function openLive(url: string, device: string): Live {
  const state = createStore<LiveState>(() => "connecting");
  const listeners = new Set<(message: ToClient) => void>();
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  const connect = (): void => {
    clearTimeout(timer);
    state.setState("connecting", true);
    const mine = new WebSocket(url);
    socket = mine;
    mine.onopen = () => mine.send(JSON.stringify({ t: "hello", protocol: PROTOCOL, device } satisfies ToServer));
    mine.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as ToClient;
      if (message.t === "welcome") {
        tries = 0;
        state.setState("open", true);
      }
      for (const listener of listeners) listener(message);
    };
    mine.onclose = ({ code }) => {
      if (socket !== mine || state.getState() === "closed") return;
      if (code === closeCodes.signedOut) state.setState("signedOut", true);
      else if (code === closeCodes.protocol) state.setState("newVersion", true);
      else {
        state.setState("waiting", true);
        timer = setTimeout(connect, backOff(tries));
        tries += 1;
      }
    };
  };
  connect();

  return {
    state,
    send(message) {
      if (state.getState() !== "open" || socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake() {
      const now = state.getState();
      if (now === "waiting" || now === "signedOut") connect();
    },
    stop() {
      state.setState("closed", true);
      clearTimeout(timer);
      socket?.close(1000);
    },
  };
}
