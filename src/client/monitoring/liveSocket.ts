import type { ToClient, ToServer } from "#wire/live.ts";

/** What monitoring needs of the live socket. */
export interface LiveSocket {
  /** False when the socket is not open: the message is lost. */
  send(message: ToServer): boolean;
  onMessage(listener: (message: ToClient) => void): () => void;
  readonly state: { getState(): string; subscribe(listener: (state: string) => void): () => void };
}

/** Servers for the way between two browsers (STUN, TURN), asked for at each session because their credentials are short-lived. */
export type IceServers = () => Promise<RTCIceServer[]>;
export const noIceServers: IceServers = () => Promise.resolve([]);
