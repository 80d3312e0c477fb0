import type { Database } from "#server/store/database.ts";
import type { ToServer } from "#wire/live.ts";
import type { Connection } from "./connection.ts";
import type { News } from "./news.ts";
import { changeHolder, holderOf, type HolderChange, type KeptHolder } from "./phoneHolderStore.ts";
import type { Letter, Servers } from "./servers.ts";

/** Which of a person's desks holds the phone: one at a time, whatever browsers, computers and app servers they are at. */
export interface PhoneHolders {
  said(connection: Connection, message: Extract<ToServer, { t: "hold" | "take" | "give" | "free" }>): void;
  gone(connection: Connection): void;
  /** Nobody holds the person's phone any more, wherever that was. */
  freed(person: string): void;
  letter(letter: HolderLetter): void;
  /** App servers came or went. */
  moved(): void;
}

export type HolderLetter = Extract<Letter, { t: "giveUp" | "given" | "phoneMoved" }>;

export interface HolderLimits {
  /** How long the phone is kept for a holder whose socket has gone, ms: a reload is back within moments. */
  readonly keptMs: number;
  /** How long a desk may take to give the phone up, ms; then it is taken for frozen. */
  readonly giveMs: number;
}
const holderLimits: HolderLimits = { keptMs: 5_000, giveMs: 4_000 };

export interface HolderDeps {
  readonly db: Database;
  readonly servers: Pick<Servers, "self" | "isAlive" | "write">;
  readonly news: Pick<News, "post" | "tell">;
  /** A socket of this server. */
  readonly own: (id: string) => Connection | undefined;
  readonly trouble: (what: string, error: unknown) => void;
  /** Milliseconds; as agents need them when not given. */
  readonly limits?: HolderLimits;
}

/**
 * Who holds lies in a table, which all app servers change one after another; desks at other servers are spoken to by letter. While
 * the database cannot be asked, each server knows its own desks: a phone at two of them is better than one at none.
 */
export function createPhoneHolders({ db, servers, news, own, trouble, limits = holderLimits }: HolderDeps): PhoneHolders {
  /** The holders at this server. */
  const holding = new Map<string, Connection>();
  /** Holders of this server whose socket has gone a moment ago. */
  const kept = new Map<string, { readonly device: string | undefined; readonly timer: NodeJS.Timeout }>();
  const waiting = new Set<Connection>();
  /** Who, here, wants the phone from another desk. */
  const asking = new Map<string, { readonly by: Connection; readonly timer: NodeJS.Timeout }>();
  /** Holders here that were asked to give it up, and by which server, by their sockets. */
  const asked = new Map<string, string>();
  const last = new Map<string, Promise<void>>();

  /** What is said of one person's phone is done in the order in which it was said. */
  function then(person: string, work: () => Promise<void>): void {
    const mine = (last.get(person) ?? Promise.resolve()).then(work)
      .catch((error: unknown) => trouble("Where a person's phone is could not be settled", error))
      .finally(() => { if (last.get(person) === mine) last.delete(person); });
    last.set(person, mine);
  }

  /** As far as this server knows by itself: the table does not outlive a crash of the database. */
  function here(person: string): KeptHolder | undefined {
    const holder = holding.get(person);
    const gone = kept.get(person);
    if (holder) return { server: servers.self, socket: holder.id, device: holder.device ?? null };
    return gone && { server: servers.self, socket: null, device: gone.device ?? null };
  }

  async function settle(person: string, change: (before: KeptHolder | undefined) => HolderChange): ReturnType<typeof changeHolder> {
    try {
      return await changeHolder(db, person, (before) => change(before ?? here(person)));
    } catch (error) {
      trouble("Who holds a phone could not be written down", error);
      const before = here(person);
      return { before, changed: change(before) !== undefined };
    }
  }

  const asHolder = (one: Connection): HolderChange => ({ put: { server: servers.self, socket: one.id, device: one.device ?? null } });

  function displace(one: Connection): void {
    if (holding.get(one.person.id) === one) holding.delete(one.person.id);
    asked.delete(one.id);
    waiting.add(one);
    one.send({ t: "phone", here: false });
  }

  function grant(to: Connection, before: KeptHolder | undefined, place?: string): void {
    const person = to.person.id;
    clearTimeout(kept.get(person)?.timer);
    kept.delete(person);
    stopAsking(person);
    waiting.delete(to);
    if (before?.socket && before.socket !== to.id) {
      const old = own(before.socket);
      if (old) displace(old);
      else if (before.server !== servers.self) servers.write(before.server, { t: "phoneMoved", to: before.socket });
    }
    holding.set(person, to);
    to.send({ t: "phone", here: true, ...(place === undefined ? {} : { place }) });
  }

  function stopAsking(person: string): void {
    clearTimeout(asking.get(person)?.timer);
    asking.delete(person);
  }

  async function claim(by: Connection, place?: string): Promise<void> {
    const { before } = await settle(by.person.id, () => asHolder(by));
    grant(by, before, place);
  }

  async function hold(from: Connection): Promise<void> {
    // The browser itself sees to it that one tab of a device asks.
    const { before, changed } = await settle(from.person.id, (row) => (!row || row.device === (from.device ?? null) ? asHolder(from) : undefined));
    if (changed) return grant(from, before);
    waiting.add(from);
    from.send({ t: "phone", here: false });
  }

  async function take(from: Connection): Promise<void> {
    const person = from.person.id;
    const holder = (await holderOf(db, person).catch(() => undefined)) ?? here(person);
    const there = holder?.socket != null && (holder.server === servers.self ? own(holder.socket) !== undefined : servers.isAlive(holder.server));
    if (!holder?.socket || !there || holder.socket === from.id) return claim(from);
    stopAsking(person);
    asking.set(person, { by: from, timer: setTimeout(() => then(person, () => claim(from)), limits.giveMs) });
    const near = own(holder.socket);
    if (near) askFor(near, servers.self);
    else servers.write(holder.server, { t: "giveUp", from: servers.self, to: holder.socket });
  }

  function askFor(holder: Connection, by: string): void {
    asked.set(holder.id, by);
    holder.send({ t: "giveUp" });
  }

  async function give(from: Connection, place: string): Promise<void> {
    const by = asked.get(from.id);
    asked.delete(from.id);
    if (by === undefined || holding.get(from.person.id) !== from) return;
    if (by === servers.self) await given(from.person.id, place);
    else servers.write(by, { t: "given", person: from.person.id, place });
  }

  async function given(person: string, place: string): Promise<void> {
    const wish = asking.get(person);
    if (wish) await claim(wish.by, place);
  }

  async function drop(person: string, which: (row: KeptHolder) => boolean): Promise<void> {
    const { changed } = await settle(person, (row) => (row && which(row) ? { drop: true } : undefined));
    if (!changed) return;
    // Told in a transaction of its own: who hears it too late only waits a little longer.
    await db.transaction((tx) => news.post(tx, { of: "phoneFree", person })).catch((error: unknown) => trouble("That a phone is free could not be told", error));
    news.tell({ of: "phoneFree", person });
  }

  /** Who waits longest at this server gets it, unless another server was quicker. */
  async function next(person: string): Promise<void> {
    const first = [...waiting].find((one) => one.person.id === person);
    if (!first) return;
    const { before, changed } = await settle(person, (row) => (row ? undefined : asHolder(first)));
    if (changed) grant(first, before);
  }

  return {
    said(from, message) {
      const person = from.person.id;
      switch (message.t) {
        case "hold": return then(person, () => hold(from));
        case "take": return then(person, () => take(from));
        case "give": return then(person, () => give(from, message.place));
        case "free":
          return then(person, async () => {
            waiting.delete(from);
            if (holding.get(person) === from) holding.delete(person);
            await drop(person, (row) => row.socket === from.id);
          });
      }
    },
    gone(connection) {
      const person = connection.person.id;
      then(person, async () => {
        waiting.delete(connection);
        asked.delete(connection.id);
        if (asking.get(person)?.by === connection) stopAsking(person);
        if (holding.get(person) !== connection) return;
        holding.delete(person);
        const timer = setTimeout(() => then(person, async () => {
          kept.delete(person);
          await drop(person, (row) => row.server === servers.self && row.socket === null);
        }), limits.keptMs);
        timer.unref();
        kept.set(person, { device: connection.device, timer });
        await settle(person, (row) => (row?.socket === connection.id ? { put: { ...row, socket: null } } : undefined));
      });
    },
    freed: (person) => then(person, () => next(person)),
    letter(letter) {
      if (letter.t === "given") return then(letter.person, () => given(letter.person, letter.place));
      const one = own(letter.to);
      if (!one) return;
      then(one.person.id, async () => {
        if (letter.t === "phoneMoved") displace(one);
        else if (holding.get(one.person.id) === one) askFor(one, letter.from);
      });
    },
    moved() {
      for (const [person, holder] of holding) {
        then(person, async () => {
          const { before } = await settle(person, (row) => (!row || row.socket === holder.id ? asHolder(holder) : undefined));
          // Taken for dead meanwhile, we have lost it to another server.
          if (before && before.socket !== holder.id && holding.get(person) === holder) displace(holder);
        });
      }
      // Whose server is gone comes to another one within moments, as after a reload.
      const people = new Set([...waiting].map((one) => one.person.id));
      if (people.size > 0) setTimeout(() => { for (const person of people) then(person, () => next(person)); }, limits.keptMs).unref();
    },
  };
}
