import type { CallId, Millis } from "#domain/base/envelope.ts";
import type { CallSignal } from "#domain/phone/call.ts";
import { bornAt, livedBeforeSleep, lookedAt, type LastLife } from "#domain/phone/lastLife.ts";
import type { PhoneSignal } from "#domain/phone/lines.ts";
import { sessionIdOf } from "#domain/phone/sessionId.ts";
import type { CallMedia, CallMediaEvents } from "./callMedia.ts";
import type { RelayFault } from "./relayWatch.ts";
import type { RingBack } from "./ringBack.ts";
import type { Referable } from "./sipTransfer.ts";
import { watchSilence } from "./silenceWatch.ts";
import { createToneSender, type ToneSender } from "./tones.ts";
import type { Way } from "./wayTo.ts";
import type { SipIncoming } from "./sipIncoming.ts";
import type { CallName } from "./callName.ts";
import type { LineEvent, SipCall, SipLine } from "./sipLine.ts";

/** How long a call may go without a final answer, milliseconds. */
const ANSWER_WITHIN = 60_000;
/** How long a way for the sound may be looked for after it broke, milliseconds. */
const MEDIA_BACK_WITHIN = 30_000;

/** How long the sound of an answered call may take to find its first way, milliseconds; the short one when the relay that should help does not. */
const FIRST_SOUND_WITHIN = 15_000;
const WITHOUT_RELAY_WITHIN = 5_000;

/** How long the PBX may take to give a call to another page, milliseconds; and how long it is asked again when the socket dies under the question. */
const TAKEN_BACK_WITHIN = 10_000;
const ASKED_AGAIN_WITHIN = 30_000;

/** One call from the order to its last signal: what the line and the sound tell, joined into signals, in order, once each. */
export interface LiveCall {
  readonly id: CallId;
  /** Ends it, whatever its state, without a signal. May come twice. */
  hangUp(): void;
  /** Leaves it to another page: the sound ends here, and the PBX is told nothing. */
  abandon(): void;
  /** How the PBX knows it; undefined before the INVITE has left. */
  name(): CallName | undefined;
  mute(on: boolean): void;
  hold(on: boolean): void;
  /** Neither heard nor hearing, whatever is agreed with the far side (rule B2). */
  park(on: boolean): void;
  over(): boolean;
  /** What a transfer needs; undefined unless it is answered. */
  referable(): Referable | undefined;
  tone(digit: string): void;
  /** Undefined before there is sound from the far side. */
  media(): CallMedia | undefined;
  readonly events: CallMediaEvents;
  /** The line's socket is there again. */
  lineBack(): void;
  /** The computer is in another network: the sound needs another way. */
  networkChanged(): void;
}

export interface LiveCallParts {
  readonly id: CallId;
  /** What the INVITE asks for, and how; undefined: the dial plan bars it (rule P7). Asked once the line is there. */
  readonly way: () => Way | undefined;
  /** Asked when the call begins. Undefined: there is no connection to the PBX. */
  readonly line: () => SipLine | undefined;
  /** The call whose place this one takes; `held`: it was on hold. */
  readonly replaces?: { readonly name: CallName; readonly held: boolean };
  /** Somebody called us: this takes the call instead of calling. */
  readonly answer?: (media: CallMedia, hear: (event: LineEvent) => void) => SipCall;
  readonly ringBack: RingBack;
  readonly now: () => Millis;
  readonly tell: (signal: PhoneSignal) => void;
  /** Sound is there (early or answered), or the call is over. */
  readonly onSound: (on: boolean) => void;
  readonly onTrackLost: () => void;
  /** What is wrong with the relay for the sound, if anything. */
  readonly relay?: () => RelayFault | undefined;
  /** Nothing has been heard from the far side for five seconds; false: it is heard again, or the call is over. */
  readonly onSilent?: (on: boolean) => void;
  /** Waits for the line, stubbornly, and gives sound with an offer of ours, its events this call's: what was asked over a socket that died is asked again. */
  readonly again: () => Promise<CallMedia | undefined>;
  /** Sound for an offer of somebody who takes the far side's place; its events are this call's. Undefined: no microphone. */
  readonly fresh: () => Promise<CallMedia | undefined>;
}

/** Calls at once when `media` is there; as soon as what is `coming` is there when media or line are still being made. Undefined media: no microphone. */
export function startCall(parts: LiveCallParts, media: CallMedia | undefined, coming?: Promise<CallMedia | undefined>): LiveCall {
  const { id, now, ringBack, replaces } = parts;
  const begun = now();
  let sound: CallMedia | undefined;
  let sip: SipCall | undefined;
  let way: Way | undefined;
  let tones: ToneSender | undefined;
  let muted = false;
  let parked = false;
  let rang = false;
  let early = false;
  let talking = false;
  let over = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let mending: ReturnType<typeof setTimeout> | undefined;
  let connecting: ReturnType<typeof setTimeout> | undefined;
  /** What is wanted, and what the far side has agreed to last. */
  let held = replaces?.held ?? false;
  let agreed = held;
  let agreeing = false;
  /** The far side could not be asked: it is, once the line is back. */
  let owing = false;
  let stopListening: (() => void) | undefined;
  /** Since the answer. */
  let life: LastLife | undefined;
  /** Nothing is heard, and the far side was asked and has not answered: a goodbye that comes now is an old one (rule P10). */
  let doubtful = false;

  function end(signal?: CallSignal, leaving = false): void {
    if (over) return;
    over = true;
    clearTimeout(patience);
    clearTimeout(mending);
    clearTimeout(connecting);
    ringBack.stop();
    tones?.stop();
    stopListening?.();
    parts.onSilent?.(false);
    if (leaving) sip?.abandon();
    else sip?.hangUp();
    sound?.close();
    parts.onSound(false);
    if (signal) parts.tell(signal);
  }
  const fail = (why: Extract<CallSignal, { type: "failed" }>["why"]) => end({ type: "failed", call: id, at: now(), why, ...livedAt(life?.lived) });

  function begin(ready: CallMedia | undefined): void {
    if (over) {
      ready?.close();
      return;
    }
    sound = ready;
    sound?.mute(muted);
    sound?.park(parked);
    if (replaces) sound?.hold(replaces.held);
    way = parts.way();
    if (!way) {
      queueMicrotask(() => fail("barred"));
      return;
    }
    if (sound) {
      tones = createToneSender(way.tones, sound, () => sip);
      sip = parts.answer ? parts.answer(sound, hear) : parts.line()?.call(way.user, sound, hear, { session: sessionIdOf(id), callerId: way.callerId, mayFollow: way.mayFollow }, replaces?.name);
    }
    if (!sip) {
      // Whoever ordered the call must know of it before it fails.
      queueMicrotask(() => fail(ready ? "serverDown" : "noMicrophone"));
      return;
    }
    patience = setTimeout(() => fail("noAnswer"), replaces ? TAKEN_BACK_WITHIN : ANSWER_WITHIN);
  }

  let connected = false;
  const everHeard = () => connected || sound?.connection.connectionState === "connected";

  function hear(event: LineEvent): void {
    if (over) return;
    const at = now();
    switch (event.type) {
      case "progress": return progress(event.status, event.sdp);
      case "answered":
        talking = true;
        life = bornAt(at);
        clearTimeout(patience);
        ringBack.stop();
        parts.onSound(true);
        listen();
        // Nobody waits on the line for a way that cannot be found: where no pair of addresses can even be tried, the browser never says that it failed.
        connecting = setTimeout(() => { if (!everHeard()) fail("mediaFailed"); }, parts.relay?.() === undefined ? FIRST_SOUND_WITHIN : WITHOUT_RELAY_WITHIN);
        if (way?.extension !== undefined && sound && !replaces) tones?.extension(way.extension, sound.connection);
        return parts.tell({ type: replaces ? "takenBack" : "answered", call: id, at });
      case "replaced": return void replace(event.by);
      case "refused": return end({ type: "refused", call: id, at, status: event.status, reason: event.reason });
      case "lost": return replaces && at - begun < ASKED_AGAIN_WITHIN ? void askAgain() : fail(rang ? "cutOff" : "serverDown");
      // Ended before it was answered and without a reason: the far side's answer made no sense to the browser.
      case "ended": return event.lost && talking ? fail(event.lost) : talking ? end({ type: "lineEnded", call: id, at, reason: event.reason, ...livedAt(doubtful ? life?.lived : life && livedBeforeSleep(life, at)) }) : fail("mediaFailed");
    }
  }

  function progress(status: number, sdp: string | undefined): void {
    const at = now();
    if (replaces) {
      // Whoever takes a place is answered at once (RFC 3891 3). Where it rings, the PBX has overlooked that, and calls the client a second time.
      if (status === 180) end({ type: "refused", call: id, at, status: 420, reason: {} });
      return;
    }
    rang = true;
    if (sdp !== undefined && !early) {
      early = true;
      ringBack.stop();
      void sound?.early(sdp).then((heard) => { if (heard && !over) parts.onSound(true); });
    } else if (!early && status === 180) ringBack.start();
    parts.tell({ type: "progress", call: id, at, status, early });
  }

  /** Goes on with somebody else, who takes the far side's place: new sound, a new dialog, the same call. */
  async function replace(by: SipIncoming): Promise<void> {
    const fresh = await parts.fresh();
    if (!fresh || over || !talking) {
      fresh?.close();
      return by.reject(480);
    }
    sip?.abandon();
    sound?.close();
    sound = fresh;
    fresh.mute(muted);
    fresh.park(parked);
    fresh.hold(held);
    agreed = held;
    stopListening?.();
    stopListening = undefined;
    if (way) {
      tones = createToneSender(way.tones, fresh, () => sip);
      // An extension was for whom we called.
      const { extension: _, ...rest } = way;
      way = rest;
    }
    sip = by.answer(fresh, hear);
    parts.onSound(true);
  }

  /** The client is still on the line, at the PBX, and the question for them has not reached it. */
  async function askAgain(): Promise<void> {
    clearTimeout(patience);
    sip?.hangUp();
    sip = undefined;
    sound?.close();
    sound = undefined;
    begin(await parts.again());
  }

  async function mend(): Promise<void> {
    mending ??= setTimeout(() => fail("mediaFailed"), MEDIA_BACK_WITHIN);
    // Not taken now: asked again when the line is back, until the time is up.
    await ask();
  }

  /** Asks for another way of the sound, and by that whether anybody is there. */
  async function ask(): Promise<void> {
    doubtful = true;
    sound?.restart();
    if ((await sip?.renegotiate()) === "done") doubtful = false;
  }

  /** A silent call is not waited out: the agent is told, and the way of the sound is made anew (RFC 8445 9). */
  function listen(): void {
    if (!sound) return;
    stopListening ??= watchSilence(sound.connection, () => !held, (said) => {
      parts.onSilent?.(said !== "sound");
      if (said === "sound") doubtful = false;
      // Perhaps the far side has gone, and its goodbye went to a socket that is no more.
      if (said === "silent") sip?.here();
      // By now the browser knows whether anybody is there (RFC 7675): a way that is broken is mended when it is given up.
      if (said === "stillSilent" && sound?.connection.connectionState === "connected" && mending === undefined) void ask();
    }, (alive, before) => { if (life) life = lookedAt(life, now(), alive, before); });
  }

  /** Asks the far side for the hold that is wanted, and again for what is wanted by then, until it has agreed or refused. */
  async function agree(): Promise<void> {
    if (agreeing) return;
    agreeing = true;
    owing = false;
    let ok: boolean | undefined;
    while (ok === undefined && !owing) {
      const asked = held;
      const outcome = await sip?.renegotiate();
      if (over) return;
      if (outcome === "done") agreed = asked;
      if (outcome === "unreachable") owing = true;
      else if (held === agreed) ok = true;
      else if (outcome !== "done") {
        ok = false;
        // Not simply the other: who was on hold already, as after a take-back, must not hear us because of a refusal.
        held = agreed;
        sound?.hold(held);
      }
    }
    agreeing = false;
    if (ok !== undefined) parts.tell({ type: "holdDone", call: id, at: now(), ok });
  }

  const call: LiveCall = {
    id,
    hangUp: () => end(),
    abandon: () => end(undefined, true),
    name: () => sip?.name(),
    mute(on) { muted = on; sound?.mute(on); },
    hold(on) {
      if (!sound || !sip) return;
      sound.hold(on);
      held = on;
      void agree();
    },
    park(on) { parked = on; sound?.park(on); },
    over: () => over,
    referable: () => (over ? undefined : sip?.referable()),
    tone(digit) {
      if (talking || early) tones?.send(digit);
    },
    media: () => (!over && (talking || early) ? sound : undefined),
    networkChanged() {
      if (!talking || over || mending !== undefined) return;
      sound?.restart();
      void sip?.renegotiate();
    },
    lineBack() {
      if (over || !talking) return;
      if (owing) void agree();
      if (mending !== undefined) void mend();
      else if (!agreeing) sip?.here();
    },
    events: {
      onState(state) {
        if (over) return;
        if (state === "connected") {
          connected = true;
          clearTimeout(connecting);
          clearTimeout(mending);
          mending = undefined;
        }
        if (state === "failed") {
          if (talking) void mend();
          else fail("mediaFailed");
        }
      },
      onTrackLost: () => parts.onTrackLost(),
      onHeldBy: (on) => { if (!over) parts.tell({ type: "heldBy", call: id, on }); },
    },
  };

  if (coming) void coming.then(begin, () => begin(undefined));
  else begin(media);
  return call;
}

const livedAt = (lived: Millis | undefined): { readonly lived?: Millis } => (lived === undefined ? {} : { lived });
