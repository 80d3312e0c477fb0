import { randomUUID } from "node:crypto";
import type { Database } from "#server/store/database.ts";
import type { Person } from "#domain/base/campaign.ts";
import type { LineWord } from "#domain/base/lineWord.ts";
import type { ToClient } from "#wire/live.ts";
import type { ConnectionUser } from "./connection.ts";
import { addSockets, forgetServer, forgetSilent, leaveLetter, notePhone, phonesElsewhere, removeSocket, seeServer, serversElsewhere, socketsElsewhere, takeLetters, type KnownSocket, type OwnSocket } from "./serversStore.ts";

/** What one app server says to another about a live socket. */
export type Letter =
  /** Send this on your socket `to`. The answers, and its end, are wanted here. */
  | { readonly t: "send"; readonly from: string; readonly to: string; readonly message: ToClient }
  /** How the line of somebody's call is who is connected to me (rule M3). */
  | { readonly t: "quality"; readonly of: Pick<Person, "id" | "team">; readonly line: LineWord }
  /** Your message's session was answered on my socket `from`. */
  | { readonly t: "said"; readonly from: string; readonly message: Parameters<ConnectionUser["said"]>[1] }
  /** Your socket `to` holds a phone that is wanted at a desk here; answered by `given`. */
  | { readonly t: "giveUp"; readonly from: string; readonly to: string }
  | { readonly t: "given"; readonly person: string; readonly place: string }
  /** Your socket `to` holds its phone no more. */
  | { readonly t: "phoneMoved"; readonly to: string };

export interface ServersDeps {
  readonly db: Database;
  /** The sockets of other app servers have changed. */
  readonly moved: () => void;
  readonly letter: (letter: Letter) => void;
  readonly trouble: (what: string, error: unknown) => void;
  /** Between two signs of life, ms. */
  readonly aliveMs?: number;
}

/** The other app servers over the same database: who is connected to them, and a way to their sockets. */
export interface Servers {
  /** This app server's name among them. */
  readonly self: string;
  /** Sockets elsewhere, as last heard. */
  elsewhere(): readonly KnownSocket[];
  /** Another app server that runs, as last heard. */
  isAlive(server: string): boolean;
  came(socket: { readonly id: string; readonly person: string; readonly device: string }): void;
  went(id: string): void;
  /** What the desk on a socket says of its phone. */
  phone(id: string, state: string): void;
  /** What the desks at other servers say of theirs, as of now, by person. */
  phonesElsewhere(): Promise<ReadonlyMap<string, readonly (string | undefined)[]>>;
  /** Leaves a letter; letters from here to one server arrive in their order. */
  write(server: string, letter: Letter): void;
  close(): Promise<void>;
}

const CHANNEL = "sufler_servers";
/** Without a sign of life for so many times as long as between two of them, a server is gone. */
const SILENT = 4;

/**
 * Joins the app servers over this database. Presence and letters lie in tables; NOTIFY only names whom they concern, because it
 * carries no more than 8,000 bytes.
 */
export async function openServers({ db, moved, letter, trouble, aliveMs = 5_000 }: ServersDeps): Promise<Servers> {
  const self = randomUUID();
  const own = new Map<string, OwnSocket>();
  let others: readonly KnownSocket[] = [];
  let alive: ReadonlySet<string> = new Set();
  let closed = false;

  const look = oneAtATime(async () => {
    const [now, running] = await Promise.all([socketsElsewhere(db, self), serversElsewhere(db, self)]);
    const key = (all: readonly KnownSocket[], servers: ReadonlySet<string>): string => [...all.map(({ id, team }) => `${id} ${team}`), ...servers].sort().join();
    const changed = key(now, running) !== key(others, alive);
    others = now;
    alive = running;
    if (changed && !closed) moved();
  }, (error) => trouble("Who is connected to the other app servers could not be read", error));

  const fetch = oneAtATime(async () => {
    for (const one of await takeLetters<Letter>(db, self)) letter(one);
  }, (error) => trouble("What another app server says could not be read", error));

  // One change after another, so that a socket that goes at once is not written down after it has gone.
  let last: Promise<unknown> = Promise.resolve();
  const then = (work: () => Promise<void>): void => {
    last = last.then(() => (closed ? undefined : work())).catch((error: unknown) => trouble("The other app servers could not be told", error));
  };
  const tell = (whom: string): Promise<unknown> => db.query("select pg_notify($1, $2)", [CHANNEL, whom]);

  /** Says that we live, forgets who does not, and puts our own sockets right should the table have lost them (it does not outlive a crash of the database). */
  const beat = oneAtATime(async () => {
    await seeServer(db, self);
    // In line with the changes: a socket that goes meanwhile is taken out after it was put right.
    then(() => addSockets(db, self, [...own.values()]));
    if ((await forgetSilent(db, (aliveMs * SILENT) / 1000)) > 0) await tell(self);
    look();
    fetch();
  }, (error) => trouble("This app server could not say that it runs", error));

  await seeServer(db, self);
  const stop = await db.listen(CHANNEL, {
    heard(whom) {
      // Named after us: a letter. Named after another: their sockets have changed, or a letter for them, and a look costs little.
      if (whom === self) fetch();
      if (whom !== self) look();
    },
    mayHaveMissed: beat,
  });
  const timer = setInterval(beat, aliveMs);
  beat();

  return {
    self,
    elsewhere: () => others,
    isAlive: (server) => alive.has(server),
    came(socket) {
      own.set(socket.id, socket);
      then(async () => {
        if (!own.has(socket.id)) return;
        await addSockets(db, self, [socket]);
        await tell(self);
      });
    },
    went(id) {
      if (!own.delete(id)) return;
      then(async () => {
        await removeSocket(db, id);
        await tell(self);
      });
    },
    phone(id, state) {
      then(async () => {
        const known = own.get(id);
        if (!known) return;
        own.set(id, { ...known, phone: state });
        await notePhone(db, id, state);
      });
    },
    phonesElsewhere: () => phonesElsewhere(db, self),
    write(server, body) {
      then(async () => {
        await db.transaction(async (tx) => {
          if (await leaveLetter(tx, server, body)) await tx.query("select pg_notify($1, $2)", [CHANNEL, server]);
        });
      });
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await last;
      await stop();
      await forgetServer(db, self).catch(() => undefined); // the others find out by our silence
      await tell(self).catch(() => undefined);
    },
  };
}

/** Runs the work; asked for while it runs, it runs once more after that. */
function oneAtATime(work: () => Promise<void>, failed: (error: unknown) => void): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await work().catch(failed);
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
