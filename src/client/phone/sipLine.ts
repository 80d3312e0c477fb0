import { Inviter, SessionState, UserAgent, type Core, type Invitation, type Session, type SessionDescriptionHandler } from "sip.js";
import { AllowedMethods } from "sip.js/lib/core/user-agent-core/allowed-methods.js";
import type { StoreApi } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import { readReason, type Reason } from "#domain/phone/refusals.ts";
import { answeredName, farewellOf, nameOf, neverArrived, sayFor, type CallName } from "./callName.ts";
import { keepDialog, type DialogKeeper, type Lost, type Renegotiated } from "./dialogKeeper.ts";
import { escapeUser, inviterOptions, type CallWishes } from "./callWishes.ts";
import { hookInvite } from "./firstInvite.ts";
import { keepConnected, type Attempt } from "./keepConnected.ts";
import type { PhoneLine } from "./phone.ts";
import { createAgent, farewell, sameLine, type Agent, type SipAccount } from "./sipAgent.ts";
import { watchSilentCuts } from "./silentCuts.ts";
import { createIncoming, type SipIncoming } from "./sipIncoming.ts";
import type { Referable } from "./sipTransfer.ts";

/** What the far side, or the way to it, tells about one call. `ended` and `refused` are the last word. */
export type LineEvent =
  | { readonly type: "progress"; readonly status: number; readonly sdp?: string }
  | { readonly type: "answered" }
  /** Somebody else takes the far side's place in this call (Replaces, RFC 3891 3): a client whom a colleague passes on to us. */
  | { readonly type: "replaced"; readonly by: SipIncoming }
  | { readonly type: "refused"; readonly status: number; readonly reason: Reason }
  /** `reason`: what the far side's BYE said. `lost`: nobody said so; it was found. */
  | { readonly type: "ended"; readonly reason: Reason; readonly lost?: Lost }
  /** The socket died before the call was answered: its answer can no longer reach us. */
  | { readonly type: "lost" };

export interface SipCall {
  /** Undefined until the INVITE has left, and after the end. */
  name(): CallName | undefined;
  /** Leaves the call to another page: nothing more is said about it, to the PBX or to us. */
  abandon(): void;
  /** Ends the call in whatever state it is: CANCEL, BYE, or both in turn; later, when the socket is gone. Silent from now on. */
  hangUp(): void;
  /** Offers the media anew (re-INVITE), as soon as that can be. */
  renegotiate(): Promise<Renegotiated>;
  /** The socket is another one: says to the far side where we are, so that its next word finds us, its goodbye too. */
  here(): void;
  /** What a transfer needs of the call; undefined unless it is answered. */
  referable(): Referable | undefined;
  /** Sends INFO in the answered call. False when it was not taken. */
  info(contentType: string, content: string): Promise<boolean>;
}

/** One registration at one PBX over one WebSocket. */
export interface SipLine {
  readonly state: StoreApi<PhoneLine>;
  start(): void;
  /**
   * Undefined when there is no connection to send an INVITE over.
   * @param replaces the answered call of a page that died: this one takes its place (RFC 3891)
   */
  call(user: string, media: SessionDescriptionHandler, hear: (event: LineEvent) => void, wishes?: CallWishes, replaces?: CallName): SipCall | undefined;
  /** Calls `ring` with everybody who calls us. Until somebody listens, they hear that we are busy. */
  onIncoming(ring: (incoming: SipIncoming) => void): void;
  /** Ends a call that a page has left behind: BYE or CANCEL, later when the socket is gone. */
  letGo(left: CallName): void;
  /** Asks for the account anew and moves to its server, if that is another one now. Not while a call is up. */
  renew(): void;
  /** Asks the exchange at once whether it still knows us: the computer has slept. */
  check(): void;
  /** Unregisters and disconnects. @param orderly false: disconnects only */
  stop(orderly?: boolean): Promise<void>;
}

/** Seconds. Long, because a hidden tab's timers may come a minute late; the socket ends it anyway (RFC 5626 4.4). */
const REGISTER_FOR = 1200;
/**
 * How often the exchange is asked whether it still knows us, at the least, milliseconds: over a network that has silently gone, or one that
 * forgets an idle connection, a phone would say for ten minutes that it is ready, and never ring.
 */
const ASKED_EVERY = 120_000;
/** How often a line whose account is no longer ours is asked whether its last call is over, milliseconds. */
const PARTING = 2000;

/** A call that was begun here and is not over. */
interface OpenCall { readonly of: Agent; dropped(): void }

/**
 * @param account asked for at every try; may reject while the server cannot be reached
 * @param lookAtAccount while it is refused, how often it is looked whether there is another one, milliseconds (rule P9)
 * @param instance UUID by which the registrar knows this phone again after a reload (RFC 5626 4.1)
 */
export function createSipLine(account: () => Promise<SipAccount>, now: () => Millis, instance?: string, lookAtAccount = 10_000): SipLine {
  let agent: Agent | undefined;
  let refresh: ReturnType<typeof setTimeout> | undefined;
  const silence = watchSilentCuts();
  /** What could not be said while the socket was gone. */
  const owed = new Set<() => void>();
  const calls = new Set<OpenCall>();
  /** Agents of an account that is no longer ours, as long as a call of theirs is up (rule P9). */
  const leaving = new Set<Agent>();
  let parting: ReturnType<typeof setTimeout> | undefined;
  const mediaOf = new WeakMap<Session, SessionDescriptionHandler>();
  const keeper = keepConnected(connect, now, Math.random, {
    every: lookAtAccount,
    async changed() {
      const wanted = await account();
      return agent === undefined || !sameLine(agent.account, wanted) || wanted.password !== agent.ua.configuration.authorizationPassword;
    },
  });
  const heirs = new WeakMap<Session, (by: SipIncoming) => void>();
  let ring: ((incoming: SipIncoming) => void) | undefined;

  async function connect(): Promise<Attempt> {
    const wanted = await account();
    if (agent && !sameLine(agent.account, wanted)) {
      leaving.add(agent);
      agent = undefined;
      letLeave();
    }
    // One that we have left says its own farewell; that is no loss of the line.
    const made = agent ?? createAgent(wanted, (session) => mediaOf.get(session), () => { dropped(made); }, rung, instance, now);
    agent = made;
    const { ua } = agent;
    ua.configuration.authorizationPassword = wanted.password;
    await (ua.state === "Started" ? ua.reconnect() : ua.start());
    const attempt = await agent.register(REGISTER_FOR);
    if (attempt.outcome === "ready") {
      keepRegistered(agent, attempt.granted);
      const debts = [...owed];
      owed.clear();
      for (const pay of debts) pay();
    }
    return attempt;
  }

  function keepRegistered(of: Agent, seconds: number): void {
    clearTimeout(refresh);
    refresh = setTimeout(() => void registerAgain(of), Math.min(seconds * 500, ASKED_EVERY, silence.speakEvery()));
  }

  async function registerAgain(of: Agent): Promise<void> {
    clearTimeout(refresh);
    const attempt = await of.register(REGISTER_FOR).catch(() => undefined);
    if (agent !== of) return;
    if (attempt?.outcome === "ready") keepRegistered(of, attempt.granted);
    else if (attempt) keeper.refused(attempt);
    else keeper.dropped();
  }

  /** What says no to a call may say no to the line: then that is what must be told. */
  function refusedCall(status: number): void {
    if (agent && /^40[137]$/.test(String(status)) && keeper.state.getState().state === "ready") void registerAgain(agent);
  }

  /** Whoever has no call any more may go (rule P9). */
  function letLeave(): void {
    clearTimeout(parting);
    for (const old of leaving) {
      if (Object.keys(old.ua._sessions).length > 0) continue;
      leaving.delete(old);
      void farewell(old);
    }
    if (leaving.size > 0) parting = setTimeout(letLeave, PARTING);
  }

  function rung(invitation: Invitation, { account: { uri } }: Pick<Agent, "account">): void {
    const incoming = createIncoming({
      invitation, carry: (session, media) => mediaOf.set(session, media), sayBye, name: answeredName, domain: domainOf(uri),
      heir: (session, replaced) => heirs.set(session, replaced),
    });
    // sip.js has found the call that is to be replaced, and says BYE to its far side when this one is taken.
    const before = Reflect.get(invitation, "_replacee") as Session | undefined;
    if (before) heirs.get(before)?.(incoming);
    else if (ring) ring(incoming);
    else incoming.reject(486);
  }

  /** Is said over the next socket. That is tried for at once, in whatever pause: until then the far side waits for somebody who has gone. */
  function owe(say: () => void): void {
    owed.add(say);
    if (keeper.state.getState().state === "down") keeper.renew();
  }

  function sayBye(session: Session): void {
    const said = farewellOf(session);
    session.bye({ requestDelegate: { onReject: ({ message }) => { if (neverArrived(message)) owe(said); } } })
      // Terminated in the same instant by the far side: nothing is left to say.
      .catch(() => undefined);
  }

  function dropped(of: Agent): void {
    // The line is down before its calls hear of it: whoever asks again waits for the next socket.
    if (of === agent) {
      silence.cut(of.idle());
      clearTimeout(refresh);
      keeper.dropped();
    }
    for (const call of calls) if (call.of === of) call.dropped();
  }

  return {
    state: keeper.state,
    start: () => keeper.start(),
    renew: () => { if (calls.size === 0) keeper.renew(); },
    check() {
      const { state } = keeper.state.getState();
      if (state === "ready" && agent) void registerAgain(agent);
      else if (state === "down") keeper.renew();
    },
    call(user, media, hear, wishes = {}, replaces) {
      if (!agent?.ua.isConnected()) return undefined;
      return invite(agent, user, media, hear, wishes, replaces);
    },
    onIncoming(listener) { ring = listener; },
    letGo(left) {
      const say = () => { if (agent) sayFor(agent.ua, left); };
      if (agent?.ua.isConnected()) say();
      else owe(say);
    },
    async stop(orderly = true) {
      keeper.stop();
      clearTimeout(refresh);
      const last = [...(agent ? [agent] : []), ...leaving];
      agent = undefined;
      leaving.clear();
      clearTimeout(parting);
      await Promise.all(last.map((each) => farewell(each, orderly)));
    },
  };

  function invite(of: Agent, user: string, media: SessionDescriptionHandler, hear: (event: LineEvent) => void, wishes: CallWishes, replaces: CallName | undefined): SipCall {
    const { ua, account: { uri } } = of;
    let over = false;
    let accepted = false;
    let ending = false;
    /** What the far side's goodbye said. */
    let bye: Reason | undefined;
    let timed: DialogKeeper | undefined;
    // sip.js says that the call is answered a moment before it says by what.
    let keep: (keeper?: DialogKeeper) => void = () => undefined;
    const keeping = new Promise<DialogKeeper | undefined>((resolve) => { keep = resolve; });
    const tell = (event: LineEvent) => {
      if (over) return;
      over = event.type === "refused" || event.type === "ended" || event.type === "lost";
      if (over) calls.delete(entry);
      hear(event);
    };
    const entry: OpenCall = { of, dropped: () => { if (!accepted) tell({ type: "lost" }); } };

    const target = UserAgent.makeURI(`sip:${escapeUser(user)}@${domainOf(uri)}`);
    if (!target) {
      queueMicrotask(() => tell({ type: "refused", status: 484, reason: {} }));
      return { name: () => undefined, abandon: () => { over = true; }, hangUp: () => { over = true; }, renegotiate: () => Promise.resolve("refused"), here: () => undefined, referable: () => undefined, info: () => Promise.resolve(false) };
    }
    // Required, so that a PBX that does not know it refuses (420) instead of calling the client a second time (RFC 3891 6.2).
    const extraHeaders = replaces?.answered ? [`Replaces: ${replaces.callId};to-tag=${replaces.answered.remoteTag};from-tag=${replaces.localTag}`, "Require: replaces"] : [];
    const inviter = new Inviter(ua, target, inviterOptions(wishes, domainOf(uri), extraHeaders));
    const lines = inviter.request.extraHeaders;
    lines.splice(0, Infinity, ...lines.filter((line) => !/^allow\s*:/i.test(line)), `Allow: ${AllowedMethods.toString()}`);
    const progress = (message: Core.IncomingResponseMessage) => {
      const sdp = message.body.length > 0 && /sdp/i.test(message.getHeader("content-type") ?? "") ? { sdp: message.body } : {};
      tell({ type: "progress", status: message.statusCode ?? 180, ...sdp });
    };
    hookInvite(inviter.request, { onPlainProgress: progress, mayFollow: wishes.mayFollow ?? (() => true) });
    mediaOf.set(inviter, media);
    heirs.set(inviter, (by) => tell({ type: "replaced", by }));
    // Without a delegate sip.js would follow a REFER to wherever the far side likes.
    inviter.delegate = {
      onRefer: (referral) => void referral.reject(),
      onBye: (said) => {
        bye = readReason(said.request.getHeaders("reason"));
        void said.accept();
      },
    };
    calls.add(entry);

    inviter.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        accepted = true;
        if (ending) sayBye(inviter);
        else tell({ type: "answered" });
      }
      // The reason, when there is one, comes right after this.
      if (state === SessionState.Terminated) {
        timed?.stop();
        keep();
        // Without a goodbye sip.js has given the session up by itself.
        queueMicrotask(() => tell({ type: "ended", reason: bye ?? {}, ...(bye ? {} : { lost: "cutOff" }) }));
      }
    });
    inviter.invite({
      requestDelegate: {
        onAccept: ({ message }) => {
          if (inviter.state !== SessionState.Established) return;
          timed = keepDialog({
            session: inviter, began: message, media, caller: true,
            lost: (why) => {
              tell({ type: "ended", reason: {}, lost: why });
              if (inviter.state === SessionState.Established) sayBye(inviter);
            },
          });
          keep(timed);
        },
        onProgress: ({ message }) => progress(message),
        onRedirect: ({ message }) => tell({ type: "refused", status: message.statusCode ?? 300, reason: readReason(message.getHeaders("reason")) }),
        onReject: ({ message }) => {
          tell({ type: "refused", status: message.statusCode ?? 500, reason: readReason(message.getHeaders("reason")) });
          refusedCall(message.statusCode ?? 500);
        },
      },
    }).catch(() => tell({ type: "ended", reason: {} }));

    function sayCancel(): void {
      // What is cancelled into the void is called off again; a 200 that crosses it gets ACK and BYE.
      const left = nameOf(inviter);
      if (!ua.isConnected()) owe(() => { if (left) sayFor(ua, left); });
      inviter.cancel().catch(() => undefined);
    }

    return {
      name: () => (over ? undefined : nameOf(inviter)),
      abandon() {
        over = true;
        timed?.stop();
        calls.delete(entry);
        // Otherwise the end of the user agent would say BYE to it.
        Reflect.deleteProperty(ua._sessions, inviter.id);
      },
      hangUp() {
        over = true;
        ending = true;
        calls.delete(entry);
        if (inviter.state === SessionState.Initial || inviter.state === SessionState.Establishing) sayCancel();
        else if (inviter.state === SessionState.Established) sayBye(inviter);
      },
      referable: () => (inviter.state === SessionState.Established ? { session: inviter, domain: domainOf(uri) } : undefined),
      renegotiate: async () => (await keeping)?.renegotiate() ?? "refused",
      here: () => void timed?.here(),
      info: async (contentType, content) => (await timed?.info(contentType, content)) ?? false,
    };
  }
}

function domainOf(uri: string): string {
  return uri.replace(/^sips?:/i, "").replace(/^[^@]*@/, "");
}
