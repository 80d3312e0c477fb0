import { SessionState, UserAgent, type Invitation, type Session, type SessionDescriptionHandler } from "sip.js";
import { readReason, type Reason } from "#domain/phone/refusals.ts";
import { keepDialog, type DialogKeeper } from "./dialogKeeper.ts";
import { answerTo, type Headers } from "./sessionTimer.ts";
import type { LineEvent, SipCall } from "./sipLine.ts";

/** Who calls, as the exchange says it (P-Asserted-Identity before From, RFC 3325 9.1). Neither is there when it was withheld. */
export interface Caller { readonly name?: string; readonly number?: string }

/** Somebody calls us. Until it is answered or rejected the caller hears it ring. */
export interface SipIncoming {
  readonly caller: Caller;
  /** Takes the call, with sound that was made for answering. */
  answer(media: SessionDescriptionHandler, hear: (event: LineEvent) => void): SipCall;
  /** @param status 480, 486 or 603 (RFC 3261 21.4.18, 21.4.24, 21.6.2) */
  reject(status: number): void;
  /** Calls `gone` when the caller gives up, or another telephone takes the call. */
  onGone(gone: (reason: Reason) => void): void;
}

export interface IncomingParts {
  readonly invitation: Invitation;
  /** Lets sip.js find the sound of this session. */
  readonly carry: (session: Session, media: SessionDescriptionHandler) => void;
  /** BYE, said again when the socket was gone. */
  readonly sayBye: (session: Session) => void;
  readonly name: (session: Session) => ReturnType<SipCall["name"]>;
  readonly domain: string;
  /** Who is told when somebody is to take the far side's place in this session. */
  readonly heir: (session: Session, replaced: (by: SipIncoming) => void) => void;
}

export function createIncoming({ invitation, carry, sayBye, name, domain, heir }: IncomingParts): SipIncoming {
  let gone: ((reason: Reason) => void) | undefined;
  let given: Reason | undefined;
  let cancelled: Reason = {};
  const refuse = { onRefer: (referral: { reject(): Promise<void> }) => void referral.reject() };
  invitation.delegate = {
    ...refuse,
    onCancel: ({ request }) => { cancelled = readReason(request.getHeaders("reason")); },
  };
  const onState = (state: SessionState) => {
    if (state !== SessionState.Terminated) return;
    given = cancelled;
    gone?.(given);
  };
  invitation.stateChange.addListener(onState);

  return {
    caller: callerOf(invitation),
    reject(status) {
      invitation.stateChange.removeListener(onState);
      // Cancelled in the same instant by the caller: nothing is left to refuse.
      invitation.reject({ statusCode: status }).catch(() => undefined);
    },
    onGone(listener) {
      gone = listener;
      if (given) listener(given);
    },
    answer(media, hear) {
      invitation.stateChange.removeListener(onState);
      return take({ invitation, carry, sayBye, name, domain, heir }, media, hear);
    },
  };
}

function take({ invitation, carry, sayBye, name, domain, heir }: IncomingParts, media: SessionDescriptionHandler, hear: (event: LineEvent) => void): SipCall {
  let over = false;
  let ending = false;
  let bye: Reason = {};
  let timed: DialogKeeper | undefined;
  const tell = (event: LineEvent) => {
    if (over) return;
    over = event.type === "ended";
    hear(event);
  };
  carry(invitation, media);
  heir(invitation, (by) => tell({ type: "replaced", by }));
  const { agreed, headers } = answerTo(invitation.request);
  invitation.delegate = {
    onRefer: (referral) => void referral.reject(),
    onBye: (said) => {
      bye = readReason(said.request.getHeaders("reason"));
      void said.accept();
    },
    onCancel: ({ request }) => { bye = readReason(request.getHeaders("reason")); },
  };
  invitation.stateChange.addListener((state) => {
    if (state === SessionState.Established) {
      timed = keepDialog({
        session: invitation, began: beganWith(invitation.request, agreed), media, caller: false,
        ranOut: () => {
          tell({ type: "ended", reason: {}, ranOut: true });
          if (invitation.state === SessionState.Established) sayBye(invitation);
        },
      });
      if (ending) sayBye(invitation);
      else tell({ type: "answered" });
    }
    if (state === SessionState.Terminated) {
      timed?.stop();
      queueMicrotask(() => tell({ type: "ended", reason: bye }));
    }
  });
  // The caller has gone, or makes no sense to the browser.
  invitation.accept({ extraHeaders: [...headers] }).catch(() => tell({ type: "ended", reason: bye }));

  return {
    name: () => (over ? undefined : name(invitation)),
    referable: () => (invitation.state === SessionState.Established ? { session: invitation, domain } : undefined),
    abandon() {
      over = true;
      timed?.stop();
      Reflect.deleteProperty(invitation.userAgent._sessions, invitation.id);
    },
    hangUp() {
      over = true;
      ending = true;
      if (invitation.state === SessionState.Established) sayBye(invitation);
      else if (invitation.state === SessionState.Initial) invitation.reject({ statusCode: 480 }).catch(() => undefined);
    },
    renegotiate: async () => (await timed?.renegotiate()) ?? false,
    info: async (contentType, content) => (await timed?.info(contentType, content)) ?? false,
    confirm: () => void timed?.confirm(),
  };
}

/** The INVITE with the session timer that we have agreed to in our answer, told from our side (RFC 4028 9). */
function beganWith(request: Headers, agreed: { readonly seconds: number; readonly ours: boolean } | undefined): Headers {
  const own = agreed && `${agreed.seconds};refresher=${agreed.ours ? "uac" : "uas"}`;
  const isTimer = (name: string) => /^(?:session-expires|x)$/i.test(name);
  return {
    getHeader: (name) => (isTimer(name) ? own : request.getHeader(name)),
    getHeaders: (name) => (isTimer(name) ? (own === undefined ? [] : [own]) : request.getHeaders(name)),
  };
}

function callerOf({ request, remoteIdentity }: Invitation): Caller {
  const asserted = /^\s*(?:"((?:\\.|[^"\\])*)"|([^<"]*?))\s*<([^>]+)>/.exec(request.getHeader("p-asserted-identity") ?? "");
  const uri = asserted ? UserAgent.makeURI(asserted[3] ?? "") : remoteIdentity.uri;
  // A number may have parameters of its own (RFC 3261 19.1.6).
  const user = decode(uri?.user ?? "").replace(/^(\+?[\d*#().-]+);.*$/s, "$1");
  // Undefined when From has no name, whatever sip.js's types say.
  const shown = remoteIdentity.displayName as string | undefined;
  const name = (asserted?.[1] ?? asserted?.[2] ?? shown ?? "").replace(/\\(.)/g, "$1").trim();
  // RFC 3323 4.1.1.3: who does not want to be known is called so.
  const hidden = (text: string) => text === "" || /^anonymous$/i.test(text);
  return { ...(hidden(name) || name === user ? {} : { name: name.slice(0, 80) }), ...(hidden(user) ? {} : { number: user.slice(0, 80) }) };
}

function decode(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}
