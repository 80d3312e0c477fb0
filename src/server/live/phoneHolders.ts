import type { ToServer } from "#wire/live.ts";
import type { Connection } from "./connection.ts";

/** Which of a person's desks holds the phone: one at a time, whatever browsers and computers they are in. */
export interface PhoneHolders {
  said(connection: Connection, message: Extract<ToServer, { t: "hold" | "take" | "give" | "free" }>): void;
  gone(connection: Connection): void;
}

export interface HolderLimits {
  /** How long the phone is kept for a holder whose socket has gone, ms: a reload is back within moments. */
  readonly keptMs: number;
  /** How long a desk may take to give the phone up, ms; then it is taken for frozen. */
  readonly giveMs: number;
}
const holderLimits: HolderLimits = { keptMs: 5_000, giveMs: 4_000 };

interface Held {
  device: string | undefined;
  /** Undefined while its socket is gone. */
  connection: Connection | undefined;
  kept?: NodeJS.Timeout;
  /** Who has asked for it. */
  asked?: { readonly by: Connection; readonly timer: NodeJS.Timeout };
}

/** @param limits milliseconds; as agents need them when not given */
export function createPhoneHolders(limits: HolderLimits = holderLimits): PhoneHolders {
  const held = new Map<string, Held>();
  const waiting = new Set<Connection>();

  function grant(to: Connection, place?: string): void {
    const before = held.get(to.person.id);
    clearTimeout(before?.kept);
    clearTimeout(before?.asked?.timer);
    waiting.delete(to);
    if (before?.connection && before.connection !== to) {
      waiting.add(before.connection);
      before.connection.send({ t: "phone", here: false });
    }
    held.set(to.person.id, { device: to.device, connection: to });
    to.send({ t: "phone", here: true, ...(place === undefined ? {} : { place }) });
  }

  /** Nobody holds it any more: who waits longest gets it. */
  function free(person: string): void {
    const holder = held.get(person);
    clearTimeout(holder?.kept);
    clearTimeout(holder?.asked?.timer);
    held.delete(person);
    const next = [...waiting].find((one) => one.person.id === person);
    if (next) grant(next);
  }

  return {
    said(from, message) {
      const person = from.person.id;
      const holder = held.get(person);
      switch (message.t) {
        case "hold":
          // The browser itself sees to it that one tab of a device asks.
          if (!holder || holder.device === from.device) return grant(from);
          waiting.add(from);
          return from.send({ t: "phone", here: false });
        case "take": {
          if (!holder?.connection || holder.connection === from) return grant(from);
          clearTimeout(holder.asked?.timer);
          holder.asked = { by: from, timer: setTimeout(() => grant(from), limits.giveMs) };
          return holder.connection.send({ t: "giveUp" });
        }
        case "give": {
          const asked = holder?.connection === from ? holder.asked : undefined;
          if (asked) grant(asked.by, message.place);
          return;
        }
        case "free": {
          waiting.delete(from);
          if (holder?.connection === from) free(person);
        }
      }
    },
    gone(connection) {
      waiting.delete(connection);
      const holder = held.get(connection.person.id);
      if (!holder) return;
      if (holder.asked?.by === connection) {
        clearTimeout(holder.asked.timer);
        delete holder.asked;
      }
      if (holder.connection !== connection) return;
      holder.connection = undefined;
      holder.kept = setTimeout(() => free(connection.person.id), limits.keptMs);
      holder.kept.unref();
    },
  };
}
