/**
 * The only file of the switch that imports sip.js: its parser and its four transactions (RFC 3261 17, RFC 6026).
 * The parser was written for a browser that talks to one trusted proxy, so reading.ts checks what it lets pass.
 */
import {
  Grammar, InviteClientTransaction, InviteServerTransaction, LoggerFactory, NonInviteClientTransaction,
  NonInviteServerTransaction, Parser, TransactionState, URI, IncomingRequestMessage, IncomingResponseMessage,
} from "sip.js/lib/core/index.js";
import type { NameAddrHeader, OutgoingRequestMessage } from "sip.js/lib/core/index.js";
import { elements, fullName } from "./head.ts";
import type { Head } from "./head.ts";
import type { ContactField, Party, SipRequest, SipResponse, SipUri } from "./message.ts";

// sip.js logs whole messages, that is phone numbers and digests: nothing of it may reach a log.
const loggerFactory = new LoggerFactory();
loggerFactory.builtinEnabled = false;
loggerFactory.level = 0;
const silent = loggerFactory.getLogger("switch");

/** What sip.js's parser finds in a head; members are missing where the message lacks them or they are of no known form. */
export interface Parsed {
  readonly status: number | undefined;
  readonly method: string | undefined;
  readonly uri: SipUri | undefined;
  readonly uriHasHeaders: boolean;
  readonly from: Party | undefined;
  readonly to: Party | undefined;
  readonly callId: string | undefined;
  readonly cseq: { readonly value: number; readonly method: string } | undefined;
  readonly maxForwards: number | undefined;
  readonly contacts: readonly ContactField[];
}

/** What a proxy needs of a head (Via is read by parseBranch). The grammar takes some 0.2 ms for each line, good or bad. */
const read = ["from", "to", "call-id", "cseq", "max-forwards", "contact"];

/** How much of a head the grammar has to read, in characters. */
export function grammarLoad(head: Head): number {
  const lines = head.lines.filter((line) => read.includes(fullName(line.name)));
  return lines.reduce((sum, line) => sum + line.value.length, head.start.length + (elements(head, "via")[0]?.length ?? 0));
}

/** Parses a head; undefined when sip.js finds one of the headers that are needed malformed. */
export function parseHead(head: Head): Parsed | undefined {
  // The grammar knows no `Contact: *`; reading.ts sees to that one.
  const lines = head.lines.filter((line) => read.includes(fullName(line.name)) && line.value !== "*");
  const text = `${head.start}\r\n${lines.map((line) => `${line.name}: ${line.value}\r\n`).join("")}\r\n`;
  const message = attempt(() => Parser.parseMessage(text, silent));
  if (!message) return undefined;
  const request = message instanceof IncomingRequestMessage ? message : undefined;
  const cseq: unknown = message.headers["CSeq"]?.[0]?.parsed;
  const maxForwards: unknown = message.headers["Max-Forwards"]?.[0]?.parsed;
  const contacts = (message.headers["Contact"] ?? []).map((field) => contactOf(field.raw, field.parsed));
  if (contacts.includes(undefined)) return undefined;
  return {
    status: message instanceof IncomingResponseMessage ? message.statusCode : undefined,
    method: request?.method,
    uri: request?.ruri && uriOf(request.ruri),
    uriHasHeaders: Object.keys(request?.ruri?.headers ?? {}).length > 0,
    from: partyOf(message.from),
    to: partyOf(message.to),
    callId: message.callId,
    cseq: isCSeq(cseq) ? cseq : undefined,
    maxForwards: typeof maxForwards === "number" ? maxForwards : undefined,
    contacts: contacts.filter((contact) => contact !== undefined),
  };
}

/** Reads one URI, as in Route; undefined when it is none, or not sip or sips. */
export function parseUri(text: string): SipUri | undefined {
  const uri: unknown = attempt(() => Grammar.URIParse(text));
  return uri instanceof URI ? uriOf(uri) : undefined;
}

/** The branch of one Via element: "" when it has none, undefined when it is no Via. */
export function parseBranch(via: string): string | undefined {
  const parsed: unknown = attempt(() => Grammar.parse(via, "Via"));
  if (typeof parsed !== "object" || parsed === null) return undefined;
  return "branch" in parsed && typeof parsed.branch === "string" ? parsed.branch : "";
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined; // the grammar throws on some malformed escapes: malformed is the answer
  }
}

function uriOf(uri: URI): SipUri {
  return { scheme: uri.scheme, user: uri.user || undefined, host: uri.host, ...(uri.port ? { port: uri.port } : {}), params: paramsOf(uri) };
}

function paramsOf(of: unknown): Record<string, string | null> {
  // `parameters` is private in sip.js's types, and there is no other way to list them.
  return { ...(of as { parameters: Record<string, string | null> }).parameters };
}

function partyOf(header: NameAddrHeader | undefined): Party | undefined {
  if (!header) return undefined;
  const tag: unknown = header.getParam("tag");
  return { uri: uriOf(header.uri), tag: typeof tag === "string" ? tag : undefined };
}

function contactOf(raw: string, parsed: NameAddrHeader | undefined): ContactField | undefined {
  if (!parsed) return undefined;
  const bracketed = /<([^>]*)>/.exec(raw)?.[1];
  return { text: bracketed ?? raw.split(";", 1)[0]?.trim() ?? "", uri: uriOf(parsed.uri), params: paramsOf(parsed) };
}

function isCSeq(value: unknown): value is { value: number; method: string } {
  return typeof value === "object" && value !== null && "value" in value && "method" in value
    && typeof value.value === "number" && typeof value.method === "string";
}

/** Where a transaction sends its text. Throws when the flow is gone. */
export type Send = (text: string) => void;

/** The server side of one request (RFC 3261 17.2). */
export interface ServerTransaction {
  /** Sends an answer; a final one to INVITE is sent again until ACK came. Ignored when the transaction cannot take it any more. */
  answer(status: number, text: string): void;
  /** A further request of the same branch: a retransmission, or ACK. */
  again(request: SipRequest): void;
  /** An answer other than 1xx has been sent. */
  answered(): boolean;
  /** INVITE was answered by 2xx, whose ACK is none of this transaction's. */
  accepted(): boolean;
  dispose(): void;
}

/** @param ended called once, when the transaction is over and can be forgotten. */
export function openServerTransaction(request: SipRequest, send: Send, ended: () => void): ServerTransaction {
  const kind = request.method === "INVITE" ? InviteServerTransaction : NonInviteServerTransaction;
  const onStateChange = (state: TransactionState) => {
    if (state === TransactionState.Terminated) ended();
  };
  const transaction = new kind(incoming(request), transport(send), { loggerFactory, onStateChange });
  const answered = () => transaction.state !== TransactionState.Trying && transaction.state !== TransactionState.Proceeding;
  return {
    answer(status, text) {
      const late = transaction instanceof InviteServerTransaction
        ? answered() && !(transaction.state === TransactionState.Accepted && status >= 200 && status < 300)
        : answered() || (status < 200 && status !== 100);
      if (!late) transaction.receiveResponse(status, text);
    },
    again: (next) => transaction.receiveRequest(incoming(next)),
    answered,
    accepted: () => transaction.state === TransactionState.Accepted,
    dispose: () => transaction.dispose(),
  };
}

/** The client side of one request (RFC 3261 17.1): ACKs what is not 2xx, tells of time-outs. */
export interface ClientTransaction {
  receive(response: SipResponse): void;
  dispose(): void;
}

export interface ClientTransactionUser {
  readonly received: (response: SipResponse) => void;
  /** No answer in 64×T1 (32 s). */
  readonly timedOut: () => void;
  /** The text could not be sent. */
  readonly unsent: () => void;
  readonly ended: () => void;
}

/** A request on its way out, complete: sip.js's own class would overwrite Via and set Max-Forwards 70. */
export interface Outgoing {
  readonly method: string;
  readonly target: string;
  readonly callId: string;
  readonly cseq: number;
  readonly branch: string;
  readonly from: string;
  readonly via: string;
  /** Route values that are left after this hop. */
  readonly routes: readonly string[];
  readonly text: string;
}

export function openClientTransaction(outgoing: Outgoing, send: Send, user: ClientTransactionUser): ClientTransaction {
  const kind = outgoing.method === "INVITE" ? InviteClientTransaction : NonInviteClientTransaction;
  const current: { response?: SipResponse } = {};
  const transaction: InviteClientTransaction | NonInviteClientTransaction = new kind(asMessage(outgoing), transport(send), {
    loggerFactory,
    receiveResponse: () => {
      if (current.response) user.received(current.response);
    },
    onRequestTimeout: user.timedOut,
    onTransportError: user.unsent,
    onStateChange: (state) => {
      if (state === TransactionState.Terminated) user.ended();
    },
  });
  return {
    receive(response) {
      // sip.js swallows repeated 2xx to INVITE; a proxy passes each of them on (RFC 6026 8.7).
      const repeated = transaction instanceof InviteClientTransaction && transaction.state === TransactionState.Accepted;
      if (repeated) {
        if (response.status >= 200 && response.status < 300) user.received(response);
        return;
      }
      current.response = response;
      transaction.receiveResponse(answer(response));
    },
    dispose: () => transaction.dispose(),
  };
}

function transport(send: Send): { protocol: string; send: (text: string) => Promise<void> } {
  return { protocol: "WS", send: async (text) => send(text) };
}

/** The transactions read no more of a request than its method and branch. */
function incoming(request: SipRequest): IncomingRequestMessage {
  const message = new IncomingRequestMessage();
  message.method = request.method;
  message.viaBranch = request.branch;
  return message;
}

function answer(response: SipResponse): IncomingResponseMessage {
  const message = new IncomingResponseMessage();
  message.statusCode = response.status;
  message.method = response.method;
  message.toTag = response.to.tag ?? "";
  message.setHeader("to", response.head.lines.find((line) => fullName(line.name) === "to")?.value ?? "");
  return message;
}

/** What sip.js's client transactions use of an outgoing request: these members, and no others. */
function asMessage(outgoing: Outgoing): OutgoingRequestMessage {
  const headers: Readonly<Record<string, string | undefined>> = {
    via: outgoing.via, from: outgoing.from, route: outgoing.routes.length > 0 ? outgoing.routes.join(", ") : undefined,
  };
  return {
    method: outgoing.method,
    ruri: outgoing.target,
    callId: outgoing.callId,
    cseq: outgoing.cseq,
    branch: outgoing.branch,
    getHeader: (name: string) => headers[name],
    setViaHeader: () => undefined,
    toString: () => outgoing.text,
  } as unknown as OutgoingRequestMessage;
}
