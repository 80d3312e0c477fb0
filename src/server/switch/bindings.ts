/** Who can be reached where: the location service behind the registrar (RFC 3261 10). */
import type { ContactField, SipUri } from "./message.ts";

export interface Binding {
  /** Instance and reg-id (RFC 5626 6), or the URI for clients without them: a client's next registration replaces this one. */
  readonly key: string;
  readonly contact: ContactField;
  /** The socket (flow) that it came over and ends with. */
  readonly flowId: string;
  readonly callId: string;
  readonly cseq: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export function bindingKey(contact: ContactField): string {
  const instance = contact.params["+sip.instance"];
  const regId = contact.params["reg-id"];
  return instance && regId ? `${instance} ${regId}` : placeOf(contact.uri);
}

/** What tells people apart here; the rest of a URI is the client's own business. */
export function addressOf(uri: SipUri): string {
  return `${uri.user ?? ""}@${uri.host.toLowerCase()}`;
}

/** What tells telephones apart that have no instance: two of one person may be at two ports of one host, or behind two routers at the same one. */
const placeOf = (uri: SipUri): string => `${addressOf(uri)}:${uri.port ?? ""}`;

export class Bindings {
  readonly #lines = new Map<string, readonly Binding[]>();

  of(line: string, now: number): readonly Binding[] {
    const all = this.#lines.get(line) ?? [];
    const live = all.filter((binding) => binding.expiresAt > now);
    if (live.length < all.length) this.set(line, live);
    return live;
  }

  set(line: string, bindings: readonly Binding[]): void {
    if (bindings.length === 0) this.#lines.delete(line);
    else this.#lines.set(line, bindings);
  }

  /** Ends what was registered over a socket; gives back the keys that it held, for a client that comes back. */
  dropFlow(flowId: string): string[] {
    const keys: string[] = [];
    for (const [line, bindings] of this.#lines) {
      const gone = bindings.filter((binding) => binding.flowId === flowId);
      if (gone.length === 0) continue;
      keys.push(...gone.map((binding) => `${line} ${binding.key}`));
      this.set(line, bindings.filter((binding) => binding.flowId !== flowId));
    }
    return keys;
  }

  /** The socket behind a contact, for requests that go to a contact and not to a line (REFER with Replaces). */
  findContact(uri: SipUri, now: number): Binding | undefined {
    for (const line of this.#lines.keys()) {
      const found = this.of(line, now).find((binding) => placeOf(binding.contact.uri) === placeOf(uri));
      if (found) return found;
    }
    return undefined;
  }
}
