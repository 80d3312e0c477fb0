import { Inviter, SessionState, UserAgent, type Core, type Invitation, type Session, type SessionDescriptionHandler } from "sip.js";
import { AllowedMethods } from "sip.js/lib/core/user-agent-core/allowed-methods.js";
import type { StoreApi } from "zustand/vanilla";
import type { Millis } from "#domain/base/envelope.ts";
import { readReason, type Reason } from "#domain/phone/refusals.ts";
import { answeredName, farewellOf, nameOf, neverArrived, sayFor, type CallName } from "./callName.ts";
import { keepDialog, type DialogKeeper } from "./dialogKeeper.ts";
import { escapeUser, inviterOptions, type CallWishes } from "./callWishes.ts";
import { hookInvite } from "./firstInvite.ts";
import { keepConnected, type Attempt } from "./keepConnected.ts";
import type { PhoneLine } from "./phone.ts";
import { createAgent, farewell, sameLine, type Agent, type SipAccount } from "./sipAgent.ts";
import { createIncoming, type SipIncoming } from "./sipIncoming.ts";
import type { Referable } from "./sipTransfer.ts";

/** What the far side, or the way to it, tells about one call. `ended` and `refused` are the last word. */
export type LineEvent =
  | { readonly type: "progress"; readonly status: number; readonly sdp?: string }
  | { readonly type: "answered" }
  /** Somebody else takes the far side's place in this call (Replaces, RFC 3891 3): a client whom a colleague passes on to us. */
  | { readonly type: "replaced"; readonly by: SipIncoming }
  | { readonly type: "refused"; readonly status: number; readonly reason: Reason }
  /** `reason`: what the far side's BYE said. `ranOut`: nobody confirmed the session any more (RFC 4028). */
  | { readonly type: "ended"; readonly reason: Reason; readonly ranOut?: true }
  /** The socket died before the call was answered: its answer can no longer reach us. */
  | { readonly type: "lost" };

export interface SipCall {
  /** Undefined until the INVITE has left, and after the end. */
  name(): CallName | undefined;
  /** Leaves the call to another page: nothing more is said about it, to the PBX or to us. */
  abandon(): void;
  /** Ends the call in whatever state it is: CANCEL, BYE, or both in turn; later, when the socket is gone. Silent from now on. */
  hangUp(): void;
  /** Offers the media anew (re-INVITE). False when the far side, or the network, did not take it. */
  renegotiate(): Promise<boolean>;
  /** What a transfer needs of the call; undefined unless it is answered. */
  referable(): Referable | undefined;
  /** Sends INFO in the answered call. False when it was not taken. */
  info(contentType: string, content: string): Promise<boolean>;
  /** The socket is a new one: tells the far side of the answered call so, and ends it when that has ended it meanwhile. */
  confirm(): void;
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
    const made = agent ?? createAgent(wanted, (session) => mediaOf.get(session), () => { dropped(made); }, rung, instance);
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
    refresh = setTimeout(() => void registerAgain(of), seconds * 500);
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

  function sayBye(session: Session): void {
    const said = farewellOf(session);
    session.bye({ requestDelegate: { onReject: ({ message }) => { if (neverArrived(message)) owed.add(said); } } })
      // Terminated in the same instant by the far side: nothing is left to say.
      .catch(() => undefined);
  }

  function dropped(of: Agent): void {
    for (const call of calls) if (call.of === of) call.dropped();
    if (of !== agent) return;
    clearTimeout(refresh);
    keeper.dropped();
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
      else owed.add(say);
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
    let bye: Reason = {};
    let timed: DialogKeeper | undefined;
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
      return { name: () => undefined, abandon: () => { over = true; }, hangUp: () => { over = true; }, renegotiate: () => Promise.resolve(false), referable: () => undefined, info: () => Promise.resolve(false), confirm: () => undefined };
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
        queueMicrotask(() => tell({ type: "ended", reason: bye }));
      }
    });
    const sent = inviter.invite({
      requestDelegate: {
        onAccept: ({ message }) => {
          if (inviter.state !== SessionState.Established) return;
          timed = keepDialog({
            session: inviter, began: message, media, caller: true,
            ranOut: () => {
              tell({ type: "ended", reason: {}, ranOut: true });
              if (inviter.state === SessionState.Established) sayBye(inviter);
            },
          });
        },
        onProgress: ({ message }) => progress(message),
        onRedirect: ({ message }) => tell({ type: "refused", status: message.statusCode ?? 300, reason: readReason(message.getHeaders("reason")) }),
        onReject: ({ message }) => {
          tell({ type: "refused", status: message.statusCode ?? 500, reason: readReason(message.getHeaders("reason")) });
          refusedCall(message.statusCode ?? 500);
        },
      },
    }).catch(() => {
      tell({ type: "ended", reason: {} });
      return undefined;
    });

    function sayCancel(): void {
      // What is cancelled into the void is cancelled again; a 200 that crosses it gets ACK and BYE.
      if (!ua.isConnected()) owed.add(() => void sent.then((request) => request?.cancel()));
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
      renegotiate: async () => (await timed?.renegotiate()) ?? false,
      info: async (contentType, content) => (await timed?.info(contentType, content)) ?? false,
      confirm: () => void timed?.confirm(),
    };
  }
}

function domainOf(uri: string): string {
  return uri.replace(/^sips?:/i, "").replace(/^[^@]*@/, "");
}
