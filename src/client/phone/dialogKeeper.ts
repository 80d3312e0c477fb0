import { Core, SessionState, type Session, type SessionDescriptionHandler } from "sip.js";
import { AllowedMethods } from "sip.js/lib/core/user-agent-core/allowed-methods.js";
import { pauseAfterGlare } from "./glare.ts";
import { agreedByAnswer, allows, answerTo, askHeaders, createSessionTimer, readLeast, SHORTEST, type Headers, type Refreshed } from "./sessionTimer.ts";

/** What sip.js lacks in an answered call: session timers (RFC 4028), UPDATE (RFC 3311), and manners when both sides ask at once. */
export interface DialogKeeper {
  /** Offers the media anew (re-INVITE); waits and asks again when both sides asked at once. False when it was not taken. */
  renegotiate(): Promise<boolean>;
  /** Sends INFO (RFC 6086) with this content. False when it was not taken. */
  info(contentType: string, content: string): Promise<boolean>;
  /** Tells the far side the new way to us (a target refresh, RFC 3261 12.2), and hears whether it still knows the call. */
  confirm(): Promise<void>;
  stop(): void;
}

export interface KeeperParts {
  readonly session: Session;
  /** The 2xx, or the INVITE of the far side, with which the session began, and what was agreed on in it. */
  readonly began: Headers;
  readonly media: Pick<SessionDescriptionHandler, "setDescription" | "getDescription" | "rollbackDescription">;
  /** We sent the first INVITE: who made the call waits longer after a collision (RFC 3261 14.1). */
  readonly caller: boolean;
  /** The session was not refreshed in time, or the far side knows it no more: it has been ended with BYE. */
  readonly ranOut: () => void;
}

type Dialog = Core.SessionDialog;
interface Kept { readonly media: KeeperParts["media"]; readonly busy: () => boolean; heard(request: Headers): readonly string[] }
const kept = new WeakMap<object, Kept>();

/** How often a collision is waited out. */
const ROUNDS = 4;

/** Takes care of a session that has just been established. */
export function keepDialog({ session, began, media, caller, ranOut }: KeeperParts): DialogKeeper {
  const dialog = session.dialog as Dialog;
  /** An offer of ours is being made or under way. */
  let offering = false;
  let least = SHORTEST;
  const timer = createSessionTimer(refresh, () => { ranOut(); });
  timer.set(agreedByAnswer(began));

  kept.set(dialog, {
    media,
    busy: () => offering || dialog.reinviteUserAgentClient !== undefined || dialog.reinviteUserAgentServer !== undefined,
    heard(request) {
      const { agreed, headers } = answerTo(request, timer.agreed);
      timer.set(agreed);
      return headers;
    },
  });
  answerReInvites(dialog, (request) => kept.get(dialog)?.heard(request) ?? []);

  async function refresh(): Promise<Refreshed> {
    for (let round = 0; round < 2; round += 1) {
      const timed = timer.agreed ? askHeaders(least, timer.agreed) : [];
      const answer = allows(began, "UPDATE") ? await request(dialog, "UPDATE", { extraHeaders: [...timed, `Contact: ${contactOf(session)}`] }) : await reinvite();
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

  /** Whoever knows the call no more has none with us (RFC 3261 12.2.1.2): its goodbye was lost on the way. Always false. */
  function unknown(status: number): false {
    if (status === 481 && session.state === SessionState.Established) ranOut();
    return false;
  }

  async function reinvite(): Promise<Answer> {
    if (session.state !== SessionState.Established) return { status: 0, lost: true };
    // sip.js throws when the far side is just asking us: that is the same collision.
    if (kept.get(dialog)?.busy() === true) return { status: 491, lost: false };
    offering = true;
    try {
      return await new Promise<Answer>((resolve) => {
        session.invite({
          requestOptions: { extraHeaders: timer.agreed ? [...askHeaders(least, timer.agreed)] : [] },
          requestDelegate: {
            onAccept: ({ message }) => resolve({ status: 200, message, lost: false }),
            onRedirect: () => resolve({ status: 300, lost: false }),
            onReject: ({ message }) => resolve({ status: message.statusCode ?? 500, message, lost: message.getHeader("cseq") === undefined }),
          },
        }).catch(() => resolve({ status: 0, lost: true }));
      });
    } finally {
      offering = false;
    }
  }

  return {
    async renegotiate() {
      for (let round = 0; round < ROUNDS; round += 1) {
        if (session.state !== SessionState.Established) return false;
        const { status, message } = await reinvite();
        if (status === 200) {
          if (message && timer.agreed) timer.set(agreedByAnswer(message));
          return true;
        }
        if (status === 422 && message) least = readLeast(message);
        else if (status !== 491) return unknown(status);
        else await new Promise((resolve) => { setTimeout(resolve, pauseAfterGlare(caller, Math.random())); });
      }
      return false;
    },
    async info(contentType, content) {
      if (session.state !== SessionState.Established) return false;
      const { status } = await request(dialog, "INFO", { body: { contentDisposition: "session", contentType, content } });
      return (status >= 200 && status < 300) || unknown(status);
    },
    async confirm() {
      if (session.state === SessionState.Established && (await refresh()) === "gone") unknown(481);
    },
    stop() {
      timer.stop();
      kept.delete(dialog);
    },
  };
}

interface Answer { readonly status: number; readonly message?: Core.IncomingResponseMessage; /** No server has given it. */ readonly lost: boolean }

/** A request in the dialog other than INVITE and BYE. Never rejects. */
function request(dialog: Dialog, method: string, options: Core.RequestOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const done = ({ message }: { message: Core.IncomingResponseMessage }) => resolve({ status: message.statusCode ?? 500, message, lost: message.getHeader("cseq") === undefined });
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
    else if (message.method === "UPDATE") void update(core, dialog, message);
    else if (message.method === "INVITE" && dialog && !dialog.reinviteUserAgentClient && !dialog.reinviteUserAgentServer && kept.get(dialog)?.busy() === true)
      core.replyStateless(message, { statusCode: 491 });
    else receive(message);
  };
}

/** What a request requires and this phone does not have (RFC 3261 8.2.2.3), which sip.js does not look at. */
function beyondUs(core: Core.UserAgentCore, message: Core.IncomingRequestMessage): readonly string[] {
  if (message.method === "ACK" || message.method === "CANCEL") return [];
  const known = new Set([...core.configuration.supportedOptionTags, ...core.configuration.supportedOptionTagsResponse].map((tag) => tag.toLowerCase()));
  return message.getHeaders("require").flatMap((value) => value.split(",")).map((tag) => tag.trim()).filter((tag) => tag !== "" && !known.has(tag.toLowerCase()));
}

async function update(core: Core.UserAgentCore, dialog: Dialog | undefined, message: Core.IncomingRequestMessage): Promise<void> {
  const reply = (statusCode: number, extraHeaders: string[] = [], body?: Core.Body) =>
    void core.replyStateless(message, { statusCode, extraHeaders: [`Allow: ${AllowedMethods.toString()}`, ...extraHeaders], ...(body ? { body } : {}) });
  if (!dialog) return reply(481);
  if (dialog.remoteSequenceNumber !== undefined && message.cseq <= dialog.remoteSequenceNumber) return reply(500, ["Retry-After: 1"]);
  const own = kept.get(dialog);
  // Before the answer, an offer of ours is still open for the browser (RFC 3311 section 5.2).
  const offered = message.body !== undefined && message.body.length > 0;
  if (offered && (!own || own.busy())) return reply(491);
  Core.Dialog.prototype.receiveRequest.call(dialog, message);
  const contact = message.parseHeader("contact") as { uri?: Core.Dialog["remoteTarget"] } | undefined;
  // UPDATE says where to send further requests, like a re-INVITE.
  if (contact?.uri) (Reflect.get(dialog, "dialogState") as { remoteTarget: Core.Dialog["remoteTarget"] }).remoteTarget = contact.uri;
  let body: Core.Body | undefined;
  if (offered && own) {
    try {
      await own.media.setDescription(message.body);
      const mine = await own.media.getDescription();
      body = { contentDisposition: "session", contentType: mine.contentType, content: mine.body };
    } catch {
      // What cannot be taken back belongs to a call that is over.
      await own.media.rollbackDescription?.().catch(() => undefined);
      return reply(488, ['Warning: 399 browser "The offer makes no sense here"']);
    }
  }
  const ours = core.configuration.contact.toString();
  reply(200, [`Contact: ${ours}`, ...(own?.heard(message) ?? [])], body);
}

function contactOf(session: Session): string {
  return session.userAgent.contact.toString();
}
