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

/** How many of the server's beats may be missed in a row before the socket is given up. */
const BEATS_MISSED = 3;
/** From the first attempt to the server's welcome, milliseconds. */
const WELCOME_PATIENCE = 20_000;

/** Opens `/live` of our own server and keeps it open with back-off and jitter. */
export function openLive(url: string, device: string): Live {
  const state = createStore<LiveState>(() => "connecting");
  const listeners = new Set<(message: ToClient) => void>();
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let watch: ReturnType<typeof setTimeout> | undefined;

  /** Gives a socket up unless something is heard on it before the time is over; a dead one that nobody closes would stay open for ever. */
  const patience = (mine: WebSocket, ms: number): void => {
    clearTimeout(watch);
    watch = setTimeout(() => {
      if (socket !== mine) return;
      mine.onmessage = mine.onclose = mine.onopen = null;
      mine.close();
      again();
    }, ms);
  };
  const again = (): void => {
    state.setState("waiting", true);
    timer = setTimeout(connect, backOff(tries));
    tries += 1;
  };

  const connect = (): void => {
    clearTimeout(timer);
    state.setState("connecting", true);
    const mine = new WebSocket(url);
    socket = mine;
    let beat: number | undefined;
    patience(mine, WELCOME_PATIENCE);
    mine.onopen = () => mine.send(JSON.stringify({ t: "hello", protocol: PROTOCOL, device } satisfies ToServer));
    mine.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as ToClient;
      if (message.t === "welcome") {
        tries = 0;
        beat = message.beat;
        if (beat === undefined) clearTimeout(watch); // an older server, which has no beat
        state.setState("open", true);
      }
      if (beat !== undefined) patience(mine, beat * BEATS_MISSED);
      for (const listener of listeners) listener(message);
    };
    mine.onclose = ({ code }) => {
      if (socket !== mine || state.getState() === "closed") return;
      clearTimeout(watch);
      if (code === closeCodes.signedOut) state.setState("signedOut", true);
      else if (code === closeCodes.protocol) state.setState("newVersion", true);
      else again();
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
      clearTimeout(watch);
      socket?.close(1000);
    },
  };
}
