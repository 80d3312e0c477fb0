/** What the switch knows of a SIP message: plain data, so that its decisions are functions of it. */
import type { Head } from "./head.ts";

export interface SipUri {
  readonly scheme: string;
  /** Unescaped; undefined for a host alone. */
  readonly user: string | undefined;
  readonly host: string;
  readonly port?: number;
  readonly params: Readonly<Record<string, string | null>>;
}

export interface Party {
  readonly uri: SipUri;
  readonly tag: string | undefined;
}

export interface ContactField {
  /** The URI as written, without angle brackets. */
  readonly text: string;
  readonly uri: SipUri;
  /** Parameters of the header, names in lower case. */
  readonly params: Readonly<Record<string, string | null>>;
}

interface Message {
  readonly head: Head;
  readonly body: string;
  /** True when the frame was binary and not UTF-8: then one character of `body` and `head` is one byte. */
  readonly bytes: boolean;
  /** Of the topmost Via; empty when it has none (RFC 2543). */
  readonly branch: string;
  readonly from: Party;
  readonly to: Party;
  readonly callId: string;
  readonly cseq: number;
  readonly method: string;
  readonly contacts: readonly ContactField[];
}

export interface SipRequest extends Message {
  readonly kind: "request";
  /** The Request-URI as written. */
  readonly target: string;
  readonly uri: SipUri;
  readonly maxForwards: number | undefined;
  /** `Contact: *` (RFC 3261 10.2.2). */
  readonly everyContact: boolean;
}

export interface SipResponse extends Message {
  readonly kind: "response";
  readonly status: number;
}

export type Reading =
  | SipRequest
  | SipResponse
  /** Double CRLF, to be answered by a single one (RFC 5626 4.4.1). */
  | { readonly kind: "keepAlive" }
  /** A request that cannot be taken, with the answer that it deserves. */
  | { readonly kind: "broken"; readonly head: Head; readonly status: number; readonly why: string }
  /** Nothing that could be answered. */
  | { readonly kind: "noise" };
