import { createStore, type StoreApi } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import { unspellNumber } from "#domain/phone/number.ts";
import { isDemoNumber } from "#domain/practice/numbers.ts";
import type { PhoneAccount } from "#wire/api.ts";
import type { LeftCall, PhoneLine } from "./phone.ts";
import { createServerChoice } from "./serverChoice.ts";
import type { SipIncoming } from "./sipIncoming.ts";
import { createSipLine, type SipLine } from "./sipLine.ts";

/** How long a call waits for a line that is still being connected, milliseconds. */
const LINE_WITHIN = 5_000;
/** The same when the call is to be taken back: the client is on the line, at the PBX. Milliseconds. */
const LINE_FOR_RETURN = 30_000;

/** The lines of the phone: the company's exchange, whichever of several, and the embedded switch for practice; and the account of both. */
export interface PhoneLines {
  /** Of the company's exchange. */
  readonly state: StoreApi<PhoneLine>;
  account(): PhoneAccount | undefined;
  iceServers(): RTCIceServer[];
  /** Half of the life of the account's TURN passwords is over; those of a new call must last for the whole of it. */
  iceOld(): boolean;
  /** Asks for the account anew. Rejects while the server cannot be reached. */
  fresh(): Promise<PhoneAccount>;
  /** @param at the server that has a call of a page that is no more */
  start(ask: () => Promise<PhoneAccount>, at?: string): void;
  started(): boolean;
  /** The account is another one now; the calls that are up go on with the one that they have. */
  renew(): void;
  /** The line that leads to a number; undefined when there is none yet. */
  to(number: string): SipLine | undefined;
  /**
   * A page that has just been opened is still registering: a call waits a moment for that, but not for a line that is down.
   * @param stubborn for that too: a call is to be taken back
   */
  soon(number: string, stubborn: boolean): Promise<void>;
  /** Ends a call of a page that is no more, as soon as there is a line that can say so. */
  letGo(left: LeftCall): void;
  /** The server that has the calls to a number, when there is a choice of them. */
  serverOf(number: string): string | undefined;
  /** A call is over. */
  callOver(): void;
  /** To be called now and then: what could not be done is tried again, and whether a better server is back. */
  look(): void;
  /** The computer has slept: does the exchange still know us? */
  check(): void;
  /** @param farewell false: leaves without a word */
  stop(farewell: boolean): Promise<void>;
}

export interface PhoneLinesParts {
  readonly now: () => Millis;
  /** How often `look` is called, milliseconds. */
  readonly lookAbout: number;
  /** UUID of this person's device (RFC 5626 4.1). */
  readonly instance: string | undefined;
  readonly inCall: () => boolean;
  readonly rung: (incoming: SipIncoming) => void;
  /** A line can be spoken over again. */
  readonly onReady: () => void;
  /** There is an account, or a newer one. */
  readonly onAccount: () => void;
  /** What was prepared with the account before is of no use any more. */
  readonly onRenewed: () => void;
}

export function createPhoneLines({ now, lookAbout, instance, inCall, rung, onReady, onAccount, onRenewed }: PhoneLinesParts): PhoneLines {
  const state = createStore<PhoneLine>(() => ({ state: "off" }));
  const choice = createServerChoice(now, 2 * lookAbout);
  let account: PhoneAccount | undefined;
  let iceUntil = Infinity;
  let ask: (() => Promise<PhoneAccount>) | undefined;
  let main: SipLine | undefined;
  let practice: SipLine | undefined;
  /** The server that the main line uses, and the one that has a call of a page that is no more. */
  let inUse: string | undefined;
  let bound: string | undefined;
  let outdated = false;
  const leftBehind: LeftCall[] = [];

  async function fresh(): Promise<PhoneAccount> {
    if (!ask) throw new Error("The phone is stopped");
    account = await ask();
    iceUntil = account.iceSeconds === undefined ? Infinity : now() + account.iceSeconds * 500;
    const two = account.practice.server !== account.server || account.practice.uri !== account.uri;
    if (two && !practice) {
      practice = createSipLine(async () => (await fresh()).practice, now, instance, lookAbout / 3);
      practice.state.subscribe(onLineState);
      practice.onIncoming(rung);
      practice.start();
    }
    onAccount();
    return account;
  }

  function renew(): void {
    outdated = inCall();
    if (outdated || !main) return;
    fresh().then(() => {
      onRenewed();
      if (inCall()) outdated = true;
      else for (const each of [main, practice]) each?.renew();
      // Unreachable now: the line that is there goes on, and every new try asks again.
    }, () => { outdated = true; });
  }

  async function mainAccount(): Promise<PhoneAccount> {
    const given = await fresh();
    inUse = await choice.choose(serversOf(given), bound ?? (inCall() ? inUse : undefined));
    return { ...given, server: inUse };
  }

  async function lookBack(): Promise<void> {
    if (inCall() || bound !== undefined || !account || main?.state.getState().state !== "ready" || !(await choice.betterIsBack(serversOf(account)))) return;
    if (!inCall()) main.renew();
  }

  function onLineState(line: PhoneLine): void {
    if (line.state !== "ready") return;
    onReady();
    for (const left of leftBehind.splice(0)) letGo(left);
  }

  function letGo(left: LeftCall): void {
    const line = to(left.number);
    if (line?.state.getState().state !== "ready") return void leftBehind.push(left);
    line.letGo(left.name);
    bound = undefined;
  }

  const to = (number: string) => practice && isDemoNumber(unspellNumber(number).e164) ? practice : main;

  return {
    state, fresh, renew, to, letGo,
    account: () => account,
    iceServers: () => (account?.iceServers ?? []).map(iceServer),
    iceOld: () => now() > iceUntil,
    started: () => main !== undefined,
    start(getAccount, at) {
      bound = at;
      ask = getAccount;
      main = createSipLine(mainAccount, now, instance, lookAbout / 3);
      main.state.subscribe((line, before) => {
        // A socket that opened and led nowhere; one that was merely cut is knocked at again.
        if ((line.state === "down" && before.state === "connecting") || (line.state === "refused" && line.status >= 500)) choice.failed();
        state.setState(line, true);
        onLineState(line);
      });
      main.onIncoming(rung);
      main.start();
    },
    async soon(number, stubborn) {
      const until = now() + (stubborn ? LINE_FOR_RETURN : LINE_WITHIN);
      const is = () => to(number)?.state.getState().state ?? "off";
      const waits = () => is() === "off" || is() === "connecting" || (stubborn && is() === "down");
      while (waits() && now() < until) await new Promise((resolve) => { setTimeout(resolve, 25); });
    },
    serverOf: (number) => (to(number) === main ? inUse : undefined),
    callOver() {
      if (!inCall()) bound = undefined;
      if (outdated) renew();
    },
    look() {
      if (outdated) renew();
      void lookBack();
    },
    check() {
      main?.check();
      practice?.check();
    },
    async stop(farewell) {
      const lines = [main, practice];
      main = practice = undefined;
      ask = undefined;
      await Promise.all(lines.map(async (each) => each?.stop(farewell)));
      state.setState({ state: "off" }, true);
    },
  };
}

const serversOf = (given: PhoneAccount): readonly string[] => given.servers ?? [given.server];

function iceServer({ urls, ...rest }: PhoneAccount["iceServers"][number]): RTCIceServer {
  return { ...rest, urls: typeof urls === "string" ? urls : [...urls] };
}
