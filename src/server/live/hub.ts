import type { WebSocket } from "ws";
import type { Person } from "#domain/base/campaign.ts";
import type { LineWord } from "#domain/base/lineWord.ts";
import type { SignedIn } from "#server/auth/auth.ts";
import { sees, sightOf } from "#server/sync/sight.ts";
import { closeCodes } from "#wire/protocol.ts";
import type { ToClient } from "#wire/live.ts";
import type { Listening } from "#server/monitoring/listening.ts";
import { connection, liveLimits, type Connection, type LiveLimits } from "./connection.ts";
import type { Servers } from "./servers.ts";
import type { News, NewsItem } from "./news.ts";
import type { PhoneHolders } from "./phoneHolders.ts";

/** All live sockets of this server: pokes, presence, and the way to a person's desk. */
export interface Hub {
  /** Takes a socket of somebody who is signed in. */
  welcome(socket: WebSocket, who: SignedIn): void;
  /** One of this server's sockets. */
  socket(id: string): Connection | undefined;
  /** A desk of another app server has said how its line is. */
  qualityElsewhere(of: Pick<Person, "id" | "team">, line: LineWord): void;
  /** Somebody came to, or went from, another app server. */
  movedElsewhere(): void;
  /** The sockets of this server on which a person's desk has said hello, the newest last. */
  desksOf(person: string): readonly Connection[];
  /** Closes every socket so that the browsers come back later. */
  close(): void;
}

export interface HubDeps {
  readonly news: News;
  readonly now: () => number;
  /** Of the sessions given those that still hold, with the person as of now. */
  readonly stillSignedIn: (sessions: readonly string[]) => Promise<ReadonlyMap<string, Person>>;
  /** What is said on a socket beside the hello, and when one goes. */
  readonly listening: Pick<Listening, "said" | "gone" | "check">;
  /** The other app servers over the same database. */
  readonly servers: Pick<Servers, "elsewhere" | "came" | "went" | "phone" | "write">;
  readonly holders: Pick<PhoneHolders, "said" | "gone" | "freed">;
  readonly trouble: (what: string, error: unknown) => void;
  readonly limits?: LiveLimits;
  /** Between two looks at the sessions, ms. */
  readonly sessionsMs?: number;
}

export function createHub(deps: HubDeps): Hub {
  const limits = deps.limits ?? liveLimits;
  const connections = new Set<Connection>();
  /** People whose last socket has just gone: a reload is back within moments and is no absence. */
  const leaving = new Map<string, { readonly person: Person; readonly timer: NodeJS.Timeout }>();
  let closed = false;
  let presenceDue = false;

  /** Sent once for all changes of one turn of the event loop. */
  const tellPresence = (): void => {
    if (presenceDue || closed) return;
    presenceDue = true;
    setImmediate(() => {
      presenceDue = false;
      const ready = [...connections].filter((one) => one.device !== undefined);
      const elsewhere = deps.servers.elsewhere().map(({ person, team }) => ({ id: person, team }));
      const present = [...ready.map((one) => one.person), ...[...leaving.values()].map((one) => one.person), ...elsewhere];
      for (const viewer of ready) {
        if (sightOf[viewer.person.role].colleagues === "self") continue;
        const online = [...new Set(present.filter((one) => sees(viewer.person, one)).map((one) => one.id))].sort();
        viewer.send({ t: "presence", online });
      }
    });
  };

  const leads = (viewer: Connection, of: Pick<Person, "id" | "team">): boolean =>
    viewer.device !== undefined && sightOf[viewer.person.role].colleagues !== "self" && sees(viewer.person, of);
  /** To the leads who are connected here (rule M3). */
  const tellQuality = (of: Pick<Person, "id" | "team">, line: LineWord): void => {
    for (const viewer of connections) if (leads(viewer, of)) viewer.send(qualityOf(of.id, line));
  };
  const qualitySaid = (from: Connection, message: NonNullable<Connection["quality"]>): void => {
    // Nobody else has a row on the board.
    if (from.person.role !== "agent") return;
    from.quality = message;
    const { id, team } = from.person;
    const { t: _, ...line } = message;
    tellQuality({ id, team }, line);
    for (const server of new Set(deps.servers.elsewhere().map((one) => one.server))) deps.servers.write(server, { t: "quality", of: { id, team }, line });
  };

  const came = (self: Connection): void => {
    const { person, id, device } = self;
    for (const desk of connections) if (desk.quality && leads(self, desk.person)) self.send(qualityOf(desk.person.id, desk.quality));
    if (device !== undefined) deps.servers.came({ id, person: person.id, device });
    clearTimeout(leaving.get(person.id)?.timer);
    leaving.delete(person.id);
    tellPresence();
  };

  const went = (gone: Connection): void => {
    connections.delete(gone);
    audience = undefined;
    deps.servers.went(gone.id);
    const { person } = gone;
    if (closed || gone.device === undefined || [...connections].some((one) => one.person.id === person.id && one.device !== undefined)) return;
    clearTimeout(leaving.get(person.id)?.timer);
    const timer = setTimeout(() => {
      leaving.delete(person.id);
      tellPresence();
    }, limits.reloadMs);
    leaving.set(person.id, { person, timer });
  };

  /** Who may be concerned by somebody's rows: that person's own sockets, and those who see more than themselves. Made anew when it has changed. */
  let audience: { readonly of: ReadonlyMap<string, readonly Connection[]>; readonly watchers: readonly Connection[] } | undefined;
  const audienceNow = (): NonNullable<typeof audience> => {
    if (audience) return audience;
    const of = new Map<string, Connection[]>();
    const watchers: Connection[] = [];
    for (const one of connections) {
      const { colleagues, verbatims } = sightOf[one.person.role];
      if (colleagues !== "self" || verbatims) watchers.push(one);
      else of.set(one.person.id, [...(of.get(one.person.id) ?? []), one]);
    }
    return (audience = { of, watchers });
  };
  /** A floor of a thousand sockets hears of two hundred facts a second, and each concerns two or three. */
  const mayConcern = (item: NewsItem): Iterable<Connection> => {
    if (item.of !== "rows") return connections;
    const { of, watchers } = audienceNow();
    return [...new Set([item.person, ...item.about])].flatMap((person) => of.get(person) ?? []).concat(watchers);
  };

  const heard = (item: NewsItem): void => {
    if (item.of === "phoneFree") return deps.holders.freed(item.person);
    for (const one of mayConcern(item)) {
      if (item.of === "telephony") {
        if (one.device !== undefined && (item.people?.includes(one.person.id) ?? true)) one.send({ t: "account" });
      } else if (item.of === "session") {
        if (one.session === item.ended) one.close(closeCodes.signedOut, "signed out");
      } else if (one.device !== undefined && concerns(item, one)) one.poke();
    }
  };
  const deaf = deps.news.hear(heard);

  const checkSessions = async (): Promise<void> => {
    const asked = [...connections];
    if (asked.length === 0) return;
    const valid = await deps.stillSignedIn([...new Set(asked.map((one) => one.session))]);
    let moved = false;
    for (const one of asked) {
      const person = valid.get(one.session);
      if (!person) one.close(closeCodes.signedOut, "signed out");
      else {
        moved ||= person.team !== one.person.team || person.role !== one.person.role;
        one.person = person;
      }
      audience = undefined;
    }
    if (moved) tellPresence();
    await deps.listening.check();
  };
  const look = setInterval(() => {
    checkSessions().catch((error: unknown) => deps.trouble("The sessions of the live sockets could not be checked", error));
  }, deps.sessionsMs ?? 15_000);

  return {
    welcome(socket, { person, session }) {
      if (closed) return socket.close(closeCodes.restart, "restart");
      const same = [...connections].filter((other) => other.person.id === person.id);
      if (same.length >= limits.perPerson) same[0]?.close(closeCodes.flood, "too many sockets");
      const one = connection(socket, { person, session }, {
        ready: came,
        phone: ({ id, phone }) => { if (phone !== undefined) deps.servers.phone(id, phone); },
        said(from, message) {
          if (message.t === "listen" || message.t === "signal" || message.t === "unlisten") deps.listening.said(from, message);
            else if (message.t === "quality") qualitySaid(from, message);
          else deps.holders.said(from, message);
        },
        gone(gone) {
          went(gone);
          deps.holders.gone(gone);
          deps.listening.gone(gone);
        },
      }, deps.now, limits);
      connections.add(one);
      audience = undefined;
    },
    socket: (id) => [...connections].find((one) => one.id === id),
    qualityElsewhere: tellQuality,
    movedElsewhere: tellPresence,
    desksOf: (person) => [...connections].filter((one) => one.person.id === person && one.device !== undefined),
    close() {
      closed = true;
      clearInterval(look);
      deaf();
      for (const { timer } of leaving.values()) clearTimeout(timer);
      for (const one of connections) one.close(closeCodes.restart, "restart");
    },
  };
}

const qualityOf = (agent: string, { call, grade, bad }: LineWord): ToClient => ({ t: "quality", agent, call, grade, ...(bad ? { bad } : {}) });

function concerns(item: Exclude<NewsItem, { of: "session" | "phoneFree" | "telephony" }>, one: Connection): boolean {
  if (item.of !== "rows") return true;
  if (one.device === item.device) return false;
  return item.about.includes(one.person.id) || sees(one.person, { id: item.person, team: item.team }) || (item.verbatim && sightOf[one.person.role].verbatims);
}
