/** What a REGISTER does to the bindings of a line (RFC 3261 10.3). Pure. */
import { bindingKey } from "./bindings.ts";
import type { Binding } from "./bindings.ts";
import type { ContactField } from "./message.ts";

export interface Registering {
  readonly contacts: readonly ContactField[];
  /** `Contact: *`. */
  readonly everyContact: boolean;
  /** The Expires header as written. */
  readonly expires: string | undefined;
  readonly callId: string;
  readonly cseq: number;
  readonly flowId: string;
  readonly now: number;
  /** Most bindings of one line. */
  readonly most: number;
}

export type Registered =
  | { readonly ok: true; readonly bindings: readonly Binding[] }
  | { readonly ok: false; readonly status: 400 | 403 | 423 | 500; readonly why: string };

/** Seconds. A binding ends with its socket anyway, so a long one does no harm and a short one only costs messages. */
export const expiry = { usual: 3600, least: 10, most: 3600 } as const;

export function register(current: readonly Binding[], wish: Registering): Registered {
  if (wish.everyContact) {
    if (wish.contacts.length > 0 || seconds(wish.expires) !== 0) return { ok: false, status: 400, why: "Star Needs Expires 0" };
    return current.some((binding) => outOfOrder(binding, wish)) ? overtaken : { ok: true, bindings: [] };
  }
  let bindings = current;
  for (const contact of wish.contacts) {
    if (contact.uri.scheme !== "sip" && contact.uri.scheme !== "sips") return { ok: false, status: 400, why: "Contact Not SIP" };
    const key = bindingKey(contact);
    const before = bindings.find((binding) => binding.key === key);
    if (before && outOfOrder(before, wish)) return overtaken;
    const wanted = seconds(contact.params["expires"] ?? wish.expires) ?? expiry.usual;
    if (wanted > 0 && wanted < expiry.least) return { ok: false, status: 423, why: "Interval Too Brief" };
    bindings = bindings.filter((binding) => binding.key !== key);
    if (wanted === 0) continue;
    const expiresAt = wish.now + Math.min(wanted, expiry.most) * 1000;
    bindings = [...bindings, { key, contact, flowId: wish.flowId, callId: wish.callId, cseq: wish.cseq, expiresAt }];
  }
  if (bindings.length > wish.most) return { ok: false, status: 403, why: "Too Many Registrations" };
  return { ok: true, bindings };
}

const overtaken: Registered = { ok: false, status: 500, why: "REGISTER Out Of Order" };

/** RFC 3261 10.3 step 7: the same client's older request came later. */
function outOfOrder(binding: Binding, wish: Registering): boolean {
  return binding.callId === wish.callId && wish.cseq <= binding.cseq;
}

/** delta-seconds; undefined when it is none, which is read as "as usual" (RFC 3261 10.2.1.1). */
function seconds(text: string | null | undefined): number | undefined {
  return text && /^\d+$/.test(text) ? Math.min(Number(text), expiry.most) : undefined;
}
