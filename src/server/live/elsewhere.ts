import type { Person } from "#domain/base/campaign.ts";
import type { Connection, ConnectionUser } from "./connection.ts";
import type { Letter, Servers } from "./servers.ts";

export interface ElsewhereDeps {
  readonly servers: Pick<Servers, "self" | "elsewhere" | "isAlive" | "write">;
  /** A socket of this server. */
  readonly own: (id: string) => Connection | undefined;
  /** What is said on a desk of another server, and when one goes. */
  readonly user: Pick<ConnectionUser, "said" | "gone">;
}

/** The sockets of the other app servers, to be used as if they were here. */
export interface Elsewhere {
  desksOf(person: string): readonly Connection[];
  /** Said on a socket here. True when it belongs to a session of another server, and went there. */
  said(connection: Connection, message: Parameters<ConnectionUser["said"]>[1]): boolean;
  letter(letter: Extract<Letter, { t: "send" | "said" }>): void;
  /** The sockets or servers elsewhere have changed. */
  moved(): void;
}

/**
 * A session belongs to the server of its lead. That server speaks to a desk elsewhere through a connection that stands for it;
 * the desk's server knows whose each session is that it was told of, and sends what the desk says there.
 */
export function createElsewhere({ servers, own, user }: ElsewhereDeps): Elsewhere {
  const stands = new Map<string, Connection>();
  const sessions = new Map<string, { readonly server: string; readonly socket: string }>();

  const standFor = (id: string, server: string, person: string, team: string, device: string): Connection => {
    const known = stands.get(id);
    if (known) return known;
    const made: Connection = {
      id, session: "", device, phone: undefined, quality: undefined,
      // Who the person is was checked by the server of the socket; here only the id and the team matter.
      person: { id: person, team, name: "", email: "", role: "agent", language: "ru", gender: "f" } satisfies Person,
      send: (message) => servers.write(server, { t: "send", from: servers.self, to: id, message }),
      poke: () => undefined,
      close: () => undefined,
    };
    stands.set(id, made);
    return made;
  };

  return {
    desksOf: (who) => servers.elsewhere().filter(({ person }) => person === who).map(({ id, server, person, team, device }) => standFor(id, server, person, team, device)),
    said(connection, message) {
      if (!("session" in message)) return false;
      const owner = sessions.get(message.session);
      if (owner?.socket !== connection.id) return false;
      if (message.t === "unlisten") sessions.delete(message.session);
      servers.write(owner.server, { t: "said", from: connection.id, message });
      return true;
    },
    letter(letter) {
      if (letter.t === "said") {
        const stand = stands.get(letter.from);
        if (stand) user.said(stand, letter.message);
        return;
      }
      const { message, to, from } = letter;
      if ("session" in message) {
        if (message.t === "listenEnded") sessions.delete(message.session);
        else sessions.set(message.session, { server: from, socket: to });
      }
      own(to)?.send(message);
    },
    moved() {
      const there = new Set(servers.elsewhere().map(({ id }) => id));
      for (const [id, stand] of stands) {
        if (there.has(id)) continue;
        stands.delete(id);
        user.gone(stand);
      }
      for (const [session, { server, socket }] of sessions) {
        if (own(socket) && servers.isAlive(server)) continue;
        sessions.delete(session);
        own(socket)?.send({ t: "listenEnded", session, why: "leadGone" });
      }
    },
  };
}
