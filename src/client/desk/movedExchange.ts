import { onLine } from "#domain/phone/call.ts";
import type { Phone } from "#client/phone/phone.ts";
import type { PhoneAccount } from "#wire/api.ts";
import type { DeskCore } from "./deskCore.ts";
import { stageOf } from "./deskState.ts";

/** The line's account, asked for anew when the server says that it has changed. */
export interface MovedExchange {
  readonly account: () => Promise<PhoneAccount>;
  readonly stop: () => void;
}

/**
 * Takes another line or exchange over by itself, never in a call. The browser lets a page connect only where its server said when the page
 * was loaded (Content-Security-Policy), so an exchange at another address needs the page anew: at rest, where nothing is in hand.
 */
export function followExchange({ state, view, station: { live } }: Pick<DeskCore, "state" | "view" | "station">, phone: Pick<Phone, "renew">, ask: () => Promise<PhoneAccount>, reload: () => void): MovedExchange {
  let loadedFor: string | undefined;
  let abroad = false;

  function look(): void {
    const now = state.getState();
    if (!abroad || stageOf(now) !== "rest" || onLine(now.call) || now.lines.side.phase !== "free" || view.getState().panel !== undefined || now.line === "elsewhere" || now.line === "otherComputer") return;
    abroad = false;
    reload();
  }
  const stops = [
    live.onMessage((message) => { if (message.t === "account") phone.renew(); }),
    state.subscribe(look), view.subscribe(look),
  ];
  return {
    async account() {
      const given = await ask();
      const now = originsOf(given);
      loadedFor ??= now;
      abroad = now !== loadedFor;
      queueMicrotask(look);
      return given;
    },
    stop: () => { for (const stop of stops) stop(); },
  };
}

const originsOf = ({ server, servers }: PhoneAccount): string => [...new Set((servers ?? [server]).map((each) => new URL(each).origin))].sort().join(" ");
