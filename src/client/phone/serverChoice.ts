import type { Millis } from "#domain/base/envelope.ts";

/** Whether a WebSocket for SIP opens at a URL. Rejects never. */
export type Knock = (url: string) => Promise<boolean>;

/** Which of several servers of one PBX the line should use now. */
export interface ServerChoice {
  /**
   * The first that opens, in order of preference; the first of all when none does. Asked before each try to connect.
   * @param at one of them that has a call: before all others
   */
  choose(servers: readonly string[], at?: string): Promise<string>;
  /** The line met a failure at the server chosen last: for a while others come before it. */
  failed(): void;
  /** True when a server better than the one in use is back; to be asked now and then while the line has nothing to do. */
  betterIsBack(servers: readonly string[]): Promise<boolean>;
}

/** @param rest for how long a server that let the line down is not tried first again, milliseconds */
export function createServerChoice(now: () => Millis, rest: number, knock: Knock = knockBySocket): ServerChoice {
  const downUntil = new Map<string, Millis>();
  let chosen = "";
  const resting = (server: string): boolean => (downUntil.get(server) ?? 0) > now();

  return {
    async choose(servers, at) {
      const [first = "", ...others] = servers;
      if (others.length === 0) return (chosen = first);
      const fresh = servers.filter((one) => !resting(one));
      const bound = at !== undefined && servers.includes(at) ? [at] : [];
      for (const server of new Set([...bound, ...fresh, ...servers.filter(resting)])) {
        if (await knock(server)) return (chosen = server);
        downUntil.set(server, now() + rest);
      }
      return (chosen = first);
    },
    failed() { downUntil.set(chosen, now() + rest); },
    async betterIsBack(servers) {
      for (const server of servers) {
        if (server === chosen) return false;
        if (resting(server)) continue;
        if (await knock(server)) return true;
        downUntil.set(server, now() + rest);
      }
      return false;
    },
  };
}

/** How long a server may take to open a socket, milliseconds. */
const PATIENCE = 4_000;

/** Opens a SIP WebSocket (RFC 7118) and closes it again. */
function knockBySocket(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (opened: boolean): void => {
      clearTimeout(timer);
      resolve(opened);
      socket?.close();
    };
    const timer = setTimeout(() => done(false), PATIENCE);
    let socket: WebSocket | undefined;
    try {
      socket = new WebSocket(url, "sip");
      socket.onopen = () => done(true);
      socket.onerror = () => done(false);
    } catch {
      done(false); // no such URL
    }
  });
}
