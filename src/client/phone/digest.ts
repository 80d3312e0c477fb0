import { Core } from "sip.js";
import { sha256, sha512_256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What sip.js cannot answer and this phone can (RFC 8760 section 2.1). */
const hashes = { "SHA-256": sha256, "SHA-512-256": sha512_256 } as const;
export type Hash = keyof typeof hashes;
const isHash = (algorithm: string): algorithm is Hash => Object.hasOwn(hashes, algorithm);

/** What this phone can answer, best first (RFC 8760 section 2.4). */
const known = ["SHA-256", "SHA-512-256", "MD5"] as const;

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
  const best = known.map((algorithm) => offers.find((line) => algorithmOf(line) === algorithm)).find((line) => line !== undefined) ?? offers[0];
  return lines.filter((line) => line === best || !isChallenge(line)).join("\r\n") + rest;
}

const algorithmOf = (line: string): string => (/\balgorithm\s*=\s*"?([\w-]+)/i.exec(line)?.[1] ?? "MD5").toUpperCase();

/** What sip.js makes of a challenge. */
export interface Challenge { readonly stale?: boolean; readonly algorithm?: string; readonly realm?: string; readonly nonce?: string; readonly opaque?: string; readonly qop?: readonly string[] | string }

/** Proves the password to the PBX: by SHA-2 here (RFC 7616 section 3.4, RFC 8760), by MD5 as sip.js does it. */
export class Credentials extends Core.DigestAuthentication {
  readonly #user: string;
  readonly #password: string;
  #count = 0;
  #answer: string | undefined;

  constructor(loggers: Core.LoggerFactory, user: string, password: string) {
    super(loggers, undefined, user, password);
    this.#user = user;
    this.#password = password;
  }

  /** False when this phone cannot answer such a challenge. */
  override authenticate(request: Core.OutgoingRequestMessage, challenge: Challenge, body?: string): boolean {
    this.#answer = undefined;
    const algorithm = challenge.algorithm?.toUpperCase() ?? "MD5";
    if (!isHash(algorithm)) return super.authenticate(request, challenge, body);
    const { realm, nonce, opaque } = challenge;
    const offered = typeof challenge.qop === "string" ? challenge.qop.split(",") : challenge.qop ?? [];
    // Without a quality of protection there is no counter against replays; nobody who offers SHA-2 does so.
    if (!realm || !nonce || !offered.some((one) => one.trim().toLowerCase() === "auth")) return false;
    this.#count += 1;
    const uri = request.ruri.toString();
    const nc = this.#count.toString(16).padStart(8, "0");
    const cnonce = bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
    const response = digestResponse({ user: this.#user, password: this.#password, realm, nonce, nc, cnonce, method: request.method, uri, algorithm });
    this.#answer = `Digest username="${quoted(this.#user)}", realm="${quoted(realm)}", nonce="${nonce}", uri="${uri}", response="${response}", `
      + `algorithm=${algorithm}, cnonce="${cnonce}", qop=auth, nc=${nc}${opaque === undefined ? "" : `, opaque="${opaque}"`}`;
    return true;
  }

  override toString(): string {
    return this.#answer ?? super.toString();
  }
}

export interface DigestInput {
  readonly user: string; readonly password: string; readonly realm: string; readonly nonce: string;
  readonly nc: string; readonly cnonce: string; readonly method: string; readonly uri: string; readonly algorithm: Hash;
}

/** The `response` of RFC 7616 section 3.4.1 with qop=auth, in hex. */
export function digestResponse({ user, password, realm, nonce, nc, cnonce, method, uri, algorithm }: DigestInput): string {
  const hash = (text: string): string => bytesToHex(hashes[algorithm](utf8ToBytes(text)));
  return hash(`${hash(`${user}:${realm}:${password}`)}:${nonce}:${nc}:${cnonce}:auth:${hash(`${method}:${uri}`)}`);
}

const quoted = (text: string): string => text.replace(/["\\]/g, "\\$&");
