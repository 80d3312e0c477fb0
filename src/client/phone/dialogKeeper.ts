import { Core, SessionState, type Session, type SessionDescriptionHandler } from "sip.js";
import { AllowedMethods } from "sip.js/lib/core/user-agent-core/allowed-methods.js";
import { neverArrived } from "./callName.ts";
import { pauseAfterGlare } from "./glare.ts";
import { agreedByAnswer, allows, answerTo, askHeaders, createSessionTimer, readLeast, SHORTEST, type Headers, type Refreshed } from "./sessionTimer.ts";

/** What sip.js lacks in an answered call: session timers (RFC 4028), UPDATE (RFC 3311), and manners when both sides ask at once. */
export interface DialogKeeper {
  /** Offers the media anew (re-INVITE) as soon as nothing else is being agreed on, and again when the far side asks for patience. */
  renegotiate(): Promise<Renegotiated>;
  /** Says over the socket of the moment where we are (target refresh, RFC 3261 12.2), and finds out whether the far side still knows the call. */
  here(): Promise<void>;
  /** Sends INFO (RFC 6086) with this content. False when it was not taken. */
  info(contentType: string, content: string): Promise<boolean>;
  stop(): void;
}

/** `refused`: the far side did not take the offer; `unreachable`: nobody is there now who could. */
export type Renegotiated = "done" | "refused" | "unreachable";

export interface KeeperParts {
  readonly session: Session;
  /** The 2xx, or the INVITE of the far side, with which the session began, and what was agreed on in it. */
  readonly began: Headers;
  readonly media: Pick<SessionDescriptionHandler, "setDescription" | "getDescription" | "rollbackDescription">;
  /** We sent the first INVITE: who made the call waits longer after a collision (RFC 3261 14.1). */
  readonly caller: boolean;
  /** The session was not refreshed in time (RFC 4028), or the far side knows it no more (RFC 3261 12.2.1.2): to be ended with BYE. */
  readonly lost: (why: Lost) => void;
}

/** Why a session is over of which nobody has said so. */
export type Lost = "timerRanOut" | "cutOff";

type Dialog = Core.SessionDialog;
interface Kept {
  readonly media: KeeperParts["media"];
  /** An offer of ours is being made or under way; one that came with UPDATE is being answered. */
  offering: boolean;
  answering: boolean;
  heard(request: Headers): readonly string[];
}
const kept = new WeakMap<object, Kept>();

/** What is being agreed on right now: of two offers at once one has to wait (RFC 3264 4). */
function pending(dialog: Dialog): "ours" | "theirs" | undefined {
  const own = kept.get(dialog);
  if (own?.offering === true || dialog.reinviteUserAgentClient !== undefined) return "ours";
  return own?.answering === true || dialog.reinviteUserAgentServer !== undefined ? "theirs" : undefined;
}

/** How often an offer is made again. */
const ROUNDS = 8;
/** For how long at most it waits because the far side says so, seconds. */
const PATIENCE = 30;
/** How often it is looked whether the far side's own offer is through, milliseconds. */
const LOOK = 50;

/** Takes care of a session that has just been established. */
export function keepDialog({ session, began, media, caller, lost }: KeeperParts): DialogKeeper {
  const dialog = session.dialog as Dialog;
  let least = SHORTEST;
  const timer = createSessionTimer(refresh, () => { lost("timerRanOut"); });
  timer.set(agreedByAnswer(began));

  const own: Kept = {
    media, offering: false, answering: false,
    heard(request) {
      const { agreed, headers } = answerTo(request, timer.agreed);
      timer.set(agreed);
      return headers;
    },
  };
  kept.set(dialog, own);
  answerReInvites(dialog, (request) => kept.get(dialog)?.heard(request) ?? []);

  /** The shortest that the far side takes: UPDATE leaves the sound as it is. */
  const confirm = (): Promise<Answer> => (allows(began, "UPDATE") ? request(dialog, "UPDATE", { extraHeaders: [...timerHeaders(), `Contact: ${contactOf(session)}`] }) : reinvite());

  async function refresh(): Promise<Refreshed> {
    for (let round = 0; round < 2; round += 1) {
      const answer = await confirm();
      const status = answer.status;
      if (status >= 200 && status < 300) {
        if (answer.message && timer.agreed) timer.set(agreedByAnswer(answer.message));
        return "done";
      }
      if (status === 481 || status === 408) return answer.lost ? "late" : "gone";
      if (status !== 422 || !answer.message) return "late";
      least = readLeast(answer.message);
    }
    return "late";
  }

  const timerHeaders = () => (timer.agreed ? askHeaders(least, timer.agreed) : []);

  async function reinvite(): Promise<Answer> {
    if (session.state !== SessionState.Established) return { status: 0, lost: false };
    // sip.js throws when the far side is just asking us: that is the same collision.
    if (pending(dialog)) return { status: 491, lost: false };
    own.offering = true;
    try {
      return await new Promise<Answer>((resolve) => {
        session.invite({
          requestOptions: { extraHeaders: [...timerHeaders()] },
          requestDelegate: {
            onAccept: ({ message }) => resolve({ status: 200, message, lost: false }),
            onRedirect: () => resolve({ status: 300, lost: false }),
            onReject: ({ message }) => resolve({ status: message.statusCode ?? 500, message, lost: neverArrived(message) }),
          },
        }).catch(() => resolve({ status: 0, lost: false }));
      });
    } finally {
      own.offering = false;
    }
  }

  return {
    async renegotiate() {
      for (let round = 0; round < ROUNDS; round += 1) {
        // The browser can hold one offer at a time, whoever has made it.
        while (session.state === SessionState.Established && pending(dialog)) await pass(LOOK);
        const answer = await reinvite();
        const { status, message } = answer;
        if (answer.lost) return "unreachable";
        if (knowsNoMore(answer)) lost("cutOff");
        if (status === 200) {
          if (message && timer.agreed) timer.set(agreedByAnswer(message));
          return "done";
        }
        const patience = status === 491 ? pauseAfterGlare(caller, Math.random()) : patienceOf(status, message);
        if (status === 422 && message) least = readLeast(message);
        else if (patience === undefined) break;
        else await pass(patience);
      }
      return "refused";
    },
    async here() {
      if (session.state === SessionState.Established && knowsNoMore(await confirm())) lost("cutOff");
    },
    async info(contentType, content) {
      if (session.state !== SessionState.Established) return false;
      const answer = await request(dialog, "INFO", { body: { contentDisposition: "session", contentType, content } });
      if (knowsNoMore(answer)) lost("cutOff");
      return answer.status >= 200 && answer.status < 300;
    },
    stop() {
      timer.stop();
      kept.delete(dialog);
    },
  };
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** How long somebody who cannot just now wants us to wait (Retry-After, RFC 3261 14.2 and 21.5), milliseconds. */
function patienceOf(status: number, message: Headers | undefined): number | undefined {
  const seconds = status >= 500 && status < 600 ? Number.parseInt(message?.getHeader("retry-after") ?? "", 10) : NaN;
  return seconds >= 0 && seconds <= PATIENCE ? seconds * 1000 : undefined;
}

interface Answer { readonly status: number; readonly message?: Core.IncomingResponseMessage; /** No server has given it. */ readonly lost: boolean }

/** The far side has no such call (any more). A server on the way that had no answer in time (408) says nothing about that. */
const knowsNoMore = ({ status, lost }: Answer): boolean => status === 481 && !lost;

/** A request in the dialog other than INVITE and BYE. Never rejects. */
function request(dialog: Dialog, method: string, options: Core.RequestOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const done = ({ message }: { message: Core.IncomingResponseMessage }) => resolve({ status: message.statusCode ?? 500, message, lost: neverArrived(message) });
    new DialogRequest(dialog, method, options, { onAccept: done, onRedirect: done, onReject: done });
  });
}

/** As sip.js's own, but a challenge takes its next number from the dialog, so that the request after it is not out of order. */
class DialogRequest extends Core.UserAgentClient {
  readonly #dialog: Dialog;

  constructor(dialog: Dialog, method: string, options: Core.RequestOptions, delegate: Core.OutgoingRequestDelegate) {
    super(Core.NonInviteClientTransaction, dialog.userAgentCore, dialog.createOutgoingRequestMessage(method, options), delegate);
    this.#dialog = dialog;
  }

  protected override receiveResponse(message: Core.IncomingResponseMessage): void {
    if (this.authenticationGuard(message, this.#dialog)) super.receiveResponse(message);
  }
}

/** Puts the session timer into what sip.js answers to a re-INVITE. */
function answerReInvites(dialog: Dialog, headersFor: (request: Headers) => readonly string[]): void {
  const delegate = dialog.delegate;
  const onInvite = delegate?.onInvite?.bind(delegate);
  if (!delegate || !onInvite) return;
  delegate.onInvite = (incoming) => {
    const accept = incoming.accept.bind(incoming);
    incoming.accept = (options) => accept({ ...options, statusCode: options?.statusCode ?? 200, extraHeaders: [...(options?.extraHeaders ?? []), ...headersFor(incoming.message)] });
    onInvite(incoming);
  };
}

/**
 * Makes an agent answer UPDATE (RFC 3311), which sip.js refuses with 405, and refuse an offer that crosses one of ours while
 * that is still being made (491, RFC 3261 14.2).
 */
export function answerUpdates(core: Core.UserAgentCore): void {
  if (!AllowedMethods.includes("UPDATE")) AllowedMethods.push("UPDATE");
  // Nobody here reads a text, so none is taken (405), where sip.js says that it was delivered.
  const message = AllowedMethods.indexOf("MESSAGE");
  if (message >= 0) AllowedMethods.splice(message, 1);
  const receive = core.receiveIncomingRequestFromTransport.bind(core);
  core.receiveIncomingRequestFromTransport = (message) => {
    const dialog = message.toTag ? core.dialogs.get(message.callId + message.toTag + message.fromTag) as Dialog | undefined : undefined;
    const foreign = beyondUs(core, message);
    if (foreign.length > 0) core.replyStateless(message, { statusCode: 420, extraHeaders: [`Unsupported: ${foreign.join(", ")}`] });
    else if (unreadable(message)) core.replyStateless(message, { statusCode: 415, extraHeaders: ["Accept: application/sdp"] });
    else if (message.method === "UPDATE") void update(core, dialog, message);
    else if (message.method === "PRACK" && dialog) confirmed(core, dialog, message);
    else if (message.method === "INVITE" && dialog && !dialog.reinviteUserAgentClient && !dialog.reinviteUserAgentServer && pending(dialog)) core.replyStateless(message, notNow(dialog));
    else receive(message);
  };
}

/** Does an offer come in a language that this phone does not speak (RFC 3261 8.2.3)? sip.js would take it for none, and make one itself. */
function unreadable(message: Core.IncomingRequestMessage): boolean {
  const [type = "", disposition = ""] = [message.getHeader("content-type"), message.getHeader("content-disposition")];
  return (message.method === "INVITE" || message.method === "UPDATE") && message.body.length > 0 && type !== "application/sdp" && !/;\s*handling\s*=\s*optional\b/i.test(disposition);
}

/** What a request requires and this phone does not have (RFC 3261 8.2.2.3), which sip.js does not look at. */
function beyondUs(core: Core.UserAgentCore, message: Core.IncomingRequestMessage): readonly string[] {
  if (message.method === "ACK" || message.method === "CANCEL") return [];
  const known = new Set([...core.configuration.supportedOptionTags, ...core.configuration.supportedOptionTagsResponse].map((tag) => tag.toLowerCase()));
  return message.getHeaders("require").flatMap((value) => value.split(",")).map((tag) => tag.trim()).filter((tag) => tag !== "" && !known.has(tag.toLowerCase()));
}

/** That it rings here has been heard (RFC 3262 3): sip.js throws when that comes after the call was taken. */
function confirmed(core: Core.UserAgentCore, dialog: Dialog, message: Core.IncomingRequestMessage): void {
  Core.Dialog.prototype.receiveRequest.call(dialog, message);
  core.replyStateless(message, { statusCode: 200 });
}

/** To an offer that has to wait: it crosses one of ours, or comes before the one before it is through (RFC 3261 14.2, RFC 3311 5.2). */
const notNow = (dialog: Dialog): { readonly statusCode: number; readonly extraHeaders: string[] } =>
  pending(dialog) === "theirs" ? { statusCode: 500, extraHeaders: [`Retry-After: ${1 + Math.floor(Math.random() * 5)}`] } : { statusCode: 491, extraHeaders: [] };

async function update(core: Core.UserAgentCore, dialog: Dialog | undefined, message: Core.IncomingRequestMessage): Promise<void> {
  const reply = (statusCode: number, extraHeaders: string[] = [], body?: Core.Body) =>
    void core.replyStateless(message, { statusCode, extraHeaders: [`Allow: ${AllowedMethods.toString()}`, ...extraHeaders], ...(body ? { body } : {}) });
  if (!dialog) return reply(481);
  if (dialog.remoteSequenceNumber !== undefined && message.cseq <= dialog.remoteSequenceNumber) return reply(500, ["Retry-After: 1"]);
  const own = kept.get(dialog);
  // Before the answer, an offer of ours is still open for the browser (RFC 3311 section 5.2).
  const offered = message.body !== undefined && message.body.length > 0;
  if (offered && (!own || pending(dialog))) {
    const { statusCode, extraHeaders } = notNow(dialog);
    return reply(statusCode, extraHeaders);
  }
  Core.Dialog.prototype.receiveRequest.call(dialog, message);
  const contact = message.parseHeader("contact") as { uri?: Core.Dialog["remoteTarget"] } | undefined;
  // UPDATE says where to send further requests, like a re-INVITE.
  if (contact?.uri) (Reflect.get(dialog, "dialogState") as { remoteTarget: Core.Dialog["remoteTarget"] }).remoteTarget = contact.uri;
  let body: Core.Body | undefined;
  if (offered && own) {
    own.answering = true;
    try {
      await own.media.setDescription(message.body);
      const mine = await own.media.getDescription();
      body = { contentDisposition: "session", contentType: mine.contentType, content: mine.body };
    } catch {
      // What cannot be taken back belongs to a call that is over.
      await own.media.rollbackDescription?.().catch(() => undefined);
      return reply(488, ['Warning: 399 browser "The offer makes no sense here"']);
    } finally {
      own.answering = false;
    }
  }
  const ours = core.configuration.contact.toString();
  reply(200, [`Contact: ${ours}`, ...(own?.heard(message) ?? [])], body);
}

function contactOf(session: Session): string {
  return session.userAgent.contact.toString();
}
