import { Core, UserAgent, type URI } from "sip.js";
import { forgetProofs } from "./everyChallenge.ts";
import { askHeaders, readLeast, SHORTEST } from "./sessionTimer.ts";

/** What goes on beside what sip.js itself tells of an INVITE. */
export interface FirstInviteHooks {
  /** A provisional response that opens no dialog (no tag, or no Contact): sip.js drops it, and nobody would know that it rings. */
  onPlainProgress(message: Core.IncomingResponseMessage): void;
  /** May the call be led to this user by a redirection? */
  mayFollow(user: string): boolean;
}

/** How many times a call is redirected before that is taken for a circle. */
const HOPS = 5;

const hooksOf = new WeakMap<Core.OutgoingRequestMessage, FirstInviteHooks>();

/** From now on the INVITE of this request, when it is sent, has these hooks. */
export function hookInvite(request: Core.OutgoingRequestMessage, hooks: FirstInviteHooks): void {
  hooksOf.set(request, hooks);
}

/** Makes every INVITE of this agent one that is patient: asked again where the standards say so. */
export function makePatient(core: Core.UserAgentCore): void {
  core.invite = (request, delegate) => new FirstInvite(core, request, delegate) as Core.OutgoingInviteRequest;
}

/**
 * An INVITE that is sent again as the far side asks: with a longer session timer (422, RFC 4028 section 7.3) or to another
 * address (3xx, RFC 3261 8.1.3.4), in the same call, with the next CSeq. What was cancelled is not sent again.
 */
class FirstInvite extends Core.InviteUserAgentClient {
  #cancelled = false;
  #least = SHORTEST;
  #hops = 0;
  readonly #tried = new Set<string>();
  #further: readonly URI[] = [];

  override cancel(reason?: string, options?: Core.RequestOptions): Core.OutgoingRequestMessage {
    this.#cancelled = true;
    return super.cancel(reason, options);
  }

  protected override receiveResponse(message: Core.IncomingResponseMessage): void {
    const status = message.statusCode ?? 0;
    if (this.#cancelled && ([401, 407, 422].includes(status) || (status >= 300 && status < 400))) {
      // Asked again it would ring after all, so for us this is the end that the CANCEL wanted (RFC 3261 9.1).
      message.statusCode = 487;
      return super.receiveResponse(message);
    }
    if (status === 422 && this.#lengthen(message)) return;
    if (status >= 300 && status < 400) {
      const turn = this.#redirect(message);
      if (turn === "sent") return;
      if (turn === "loop") message.statusCode = 482;
      return super.receiveResponse(message);
    }
    // Of several addresses in a redirection the next best is tried; a global refusal is the last word (RFC 3261 8.1.3.4).
    if (status >= 404 && status < 600 && ![407, 422, 487].includes(status) && !this.#cancelled && this.#next()) return;
    if (status > 100 && status < 200 && (!message.toTag || !message.hasHeader("contact"))) {
      if (!this.#cancelled) hooksOf.get(this.message)?.onPlainProgress(message);
      return;
    }
    super.receiveResponse(message);
  }

  #lengthen(message: Core.IncomingResponseMessage): boolean {
    const least = readLeast(message);
    if (least <= this.#least) return false;
    this.#least = least;
    const rest = this.message.extraHeaders.filter((line) => !/^(?:session-expires|min-se)\s*:/i.test(line));
    this.message.extraHeaders.splice(0, Infinity, ...rest, ...askHeaders(least));
    this.#again();
    return true;
  }

  #redirect(message: Core.IncomingResponseMessage): "sent" | "loop" | "nowhere" {
    this.#tried.add(keyOf(this.message.ruri));
    const offered = contactsOf(message);
    const hooks = hooksOf.get(this.message);
    const usable = offered.filter((uri) => hooks?.mayFollow(uri.user ?? "") === true);
    const fresh = usable.filter((uri) => !this.#tried.has(keyOf(uri)));
    this.#hops += 1;
    if (this.#hops > HOPS || (usable.length > 0 && fresh.length === 0)) return "loop";
    this.#further = [...fresh, ...this.#further];
    return this.#next() ? "sent" : "nowhere";
  }

  /** Sends the INVITE to the next address that a redirection named. False when there is none. */
  #next(): boolean {
    const [target, ...further] = this.#further;
    this.#further = further;
    if (!target) return false;
    this.#tried.add(keyOf(target));
    Reflect.set(this.message, "ruri", target);
    // Another server asks for the password anew.
    forgetProofs(this.message);
    this.#again();
    return true;
  }

  /** As sip.js does it after a challenge: the next CSeq, a new transaction (RFC 3261 8.1.3.5). */
  #again(): void {
    this.message.cseq += 1;
    this.message.setHeader("cseq", `${this.message.cseq} ${this.message.method}`);
    (Reflect.get(this, "init") as () => void).call(this);
  }
}

const keyOf = (uri: URI): string => `${uri.user ?? ""}@${uri.host}`.toLowerCase();

/** The SIP addresses in Contact, best first (q, RFC 3261 20.10). */
function contactsOf(message: Core.IncomingResponseMessage): readonly URI[] {
  return message.getHeaders("contact").flatMap((value) => {
    const [, address = "", parameters = ""] = /<([^>]*)>(.*)$/s.exec(value) ?? [undefined, value.split(";")[0]?.trim() ?? "", value];
    const uri = /^sips?:/i.test(address) ? UserAgent.makeURI(address) : undefined;
    const q = Number(/;\s*q\s*=\s*([\d.]+)/i.exec(parameters)?.[1] ?? 1);
    return uri && uri.host !== NOWHERE ? [{ uri, q: Number.isFinite(q) ? q : 0 }] : [];
  }).toSorted((a, b) => b.q - a.q).map(({ uri }) => uri);
}

/** Stands for an address in a redirection that is none of a telephone. */
const NOWHERE = "nowhere.invalid";

/**
 * Makes every address in the Contacts of a redirection a SIP address, because sip.js drops the whole message for one that it
 * cannot parse, and the call would hang: a telephone number (RFC 3966) becomes one at our own domain, as which the PBX knows it
 * too (RFC 3261 19.1.6); mailto and the like become nobody's.
 */
export function readableRedirect(message: string, domain: string): string {
  if (!/^SIP\/2\.0 3\d\d /.test(message)) return message;
  return message.replace(/^(?:contact|m)[ \t]*:[^\r]*(?:\r\n[ \t][^\r]*)*/gim, (line) =>
    line.replace(/<(?!sips?:)([a-z][a-z0-9+.-]*):([^>]*)>|(?<=[:,]\s*)(?!sips?:)([a-z][a-z0-9+.-]*):([^;,\s]*)/gi, (_, scheme?: string, inside?: string, bareScheme?: string, bare?: string) =>
      /^tel$/i.test(scheme ?? bareScheme ?? "") ? `<sip:${(inside ?? bare ?? "").replace(/;.*$/s, "").replace(/[^\d+*#]/g, "")}@${domain}>` : `<sip:${NOWHERE}>`));
}
