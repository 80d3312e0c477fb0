import type { Core } from "sip.js";
import { md5 } from "@noble/hashes/legacy.js";
import { sha256, sha512_256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What this phone can answer, best first (RFC 8760 section 2.4). */
const hashes = { "SHA-256": sha256, "SHA-512-256": sha512_256, MD5: md5 } as const;
export type Hash = keyof typeof hashes;
const isHash = (algorithm: string): algorithm is Hash => Object.hasOwn(hashes, algorithm);

/**
 * Of a 401 or 407 with several challenges leaves the best one that we can answer: sip.js reads the last one, whatever it is.
 * Other messages, and those without a choice, come back as they are.
 * @param message a SIP message as it came
 */
export function bestChallenge(message: string): string {
  if (!/^SIP\/2\.0 40[17] /.test(message)) return message;
  const end = message.indexOf("\r\n\r\n");
  const [head, rest] = end < 0 ? [message, ""] : [message.slice(0, end), message.slice(end)];
  const lines = head.split(/\r\n(?![ \t])/);
  // A 401 may hold what a proxy asks too (RFC 3261 22.3), which is no choice but another question.
  const asked = message.startsWith("SIP/2.0 401") ? /^www-authenticate\s*:/i : /^proxy-authenticate\s*:/i;
  const isChallenge = (line: string): boolean => asked.test(line);
  const offers = lines.filter(isChallenge);
  if (offers.length < 2) return message;
  // Of two with the same algorithm the first, which is the server's favourite (RFC 8760 section 2.3).
  const best = Object.keys(hashes).map((algorithm) => offers.find((line) => algorithmOf(line) === algorithm)).find((line) => line !== undefined) ?? offers[0];
  return lines.filter((line) => line === best || !isChallenge(line)).join("\r\n") + rest;
}

const algorithmOf = (line: string): string => (/\balgorithm\s*=\s*"?([\w-]+)/i.exec(line)?.[1] ?? "MD5").toUpperCase();

/** What sip.js makes of a challenge. */
export interface Challenge { readonly stale?: boolean; readonly algorithm?: string; readonly realm?: string; readonly nonce?: string; readonly opaque?: string; readonly qop?: readonly string[] | string }

/** Proves the password to the PBX (RFC 3261 section 22, RFC 7616 section 3.4, RFC 8760), in the place of sip.js, which knows MD5 alone. */
export class Credentials {
  readonly #user: string;
  readonly #password: string;
  #count = 0;
  #answer = "";

  constructor(user: string, password: string) {
    this.#user = user;
    this.#password = password;
  }

  /** False when this phone cannot answer such a challenge. */
  authenticate(request: Core.OutgoingRequestMessage, challenge: Challenge): boolean {
    const algorithm = challenge.algorithm?.toUpperCase() ?? "MD5";
    if (!isHash(algorithm)) return false;
    const { realm, nonce, opaque } = challenge;
    const offered = (typeof challenge.qop === "string" ? challenge.qop.split(",") : challenge.qop ?? []).map((one) => one.trim().toLowerCase());
    const qop = (["auth", "auth-int"] as const).find((one) => offered.includes(one));
    // Without a quality of protection there is no counter against replays: only the oldest servers ask so, and they know MD5 alone (RFC 2069).
    if (!realm || !nonce || (!qop && (algorithm !== "MD5" || offered.length > 0))) return false;
    this.#count += 1;
    const uri = request.ruri.toString();
    const nc = this.#count.toString(16).padStart(8, "0");
    const cnonce = bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
    const response = digestResponse({ user: this.#user, password: this.#password, realm, nonce, nc, cnonce, method: request.method, uri, algorithm, qop, body: request.body?.body });
    this.#answer = `Digest username="${quoted(this.#user)}", realm="${quoted(realm)}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=${algorithm}`
      + `${qop ? `, cnonce="${cnonce}", qop=${qop}, nc=${nc}` : ""}${opaque === undefined ? "" : `, opaque="${opaque}"`}`;
    return true;
  }

  /** The header's value for the last challenge that could be answered. */
  toString(): string {
    return this.#answer;
  }
}

export interface DigestInput {
  readonly user: string; readonly password: string; readonly realm: string; readonly nonce: string;
  readonly nc: string; readonly cnonce: string; readonly method: string; readonly uri: string; readonly algorithm: Hash;
  readonly qop: "auth" | "auth-int" | undefined;
  /** Stands under the proof with `auth-int`. */
  readonly body?: string | undefined;
}

/** The `response` of RFC 7616 section 3.4.1, in hex; without a quality of protection that of RFC 2069. */
export function digestResponse({ user, password, realm, nonce, nc, cnonce, method, uri, algorithm, qop, body = "" }: DigestInput): string {
  const hash = (text: string): string => bytesToHex(hashes[algorithm](utf8ToBytes(text)));
  const [secret, asked] = [hash(`${user}:${realm}:${password}`), hash(`${method}:${uri}${qop === "auth-int" ? `:${hash(body)}` : ""}`)];
  return hash(qop ? `${secret}:${nonce}:${nc}:${cnonce}:${qop}:${asked}` : `${secret}:${nonce}:${asked}`);
}

const quoted = (text: string): string => text.replace(/["\\]/g, "\\$&");
