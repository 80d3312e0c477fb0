/**
 * A way to one user agent: a WebSocket (RFC 7118) or an agent within this process. The switch sees frames of text and
 * the end; floods, slow readers and half-open sockets are dealt with here.
 */
import { randomBytes } from "node:crypto";
import type { RawData, WebSocket } from "ws";
import type { Limits } from "./limits.ts";
import { Nonces } from "./nonces.ts";
import { decodeFrame } from "./reading.ts";

export interface Flow {
  readonly id: string;
  /** Every flow id that this one may speak for: its own, and those of sockets that it took the place of. */
  readonly legs: Set<string>;
  /** Lines that have proved their password here. */
  readonly lines: Set<string>;
  /** An agent of this process: nobody asks for its password. */
  readonly trusted: boolean;
  readonly address: string;
  readonly nonces: Nonces;
  wrongPasswords: number;
  /** Messages that were no SIP, or broken. */
  broken: number;
  /** The line whose password is being looked up. */
  claim: string | undefined;
  ended(): boolean;
  /** Throws FlowGone. */
  send(text: string, bytes: boolean): void;
  /** Ends the flow; `code` is a WebSocket close code (RFC 6455 7.4.1). */
  close(code: number, why: string): void;
}

/** Thrown by `send`: nobody is there any more. An event of the world, not a fault of ours. */
export class FlowGone extends Error {}

export interface FlowUser {
  /** One frame at a time: the next one waits for the promise. Must not throw or reject. */
  readonly frame: (flow: Flow, text: string, bytes: boolean) => Promise<void>;
  readonly gone: (flow: Flow, why: string) => void;
  /** An agent of this process has thrown at a message. */
  readonly fault: (error: unknown) => void;
}

/** Frames that may wait behind a look-up of a password before the socket is read no further. */
const mostWaiting = 20;

const newId = () => randomBytes(10).toString("hex");

function base(address: string, trusted: boolean, limits: Limits): Omit<Flow, "send" | "close" | "ended"> {
  const id = newId();
  return { id, legs: new Set([id]), lines: new Set<string>(), trusted, address, nonces: new Nonces(limits.nonceMs), wrongPasswords: 0, broken: 0, claim: undefined };
}

export function socketFlow(socket: WebSocket, address: string, limits: Limits, user: FlowUser): Flow {
  const inbox: { text: string; bytes: boolean }[] = [];
  let busy = false;
  let ended = false;
  let allowance = limits.burst;
  let countedAt = performance.now();
  let heard = true;
  let resume: NodeJS.Timeout | undefined;

  const flow: Flow = {
    ...base(address, false, limits),
    ended: () => ended,
    send(text, bytes) {
      if (ended || socket.readyState !== socket.OPEN) throw new FlowGone("The socket is closed");
      if (socket.bufferedAmount > limits.bufferedBytes) {
        end("slow reader");
        throw new FlowGone("The socket is not read");
      }
      socket.send(bytes ? Buffer.from(text, "latin1") : text);
    },
    close(code, why) {
      if (ended) return;
      socket.close(code, why);
      // A peer that does not answer the close frame would keep the socket for half a minute.
      setTimeout(() => socket.terminate(), 2_000).unref();
      end(why);
    },
  };

  // Silence is looked at every pingMs: a socket that was pinged and gave no sign since is half open.
  const heartbeat = setInterval(() => {
    if (!heard && !socket.isPaused) return end("half open");
    heard = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, limits.pingMs);

  function end(why: string): void {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    clearTimeout(resume);
    inbox.length = 0;
    if (socket.readyState === socket.OPEN) socket.terminate();
    user.gone(flow, why);
  }

  /** A flood is slowed down rather than cut: unread bytes stay with the sender (TCP), and nobody else waits. */
  function spend(): boolean {
    const now = performance.now();
    allowance = Math.min(limits.burst, allowance + ((now - countedAt) / 1000) * limits.messagesPerSecond);
    countedAt = now;
    if (allowance >= 1) {
      allowance -= 1;
      return true;
    }
    if (!resume) {
      socket.pause();
      resume = setTimeout(() => {
        resume = undefined;
        if (ended) return;
        if (inbox.length > 0) drain();
        else socket.resume();
      }, Math.ceil(Math.max(1, limits.messagesPerSecond / 10) / limits.messagesPerSecond * 1000));
    }
    return false;
  }

  function drain(): void {
    if (busy || ended || inbox.length === 0 || !spend()) return;
    const next = inbox.shift();
    if (!next) return;
    busy = true;
    void user.frame(flow, next.text, next.bytes).finally(() => {
      busy = false;
      if (ended) return;
      // One frame a turn: reading one costs a millisecond, and the others want theirs read too.
      if (inbox.length > 0) setImmediate(drain);
      else if (!resume) socket.resume();
    });
  }

  socket.on("message", (data: RawData) => {
    heard = true;
    if (ended) return;
    const buffer = Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
    if (buffer.length > limits.frameBytes) return flow.close(1009, "message too big");
    inbox.push(decodeFrame(buffer));
    drain();
    if (inbox.length > mostWaiting) socket.pause();
  });
  socket.on("pong", () => (heard = true));
  socket.on("ping", () => (heard = true));
  socket.on("close", () => end("closed"));
  socket.on("error", () => end("broken")); // ws closes the socket itself after it
  return flow;
}

export function localFlow(receive: (message: string) => void, limits: Limits, user: FlowUser): Flow & { deliver(message: string): void } {
  let ended = false;
  const flow: Flow = {
    ...base("127.0.0.1", true, limits),
    ended: () => ended,
    send(text) {
      if (ended) throw new FlowGone("The local agent is gone");
      // Not within our own call: an agent that answers at once would find the switch half way through a step.
      queueMicrotask(() => {
        try {
          if (!ended) receive(text);
        } catch (error) {
          user.fault(error);
        }
      });
    },
    close(_code, why) {
      if (ended) return;
      ended = true;
      user.gone(flow, why);
    },
  };
  let last: Promise<void> = Promise.resolve();
  const deliver = (message: string) => {
    last = last.then(() => (ended ? undefined : user.frame(flow, message, false)));
  };
  return Object.assign(flow, { deliver });
}
