import { createStore } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import type { CallOrder } from "#domain/phone/call.ts";
import type { PhoneSignal } from "#domain/phone/lines.ts";
import type { QualitySummary } from "#domain/phone/quality.ts";
import { echoNumber } from "#domain/practice/numbers.ts";
import type { ChoiceMemory } from "./devices.ts";
import { createEchoTest, ECHO } from "./echoTest.ts";
import { createLevelMeter } from "./levelMeter.ts";
import { startCall, type LiveCall, type LiveCallParts } from "./liveCall.ts";
import { createLineWatch, type QualityMemory } from "./lineWatch.ts";
import type { LeftCall, Phone } from "./phone.ts";
import { createPhoneLines } from "./phoneLines.ts";
import { createPreparedSound, type Prepared } from "./preparedSound.ts";
import { createRingBack } from "./ringBack.ts";
import { createRinger } from "./ringer.ts";
import { createSecondLine, type Ringing } from "./secondLine.ts";
import { sampleTone } from "./sampleTone.ts";
import { watchWaking } from "./wakeWatch.ts";
import { wayBack, wayTo, type Way } from "./wayTo.ts";

/** How often the phone looks whether what it holds is still good, and whether a better server is back, milliseconds. */
const LOOK_ABOUT = 30_000;
/** The echo number is dialed as it is written: no plan knows it, and nobody is led anywhere from it. */
const echoWay = { tones: "rfc4733", mayFollow: () => false } as const;

export interface PhoneDeps {
  readonly now: () => Millis;
  /** Milliseconds; as agents need it when not given. */
  readonly lookAbout?: number;
  /** UUID of this person's device, by which a registrar knows the phone again after a reload (RFC 5626 4.1). */
  readonly instance?: string;
  /** Where the sum of the call's line is kept over the death of the page. */
  readonly qualityKept?: QualityMemory;
  /** Where the person's choice of devices is kept. */
  readonly devicesKept?: ChoiceMemory;
}

/** The agent's phone in this page: SIP by sip.js, sound by the browser. Here its calls are begun and ended. */
export function createPhone({ now, lookAbout = LOOK_ABOUT, instance, devicesKept, qualityKept }: PhoneDeps): Phone {
  const silent = createStore<boolean>(() => false);
  const listeners = new Set<(signal: PhoneSignal) => void>();
  const ringListeners = new Set<(who: Ringing) => void>();
  const summaries = new Set<(summary: QualitySummary) => void>();
  const lineWatch = createLineWatch(now, (summary) => {
    if (summary.call !== ECHO) for (const listener of summaries) listener(summary);
  }, qualityKept);
  const ringBack = createRingBack();
  const ringer = createRinger();
  let current: LiveCall | undefined;
  /** What was dialed for a call that is up. */
  const numbers = new WeakMap<LiveCall, string>();
  let lookingAbout: ReturnType<typeof setInterval> | undefined;
  let stopWaking = (): void => undefined;

  const tell = (signal: PhoneSignal) => { for (const listener of listeners) listener(signal); };

  const second = createSecondLine({
    now, ringer, tell, client: () => current, userOf: (number) => wayTo(number, lines.account())?.user,
    begin: (id, number, by) => begin(id, number, by), letGo: (left) => lines.letGo(left),
    ring(who) {
      for (const listener of ringListeners) listener(who);
      return ringListeners.size > 0;
    },
  });
  /** The call that the agent hears. */
  const heard = () => second.heard() ?? current ?? second.current();
  const inCall = () => current !== undefined || second.current() !== undefined;

  const lines = createPhoneLines({
    now, lookAbout, instance, inCall, rung: (incoming) => { second.rung(incoming); },
    onReady() {
      current?.lineBack();
      second.current()?.lineBack();
    },
    onAccount: () => void sound.make(),
    onRenewed: () => { sound.drop(); },
  });
  const sound = createPreparedSound({
    now, kept: devicesKept, lines, inCall, onRefit: () => { meter.anew(); },
    players: [{ of: "earpiece", playOn: (speaker) => { ringBack.playOn(speaker); } }, { of: "ringer", playOn: (speaker) => { ringer.playOn(speaker); } }],
  });
  const { microphone, devices, relay } = sound;
  const meter = createLevelMeter(microphone, inCall);

  function invite(id: string, number: string, campaign?: string, replaces?: LiveCallParts["replaces"]): void {
    current?.hangUp();
    current = begin(id, number, replaces ? { replaces } : {}, campaign);
    second.changed();
  }

  /** @param by `replaces`: the call of a page that is no more, whose place this one takes; `answer`: somebody called us */
  function begin(id: string, number: string, by: Pick<LiveCallParts, "replaces" | "answer">, campaign?: string): LiveCall {
    if (id !== ECHO) echo.stop();
    // Sound that has made an offer of its own cannot take one; a second call has nothing prepared.
    const taken = by.answer || inCall() ? undefined : sound.take();
    const connecting = !by.answer && lines.to(number)?.state.getState().state !== "ready";
    // The account comes with the line: without it nobody knows the servers that help sound find its way.
    const making = connecting ? lines.soon(number, by.replaces !== undefined).then(() => taken ?? sound.now()) : taken ? undefined : sound.now(by.answer !== undefined);
    const mine = (made: Prepared | undefined) => {
      if (made) made.events = call.events;
      return made?.media;
    };
    const call: LiveCall = startCall({
      id, now, ringBack, ...by,
      // Asked when the INVITE is made: the plan comes with the account, which may still be on its way.
      way: () => wayOf(id, number, by, campaign),
      tell: id === ECHO ? (signal) => { echo.hear(signal); } : tell,
      line: () => lines.to(number),
      onSound: (on) => { measure(); if (!on) over(id); },
      relay: () => relay.getState(),
      onSilent: (on) => { if (current?.id === id) silent.setState(on, true); },
      onTrackLost: () => { sound.refit(); },
      again: () => lines.soon(number, true).then(() => sound.now()).then(mine),
      fresh: () => sound.now(true).then(mine),
    }, making ? undefined : taken?.media, making?.then(mine));
    if (taken) taken.events = call.events;
    numbers.set(call, number);
    queueMicrotask(() => {
      sound.attend();
      meter.soon();
    });
    return call;
  }

  function wayOf(id: string, number: string, { replaces, answer }: Pick<LiveCallParts, "replaces" | "answer">, campaign: string | undefined): Way | undefined {
    const account = lines.account();
    if (replaces) return wayBack(number, replaces.name, account);
    if (answer) return { user: "", tones: account?.dialPlan?.tones ?? "rfc4733", mayFollow: () => false };
    return id === ECHO ? { ...echoWay, user: number } : wayTo(number, account, campaign);
  }

  const echo = createEchoTest(() => {
    if (inCall()) return false;
    invite(ECHO, lines.account()?.echo ?? echoNumber);
    return true;
  }, () => current?.hangUp());

  function over(id: string): void {
    lineWatch.over(id);
    second.changed();
    queueMicrotask(() => {
      if (current?.id === id) current = undefined;
      lines.callOver();
      sound.attend();
      meter.soon();
      void sound.make();
    });
  }

  /** Sound has come or gone. */
  function measure(): void {
    if ([current, second.current()].every((each) => each?.media() === undefined)) {
      meter.end();
      lineWatch.end();
      return;
    }
    const watched = current ?? second.current();
    if (watched) lineWatch.begin(watched.id, () => watched.media()?.connection);
    meter.begin(() => heard()?.media()?.connection);
  }

  const pageGoes = () => {
    // What was answered can be taken back by the next page; what was not would ring on for nobody.
    if (current?.id === ECHO || current?.name()?.cancel !== undefined) current?.hangUp();
    second.pageGoes();
  };
  const networkChanged = () => { sound.renew(); };
  const networkBack = () => {
    sound.renew();
    current?.networkChanged();
  };
  const woken = () => {
    lines.check();
    networkBack();
  };
  // What the computer says of its way into the net (Network Information, not in every browser).
  const wayIntoNet = (navigator as Navigator & { readonly connection?: EventTarget }).connection;

  return {
    line: lines.state, levels: meter.levels, silent, relay, microphone: microphone.state,
    microphoneName: () => microphone.name() || undefined,
    meter: (on) => { meter.want(on); },
    devices, ringer, echo, quality: lineWatch.state,
    onSummary(listener) {
      summaries.add(listener);
      return () => summaries.delete(listener);
    },
    sample: () => { sampleTone(devices.speaker("earpiece")); },
    start(getAccount, at) {
      if (lines.started()) return;
      lines.start(getAccount, at);
      stopWaking = watchWaking(Date.now, woken);
      window.addEventListener("online", networkBack);
      window.addEventListener("pagehide", pageGoes);
      wayIntoNet?.addEventListener("change", networkChanged);
      sound.start();
      lookingAbout = setInterval(() => { lines.look(); sound.look(); }, lookAbout);
    },
    prepare: (ask) => sound.prepare(ask),
    renew: () => { lines.renew(); },
    release: () => { sound.release(); },
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
      if (order.type === "hangUp" && left) lines.letGo(left);
      if (order.type === "hangUp") lineWatch.over(order.call);
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
      const server = lines.serverOf(number);
      return { number, name, ...(server === undefined ? {} : { server }) };
    },
    abandon() {
      lineWatch.leave();
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
      meter.want(false);
      sound.release();
      clearInterval(lookingAbout);
      stopWaking();
      window.removeEventListener("online", networkBack);
      window.removeEventListener("pagehide", pageGoes);
      wayIntoNet?.removeEventListener("change", networkChanged);
      await lines.stop(farewell);
      ringBack.close();
      ringer.close();
      sound.stop();
      lineWatch.end();
      listeners.clear();
      ringListeners.clear();
    },
  };
}
