/**
 * The only file of the practice customers that imports sip.js: one incoming call as a user agent server sees it
 * (RFC 3261 13.3, 14.2, 15). Each call has a user agent core of its own, so that all it holds goes with the call.
 */
import {
  IncomingRequestMessage, IncomingResponseMessage, LoggerFactory, Parser, URI, UserAgentCore, getBody,
  type IncomingInviteRequest, type Session,
} from "sip.js/lib/core/index.js";

// sip.js logs whole messages, that is phone numbers: nothing of it may reach a log.
const loggerFactory = new LoggerFactory();
loggerFactory.builtinEnabled = false;
loggerFactory.level = 0;
const silent = loggerFactory.getLogger("practice");

export type SipMessage = IncomingRequestMessage | IncomingResponseMessage;

/** Reads one message; undefined for what is none. */
export function readMessage(text: string): SipMessage | undefined {
  try {
    return Parser.parseMessage(text, silent) ?? undefined;
  } catch {
    return undefined; // the grammar throws on some malformed escapes
  }
}

/** The dialed number of an INVITE that begins a call; undefined for every other message. */
export function dialedNumber(message: SipMessage): string | undefined {
  if (!(message instanceof IncomingRequestMessage) || message.method !== "INVITE" || message.toTag) return undefined;
  return message.ruri?.user;
}

/** Who calls, and the name of the call from end to end. */
export type Caller = { readonly caller: string; readonly session: string | undefined };

/** The calling line, which the switch has checked, and the Session-ID (RFC 7989) if there is one. */
export function callerOf(message: SipMessage): Caller {
  return { caller: message.from.uri.user ?? "", session: /^[0-9a-f]{32}/.exec(message.getHeader("session-id") ?? "")?.[0] };
}

/** The dialog whose place an INVITE asks for (RFC 3891 section 3), by our own tag and the caller's. */
export type Replaced = { readonly callId: string; readonly ourTag: string; readonly theirTag: string };

/** Undefined for an INVITE that begins a call of its own; "broken" for a header that makes no sense. */
export function replacedBy(message: SipMessage): Replaced | "broken" | undefined {
  const header = message.getHeader("replaces");
  if (header === undefined) return undefined;
  const [callId = "", ...params] = header.split(";").map((part) => part.trim());
  const param = (name: string): string => params.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  const [ourTag, theirTag] = [param("to-tag"), param("from-tag")];
  return callId === "" || ourTag === "" || theirTag === "" ? "broken" : { callId, ourTag, theirTag };
}

/** The user part of a request's target; "" for a response. */
export function userPart(message: SipMessage): string {
  return message instanceof IncomingRequestMessage ? (message.ruri?.user ?? "") : "";
}

export type LineUser = {
  /** The call is offered; sdp is undefined when INVITE came without one. */
  readonly invited: (sdp: string | undefined) => void;
  /** A later offer within the call (hold, resume, other address): gives the answer, or rejects. */
  readonly reoffered: (sdp: string) => Promise<string>;
  /** The caller has answered an offer that we were asked for within the call: what was agreed on before, and whether the caller listens. */
  readonly reanswered: (sdp: string) => void;
  /** The caller gave up, hung up, or never acknowledged the answer. No BYE is due any more. */
  readonly ended: () => void;
};

export type Line = {
  receive(message: SipMessage): void;
  ring(): void;
  accept(sdp: string): void;
  /** Final answer other than 2xx. */
  reject(status: number, headers?: readonly string[]): void;
  /** Is this the answered call that somebody wants to replace? */
  is(other: Replaced): boolean;
  /** BYE, as soon as the protocol allows it; `ended` is not called for it. */
  hangUp(): void;
  dispose(): void;
};

const known = ["replaces"];

/** What a request outside of a call requires and a customer does not have (RFC 3261 8.2.2.3), which sip.js does not look at. */
function beyondUs(message: IncomingRequestMessage): readonly string[] {
  if (message.method === "ACK" || message.method === "CANCEL" || message.toTag) return [];
  return message.getHeaders("require").flatMap((value) => value.split(",")).map((tag) => tag.trim()).filter((tag) => tag !== "" && !known.includes(tag.toLowerCase()));
}

const answerTo = (sdp: string) => ({ contentDisposition: "session", contentType: "application/sdp", content: sdp });

/** @param number the dialed number: it is the user part of our Contact, so that requests in the dialog find us again */
export function openLine(number: string, domain: string, send: (message: string) => void, user: LineUser): Line {
  const uri = new URI("sip", number, domain);
  const contact = { uri, pubGruu: undefined, tempGruu: undefined, toString: () => `<${uri.toString()};transport=ws>` };
  const transport = {
    protocol: "WS",
    send: async (message: string) => {
      send(message);
    },
  };
  const core = new UserAgentCore(
    {
      aor: uri,
      contact,
      displayName: "",
      loggerFactory,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: "practice",
      supportedOptionTags: known,
      supportedOptionTagsResponse: known,
      userAgentHeaderFieldValue: "Sufler practice",
      viaForceRport: false,
      viaHost: domain,
      authenticationFactory: () => undefined,
      transportAccessor: () => transport,
    },
    { onInvite: begin },
  );
  let invite: IncomingInviteRequest | undefined;
  let session: Session | undefined;
  let acknowledged = false;
  let leaving = false;
  /** What we have described last, and whether it was offered and waits for its answer in ACK. */
  let described = "";
  let offering = false;

  function begin(request: IncomingInviteRequest): void {
    // A second INVITE outside the dialog with the Call-ID of a call: a fork of it, of which one has been answered already.
    if (invite) {
      request.reject({ statusCode: 482 });
      return;
    }
    invite = request;
    request.delegate = {
      onCancel: () => {
        request.reject({ statusCode: 487 });
        user.ended();
      },
    };
    user.invited(sdpOf(request.message));
  }

  function follow(next: Session): void {
    session = next;
    next.delegate = {
      onAckTimeout: () => user.ended(),
      onBye: (request) => {
        request.accept();
        user.ended();
      },
      onInfo: (request) => {
        request.accept(); // tones by INFO: heard, and of no consequence
      },
      onInvite: (request) => void renegotiate(request),
    };
  }

  async function renegotiate(request: IncomingInviteRequest): Promise<void> {
    const offer = sdpOf(request.message);
    const extraHeaders = [`Contact: ${contact.toString()}`];
    // Whoever asks without an offer wants ours (RFC 3261 14.2): the same as before, in both directions, with either role (RFC 8842 5.5).
    if (offer === undefined) {
      offering = true;
      request.accept({ statusCode: 200, extraHeaders, body: answerTo(described.replace(/^a=(?:recvonly|sendonly|inactive)/gm, "a=sendrecv").replace(/^a=setup:\w+/gm, "a=setup:actpass")) });
      return;
    }
    try {
      const body = answerTo(described = await user.reoffered(offer));
      request.accept({ statusCode: 200, extraHeaders, body });
    } catch {
      // The session stays as it was (RFC 3261 14.2).
      request.reject({ statusCode: 488 });
    }
  }

  /** sip.js answers UPDATE (RFC 3311) with 405; JsSIP refreshes its session timer by it. */
  async function update(message: IncomingRequestMessage): Promise<void> {
    const extraHeaders = [`Contact: ${contact.toString()}`];
    if (!session || message.toTag !== session.localTag || message.fromTag !== session.remoteTag) {
      core.replyStateless(message, { statusCode: 481 });
      return;
    }
    const offer = sdpOf(message);
    try {
      core.replyStateless(message, offer === undefined ? { statusCode: 200, extraHeaders } : { statusCode: 200, extraHeaders, body: answerTo(described = await user.reoffered(offer)) });
    } catch {
      core.replyStateless(message, { statusCode: 488 });
    }
  }

  return {
    receive(message) {
      const foreign = message instanceof IncomingRequestMessage ? beyondUs(message) : [];
      if (message instanceof IncomingResponseMessage) core.receiveIncomingResponseFromTransport(message);
      else if (foreign.length > 0) core.replyStateless(message, { statusCode: 420, extraHeaders: [`Unsupported: ${foreign.join(", ")}`] });
      else if (message.method === "UPDATE") void update(message);
      else core.receiveIncomingRequestFromTransport(message);
      // Noticed here rather than by the session's delegate: ACK may come before accept() has returned.
      if (message instanceof IncomingRequestMessage && message.method === "ACK") {
        acknowledged = true;
        const answer = offering ? sdpOf(message) : undefined;
        offering = false;
        if (answer !== undefined) user.reanswered(answer);
        if (leaving) session?.bye();
      }
    },
    ring() {
      invite?.progress({ statusCode: 180 });
    },
    accept(sdp) {
      if (!invite) throw new Error("There is no call to answer.");
      described = sdp;
      follow(invite.accept({ statusCode: 200, body: answerTo(sdp) }).session);
    },
    reject(status, headers = []) {
      invite?.reject({ statusCode: status, extraHeaders: [...headers] });
    },
    is: ({ callId, ourTag, theirTag }) => session !== undefined && session.callId === callId && session.localTag === ourTag && session.remoteTag === theirTag,
    hangUp() {
      leaving = true;
      // BYE must wait for ACK (RFC 3261 15).
      if (acknowledged) session?.bye();
    },
    dispose: () => core.dispose(),
  };
}

function sdpOf(message: IncomingRequestMessage): string | undefined {
  const body = getBody(message);
  return body !== undefined && /^application\/sdp\b/i.test(body.contentType) && body.content !== "" ? body.content : undefined;
}
