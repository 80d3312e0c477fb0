import { randomUUID } from "node:crypto";
import type { RawData, WebSocket } from "ws";
import type { Person } from "#domain/base/campaign.ts";
import type { ToClient, ToServer } from "#wire/live.ts";
import { closeCodes, PROTOCOL } from "#wire/protocol.ts";
import { toServer } from "#wire/schema.ts";

/** Bounds of one live socket. */
export interface LiveLimits {
  /** Messages at once, and per second in the long run; beyond it the socket is closed. */
  readonly burst: number;
  readonly perSecond: number;
  /** Between two pings, ms; a socket that has not answered one when the next is due is dead. */
  readonly pingMs: number;
  /** Within which the first message must be a hello. */
  readonly helloMs: number;
  /** At most so often is a poke sent, ms; the first one goes at once. */
  readonly freshMs: number;
  /** Unsent bytes above which a reader is too slow. */
  readonly bufferedBytes: number;
  /** How long somebody whose last socket has gone still counts as present, ms. */
  readonly reloadMs: number;
  /** Sockets of one person; beyond it the oldest is closed. */
  readonly perPerson: number;
}
export const liveLimits: LiveLimits = { burst: 60, perSecond: 10, pingMs: 7000, helloMs: 10_000, freshMs: 40, bufferedBytes: 1_000_000, reloadMs: 3000, perPerson: 20 };

/** The largest frame that is read at all, in bytes; ws closes with 1009 above it. */
export const MAX_FRAME = 64 * 1024;

/** A live socket of somebody who is signed in. */
export interface Connection {
  readonly id: string;
  /** Id of the session that opened it. */
  readonly session: string;
  person: Person;
  /** Known since its hello. */
  device: string | undefined;
  /** What the desk last said of its phone; undefined: nothing yet. */
  phone: Extract<ToServer, { t: "line" }>["state"] | undefined;
  /** What the desk last said of its line (rule M3). */
  quality: Extract<ToServer, { t: "quality" }> | undefined;
  send(message: ToClient): void;
  /** Sends `fresh`: at once, then at most every `freshMs`. */
  poke(): void;
  close(code: number, why: string): void;
}

export interface ConnectionUser {
  said(connection: Connection, message: Exclude<ToServer, { t: "hello" | "line" }>): void;
  /** The desk has told how its phone is. */
  phone(connection: Connection): void;
  /** After its hello. */
  ready(connection: Connection): void;
  gone(connection: Connection): void;
}

/** Reads and bounds what comes over a socket; ends it with a code for what is wrong (RFC 6455 section 7.4). */
export function connection(socket: WebSocket, who: { readonly person: Person; readonly session: string }, user: ConnectionUser, now: () => number, limits: LiveLimits): Connection {
  let ended = false;
  let heard = true;
  let allowance = limits.burst;
  let countedAt = now();
  let pokeTimer: NodeJS.Timeout | undefined;
  let pokedAt = -Infinity;

  const self: Connection = {
    id: randomUUID(), session: who.session, person: who.person, device: undefined, phone: undefined, quality: undefined,
    send(message) {
      if (ended) return;
      if (socket.bufferedAmount > limits.bufferedBytes) return self.close(1008, "too slow");
      socket.send(JSON.stringify(message));
    },
    poke() {
      if (pokeTimer || ended) return;
      const wait = pokedAt + limits.freshMs - now();
      if (wait <= 0) {
        pokedAt = now();
        self.send({ t: "fresh" });
        return;
      }
      pokeTimer = setTimeout(() => {
        pokeTimer = undefined;
        pokedAt = now();
        self.send({ t: "fresh" });
      }, wait);
    },
    close(code, why) {
      if (ended) return;
      socket.close(code, why);
      end();
    },
  };

  const heartbeat = setInterval(() => {
    if (!heard) {
      socket.terminate();
      end();
      return;
    }
    heard = false;
    socket.ping();
    if (self.device !== undefined) self.send({ t: "beat" });
  }, limits.pingMs);
  const greeting = setTimeout(() => self.close(1008, "no hello"), limits.helloMs);

  function end(): void {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    clearTimeout(greeting);
    clearTimeout(pokeTimer);
    user.gone(self);
  }

  function spend(): boolean {
    const at = now();
    allowance = Math.min(limits.burst, allowance + ((at - countedAt) / 1000) * limits.perSecond);
    countedAt = at;
    allowance -= 1;
    return allowance >= 0;
  }

  socket.on("message", (data: RawData, binary: boolean) => {
    heard = true;
    if (ended) return;
    if (!spend()) return self.close(closeCodes.flood, "flood");
    const message = binary ? undefined : read(data);
    if (!message) return self.close(1008, "wrong message");
    if (message.t === "hello") {
      if (message.protocol !== PROTOCOL) return self.close(closeCodes.protocol, "protocol");
      if (self.device !== undefined) return self.close(1008, "second hello");
      clearTimeout(greeting);
      self.device = message.device;
      self.send({ t: "welcome", protocol: PROTOCOL, now: now(), beat: limits.pingMs });
      user.ready(self);
      return;
    }
    if (self.device === undefined) return self.close(1008, "no hello");
    if (message.t === "line") {
      self.phone = message.state;
      user.phone(self);
    } else user.said(self, message);
  });
  socket.on("pong", () => { heard = true; });
  socket.on("close", end);
  socket.on("error", end); // ws closes the socket itself after it
  return self;
}

function read(data: RawData): ToServer | undefined {
  const text = Buffer.isBuffer(data) ? data.toString("utf8") : Array.isArray(data) ? Buffer.concat(data).toString("utf8") : Buffer.from(data).toString("utf8");
  try {
    const result = toServer.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
