import { createStore } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import type { CallOrder } from "#domain/phone/call.ts";
import type { PhoneSignal } from "#domain/phone/lines.ts";
import type { QualitySummary } from "#domain/phone/quality.ts";
import { sameDevice } from "#domain/phone/devices.ts";
import { unspellNumber } from "#domain/phone/number.ts";
import { echoNumber, isDemoNumber } from "#domain/practice/numbers.ts";
import type { PhoneAccount } from "#wire/api.ts";
import { createCallMedia, type CallMedia, type CallMediaEvents } from "./callMedia.ts";
import { createDevices, type ChoiceMemory } from "./devices.ts";
import { createEchoTest, ECHO } from "./echoTest.ts";
import { startCall, type LiveCall, type LiveCallParts } from "./liveCall.ts";
import { createLineWatch } from "./lineWatch.ts";
import { loudnessOf, silence } from "./loudness.ts";
import { createMicrophone, microphoneAllowed, noticePermission } from "./microphone.ts";
import { ownVoice } from "./ownVoice.ts";
import type { LeftCall, Levels, Phone, PhoneLine } from "./phone.ts";
import { quiet } from "./quiet.ts";
import { watchRelay, type RelayFault } from "./relayWatch.ts";
import { createRingBack } from "./ringBack.ts";
import { createRinger } from "./ringer.ts";
import { createSecondLine, type Ringing } from "./secondLine.ts";
import { sampleTone } from "./sampleTone.ts";
import { createServerChoice } from "./serverChoice.ts";
import { watchWaking } from "./wakeWatch.ts";
import { wayBack, wayTo, type Way } from "./wayTo.ts";
import { createSipLine, type SipLine } from "./sipLine.ts";

/** A prepared call is made anew after this long: credentials for a relay live a limited time. Milliseconds. */
const FRESH_FOR = 5 * 60_000;
/** How often the phone looks whether what it holds is still good, and whether a better server is back, milliseconds. */
const LOOK_ABOUT = 30_000;
/** How long a call waits for a line that is still being connected, milliseconds. */
const LINE_WITHIN = 5_000;
const LEVELS_EVERY = 120;
/** The echo number is dialed as it is written: no plan knows it, and nobody is led anywhere from it. */
const echoWay = { tones: "rfc4733", mayFollow: () => false } as const;

interface Spare { readonly media: CallMedia; events: CallMediaEvents | undefined; readonly madeAt: Millis }

/** How long a call waits for the line when it is to be taken back: the client is on the line, at the PBX. Milliseconds. */
const LINE_FOR_RETURN = 30_000;

export interface PhoneDeps {
  readonly now: () => Millis;
  /** Milliseconds; as agents need it when not given. */
  readonly lookAbout?: number;
  /** UUID of this person's device, by which a registrar knows the phone again after a reload (RFC 5626 4.1). */
  readonly instance?: string;
  /** Where the person's choice of devices is kept. */
  readonly devicesKept?: ChoiceMemory;
}

/** The agent's phone in this page: SIP by sip.js, sound by the browser. */
export function createPhone({ now, lookAbout = LOOK_ABOUT, instance, devicesKept }: PhoneDeps): Phone {
  const line = createStore<PhoneLine>(() => ({ state: "off" }));
  const levels = createStore<Levels>(() => silence);
  const silent = createStore<boolean>(() => false);
  const relay = createStore<RelayFault | undefined>(() => undefined);
  const listeners = new Set<(signal: PhoneSignal) => void>();
  const ringListeners = new Set<(who: Ringing) => void>();
  const summaries = new Set<(summary: QualitySummary) => void>();
  const lineWatch = createLineWatch(now, (summary) => {
    if (summary.call !== ECHO) for (const listener of summaries) listener(summary);
  });
  const ringBack = createRingBack();
  const ringer = createRinger();
  const devices = createDevices(devicesKept, now);
  const microphone = createMicrophone(() => devices.constraints(), (label) => {
    devices.microphoneLost(label);
    void refit();
  });
  /** The sound of every call that is up, and of the one that is prepared. */
  const sounds = new Set<CallMedia>();

  const choice = createServerChoice(now, 2 * lookAbout);
  let account: PhoneAccount | undefined;
  /** When half of the life of the account's TURN passwords is over; those of a new call must last for the whole of it. */
  let iceUntil = Infinity;
  let ask: (() => Promise<PhoneAccount>) | undefined;
  let main: SipLine | undefined;
  let practice: SipLine | undefined;
  let current: LiveCall | undefined;
  /** What was dialed for a call that is up. */
  const numbers = new WeakMap<LiveCall, string>();
  /** The server that the main line uses, and the one that has a call of a page that is no more. */
  let inUse: string | undefined;
  let bound: string | undefined;
  const leftBehind: LeftCall[] = [];
  let wanted = false;
  /** It would be wanted, were it allowed. */
  let hoped = false;
  let spare: Spare | undefined;
  let measuring: ReturnType<typeof setInterval> | undefined;
  let lookingAbout: ReturnType<typeof setInterval> | undefined;

  const second = createSecondLine({
    now, ringer, tell: (signal) => tell(signal), client: () => current, userOf: (number) => wayTo(number, account)?.user,
    begin: (id, number, by) => begin(id, number, by), letGo: (left) => letGo(left),
    ring(who) {
      for (const listener of ringListeners) listener(who);
      return ringListeners.size > 0;
    },
  });
  /** The call that the agent hears. */
  const heard = () => second.heard() ?? current ?? second.current();
  const inCall = () => current !== undefined || second.current() !== undefined;

  const tell = (signal: PhoneSignal) => { for (const listener of listeners) listener(signal); };

  // --- readiness ---

  function makeMedia(track: MediaStreamTrack, answering = false): Spare {
    const made: Spare = {
      madeAt: now(), events: undefined,
      media: createCallMedia(track, (account?.iceServers ?? []).map(iceServer), () => made.events, () => sounds.delete(made.media), answering),
    };
    sounds.add(made.media);
    watchRelay(made.media.connection, (account?.iceServers ?? []).map(iceServer), (fault) => { relay.setState(fault, true); });
    made.media.playOn(devices.speaker("earpiece"));
    return made;
  }

  async function makeSpare(): Promise<void> {
    if (!wanted || !(await microphone.open())) return;
    await quiet();
    const track = wanted && account && !spare && !inCall() ? microphone.clone() : undefined;
    if (track) spare = makeMedia(track);
  }

  async function prepare(ask = true): Promise<void> {
    if (!ask && !(await microphoneAllowed())) {
      hoped = true;
      return;
    }
    wanted = true;
    await makeSpare();
    attend();
  }

  function dropSpare(): void {
    spare?.media.close();
    spare = undefined;
  }

  function renewSpare(): void {
    if (!wanted || inCall()) return;
    dropSpare();
    void makeSpare();
  }

  const stale = ({ madeAt, media }: Spare) => now() - madeAt > FRESH_FOR || media.mine.readyState === "ended";
  const renewOldSpare = async () => {
    if (now() > iceUntil) await freshAccount().then(dropSpare, () => undefined); // Unreachable now: the next look asks again.
    if (!spare || stale(spare)) renewSpare();
  };

  /** The prepared call, if it is still good: a laptop that slept wakes with one that is hours old, before any timer has run (rule L2). */
  function takeSpare(): Spare | undefined {
    const taken = spare;
    if (taken && stale(taken)) dropSpare();
    else spare = undefined;
    return taken && !stale(taken) ? taken : undefined;
  }

  async function mediaNow(answering = false): Promise<Spare | undefined> {
    const track = (await microphone.open()) ? microphone.clone() : undefined;
    return track && makeMedia(track, answering);
  }

  // --- devices ---

  const attend = () => devices.watch(wanted || inCall());

  function playRight(): void {
    for (const media of sounds) media.playOn(devices.speaker("earpiece"));
    ringBack.playOn(devices.speaker("earpiece"));
    ringer.playOn(devices.speaker("ringer"));
  }

  /** A microphone was pulled out of a call, or there is one again: whatever has lost its own goes on with the one that serves now. */
  async function refit(all = false): Promise<void> {
    if (!all && !wanted && !inCall()) return;
    if (!(await microphone.open())) return;
    for (const media of sounds) {
      const track = all || media.mine.readyState === "ended" ? microphone.clone() : undefined;
      if (track) await media.useTrack(track);
    }
    void makeSpare();
    meterAnew();
  }

  let corrected = 0;
  devices.state.subscribe((after, before) => {
    const id = (state: typeof after) => state.uses.microphone.using?.id;
    if (id(after) !== id(before)) corrected = 0;
    // Taken in place of the other one in every call: nobody is called again for it (rule L4).
    if (id(after) !== id(before) || after.processing !== before.processing) void microphone.reopen().then((ok) => (ok ? refit(true) : undefined));
    playRight();
  });

  // A device that has just come is not always ready for the first who asks: what could not be had then is asked for at the next look.
  devices.onLook(() => {
    playRight();
    if (!wanted && !inCall()) return;
    const { microphones, uses: { microphone: { using } } } = devices.state.getState();
    const hindered = microphone.state.getState();
    const open = microphone.name();
    if (microphones.length > 0 && (hindered === "missing" || hindered === "busy" || (hindered === "ready" && open === undefined))) void refit();
    else if (using && open !== undefined && !sameDevice(open, using.label) && corrected < 3) {
      corrected += 1;
      void microphone.reopen(true).then((ok) => (ok ? refit(true) : undefined));
    }
  });

  // --- lines ---

  async function freshAccount(): Promise<PhoneAccount> {
    if (!ask) throw new Error("The phone is stopped");
    account = await ask();
    iceUntil = account.iceSeconds === undefined ? Infinity : now() + account.iceSeconds * 500;
    const two = account.practice.server !== account.server || account.practice.uri !== account.uri;
    if (two && !practice) {
      practice = createSipLine(async () => (await freshAccount()).practice, now, instance, lookAbout / 3);
      practice.state.subscribe(onLineState);
      practice.onIncoming((incoming) => { second.rung(incoming); });
      practice.start();
    }
    void makeSpare();
    return account;
  }

  /** The account is another one now; the calls that are up go on with the one that they have. */
  let outdated = false;
  function renew(): void {
    outdated = inCall();
    if (outdated || !main) return;
    freshAccount().then(() => {
      dropSpare();
      if (inCall()) outdated = true;
      else for (const each of [main, practice]) each?.renew();
      // Unreachable now: the line that is there goes on, and every new try asks again.
    }, () => { outdated = true; });
  }

  const serversOf = (given: PhoneAccount): readonly string[] => given.servers ?? [given.server];

  async function mainLine(): Promise<PhoneAccount> {
    const given = await freshAccount();
    inUse = await choice.choose(serversOf(given), bound ?? (inCall() ? inUse : undefined));
    return { ...given, server: inUse };
  }

  async function lookBack(): Promise<void> {
    if (inCall() || bound !== undefined || !account || main?.state.getState().state !== "ready" || !(await choice.betterIsBack(serversOf(account)))) return;
    if (!inCall()) main.renew();
  }

  function onLineState(state: PhoneLine): void {
    if (state.state !== "ready") return;
    current?.lineBack();
    second.current()?.lineBack();
    for (const left of leftBehind.splice(0)) letGo(left);
  }

  /** Ends a call of a page that is no more, as soon as there is a line that can say so. */
  function letGo(left: LeftCall): void {
    const line = lineFor(left.number);
    if (line?.state.getState().state !== "ready") return void leftBehind.push(left);
    line.letGo(left.name);
    bound = undefined;
  }

  // --- calls ---

  const lineFor = (number: string) => practice && isDemoNumber(unspellNumber(number).e164) ? practice : main;

  function invite(id: string, number: string, campaign?: string, replaces?: LiveCallParts["replaces"]): void {
    current?.hangUp();
    current = begin(id, number, replaces ? { replaces } : {}, campaign);
    second.changed();
  }

  /** @param by `replaces`: the call of a page that is no more, whose place this one takes; `answer`: somebody called us */
  function begin(id: string, number: string, by: Pick<LiveCallParts, "replaces" | "answer">, campaign?: string): LiveCall {
    const { replaces } = by;
    if (id !== ECHO) echo.stop();
    // Asked when the INVITE is made: the plan comes with the account, which may still be on its way.
    const way = (): Way | undefined => replaces ? wayBack(number, replaces.name, account) : by.answer ? { user: "", tones: account?.dialPlan?.tones ?? "rfc4733", mayFollow: () => false } : id === ECHO ? { ...echoWay, user: number } : wayTo(number, account, campaign);
    // Sound that has made an offer of its own cannot take one; a second call has nothing prepared.
    const taken = by.answer || inCall() ? undefined : takeSpare();
    const lineOf = () => lineFor(number);
    const connecting = !by.answer && lineOf()?.state.getState().state !== "ready";
    // The account comes with the line: without it nobody knows the servers that help sound find its way.
    const making = connecting ? lineSoon(lineOf, replaces !== undefined).then(() => taken ?? mediaNow()) : taken ? undefined : mediaNow(by.answer !== undefined);
    const call = startCall({
      id, way, now, tell: id === ECHO ? (signal) => { echo.hear(signal); } : tell, ringBack, line: lineOf, ...by,
      onSound: (on) => { measure([current, second.current()].some((each) => each?.media() !== undefined)); if (!on) over(id); },
      relay: () => relay.getState(),
      onSilent: (on) => { if (current?.id === id) silent.setState(on, true); },
      onTrackLost: () => void refit(),
      fresh: () => mediaNow(true).then((made) => {
        if (made) made.events = call.events;
        return made?.media;
      }),
    }, making ? undefined : taken?.media, making?.then((made) => {
      if (made) made.events = call.events;
      return made?.media;
    }));
    if (taken) taken.events = call.events;
    numbers.set(call, number);
    queueMicrotask(() => {
      attend();
      meterSoon();
    });
    return call;
  }

  const echo = createEchoTest(() => {
    if (inCall()) return false;
    invite(ECHO, account?.echo ?? echoNumber);
    return true;
  }, () => current?.hangUp());

  /** A page that has just been opened is still registering: a call waits a moment for that, but not for a line that is down. */
  async function lineSoon(lineOf: () => SipLine | undefined, stubborn: boolean): Promise<void> {
    const until = now() + (stubborn ? LINE_FOR_RETURN : LINE_WITHIN);
    const state = () => lineOf()?.state.getState().state ?? "off";
    const waits = () => state() === "off" || state() === "connecting" || (stubborn && state() === "down");
    while (waits() && now() < until) await new Promise((resolve) => { setTimeout(resolve, 25); });
  }

  function over(id: string): void {
    second.changed();
    queueMicrotask(() => {
      if (current?.id === id) current = undefined;
      if (!inCall()) bound = undefined;
      if (outdated) renew();
      attend();
      meterSoon();
      void makeSpare();
    });
  }

  function measure(on: boolean): void {
    clearInterval(measuring);
    measuring = undefined;
    if (!on) {
      levels.setState(silence, true);
      lineWatch.end();
      return;
    }
    const watched = current ?? second.current();
    if (watched) lineWatch.begin(watched.id, () => watched.media()?.connection);
    measuring = setInterval(() => {
      const connection = heard()?.media()?.connection;
      if (!connection) return;
      void loudnessOf(connection).then((loud) => {
        const last = levels.getState();
        if (measuring !== undefined && (loud.mine !== last.mine || loud.theirs !== last.theirs)) levels.setState(loud, true);
      });
    }, LEVELS_EVERY);
  }

  /** Between calls the page listens by itself. After the screen has been drawn: an audio context takes its time to begin. */
  let metering = false;
  let unmeter: (() => void) | undefined;
  let meterTimer: ReturnType<typeof setTimeout> | undefined;
  function meterSoon(): void {
    clearTimeout(meterTimer);
    meterTimer = setTimeout(() => {
      const listen = metering && !inCall() && microphone.state.getState() === "ready";
      if (listen === (unmeter !== undefined)) return;
      if (unmeter) {
        unmeter();
        unmeter = undefined;
        if (!inCall()) levels.setState(silence, true);
        return;
      }
      const track = microphone.clone();
      if (track) unmeter = ownVoice(track, (mine) => levels.setState({ mine, theirs: 0 }, true));
    }, 50);
  }
  function meterAnew(): void {
    unmeter?.();
    unmeter = undefined;
    meterSoon();
  }
  microphone.state.subscribe(meterSoon);

  const pageGoes = () => {
    // What was answered can be taken back by the next page; what was not would ring on for nobody.
    if (current?.id === ECHO || current?.name()?.cancel !== undefined) current?.hangUp();
    second.pageGoes();
  };
  const networkChanged = () => renewSpare();
  const networkBack = () => {
    renewSpare();
    current?.networkChanged();
  };
  const devicesChanged = () => { if (microphone.state.getState() !== "ready") void refit(); };
  const woken = () => {
    main?.check();
    practice?.check();
    renewSpare();
    current?.networkChanged();
  };
  let stopWaking = (): void => undefined;
  // What the computer says of its way into the net (Network Information, not in every browser).
  const way = (navigator as Navigator & { readonly connection?: EventTarget }).connection;

  return {
    line, levels, silent, relay, microphone: microphone.state,
    microphoneName: () => microphone.name() || undefined,
    meter(on) {
      if (on === metering) return;
      metering = on;
      meterSoon();
    },
    devices, ringer, echo, quality: lineWatch.state,
    onSummary(listener) {
      summaries.add(listener);
      return () => summaries.delete(listener);
    },
    sample: () => { sampleTone(devices.speaker("earpiece")); },
    start(getAccount, at) {
      if (main) return;
      bound = at;
      ask = getAccount;
      main = createSipLine(mainLine, now, instance, lookAbout / 3);
      main.state.subscribe((state, before) => {
        // A socket that opened and led nowhere; one that was merely cut is knocked at again.
        if ((state.state === "down" && before.state === "connecting") || (state.state === "refused" && state.status >= 500)) choice.failed();
        line.setState(state, true);
        onLineState(state);
      });
      main.onIncoming((incoming) => { second.rung(incoming); });
      main.start();
      stopWaking = watchWaking(Date.now, woken);
      window.addEventListener("online", networkBack);
      window.addEventListener("pagehide", pageGoes);
      way?.addEventListener("change", networkChanged);
      // Undefined on a page that may not have a microphone at all.
      (navigator.mediaDevices as MediaDevices | undefined)?.addEventListener("devicechange", devicesChanged);
      // Allowed in the browser's own controls, the microphone is opened at once where nobody dared to ask for it.
      noticePermission(() => { if (hoped) void prepare(false); else devicesChanged(); });
      lookingAbout = setInterval(() => { if (outdated) renew(); void renewOldSpare(); void lookBack(); }, lookAbout);
    },
    prepare, renew,
    release() {
      wanted = false;
      hoped = false;
      dropSpare();
      microphone.release();
      attend();
    },
    beside: (order, number, left) => { second.obey(order, number, left); },
    onRing(listener) {
      ringListeners.add(listener);
      return () => ringListeners.delete(listener);
    },
    obey(order: CallOrder, number?: string, left?: LeftCall) {
      if (order.type === "invite") return invite(order.call, number ?? "", order.campaign);
      if (order.type === "takeBack") {
        // Whoever ordered it must know of it before it fails.
        if (!left) return queueMicrotask(() => tell({ type: "failed", call: order.call, at: now(), why: "lost" }));
        invite(order.call, left.number, undefined, { name: left.name, held: order.held });
        return current?.mute(order.muted);
      }
      if (order.type === "hangUp" && left) letGo(left);
      if (current?.id !== order.call) return;
      if (order.type === "hangUp") current.hangUp();
      else if (order.type === "mute") current.mute(order.on);
      else current.hold(order.on);
    },
    leftCall(call) {
      const found = [current, second.current()].find((each) => each?.id === call);
      const name = found?.name();
      if (!found || !name) return undefined;
      const number = numbers.get(found) ?? "";
      return { number, name, ...(lineFor(number) === main && inUse !== undefined ? { server: inUse } : {}) };
    },
    abandon() {
      current?.abandon();
      // What was not answered cannot be taken up elsewhere.
      if (second.current()?.name()?.answered) second.current()?.abandon();
    },
    tone(digit) {
      if (/^[0-9*#]$/.test(digit)) heard()?.tone(digit);
    },
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    voices() {
      // Whoever hears themselves talks to nobody: there is nothing to listen to.
      const media = current?.id === ECHO ? undefined : current?.media();
      return media?.theirs && { mine: media.mine, theirs: media.theirs };
    },
    async stop(farewell = true) {
      second.end();
      echo.stop();
      current?.hangUp();
      this.meter(false);
      this.release();
      clearInterval(lookingAbout);
      stopWaking();
      window.removeEventListener("online", networkBack);
      window.removeEventListener("pagehide", pageGoes);
      way?.removeEventListener("change", networkChanged);
      (navigator.mediaDevices as MediaDevices | undefined)?.removeEventListener("devicechange", devicesChanged);
      const lines = [main, practice];
      main = practice = undefined;
      ask = undefined;
      await Promise.all(lines.map(async (each) => each?.stop(farewell)));
      line.setState({ state: "off" }, true);
      ringBack.close();
      ringer.close();
      devices.stop();
      lineWatch.end();
      listeners.clear();
      ringListeners.clear();
    },
  };
}

function iceServer({ urls, ...rest }: PhoneAccount["iceServers"][number]): RTCIceServer {
  return { ...rest, urls: typeof urls === "string" ? urls : [...urls] };
}
