/** Where a request goes (RFC 3261 16.4, 16.5). Pure. */
import { elements, withElements, without } from "./head.ts";
import type { Head } from "./head.ts";
import type { SipRequest, SipUri } from "./message.ts";
import { parseUri } from "./sipLibrary.ts";

/**
 * The Record-Route of a dialog names both its legs, so that whoever sends along it reaches the other one: contacts on
 * WebSockets end in `.invalid` and can be found by their connection only (RFC 7118 5, RFC 5626 5.3).
 */
export function recordRoute(domain: string, callerLeg: string, calleeLeg: string): string {
  return `<sip:leg.${callerLeg}.${calleeLeg}@${domain};transport=ws;lr>`;
}

export type Destination =
  | { readonly kind: "self" }
  /** Along a dialog, to the flow of the other leg. */
  | { readonly kind: "leg"; readonly flowId: string }
  /** To a line or a practice number of ours. */
  | { readonly kind: "user"; readonly user: string }
  /** To a Contact, or to a domain that is not ours. */
  | { readonly kind: "contact"; readonly uri: SipUri }
  | { readonly kind: "refused"; readonly status: 400 | 403; readonly why: string };

export interface Routed {
  readonly destination: Destination;
  /** The head with our own Route taken off. */
  readonly head: Head;
  /** The Request-URI, which a strict router before us may have moved (16.4). */
  readonly target: string;
}

/** @param legs the flows that the sender may speak for. */
export function route(request: SipRequest, domain: string, legs: ReadonlySet<string>): Routed {
  const ours = (uri: SipUri) => uri.host.toLowerCase() === domain.toLowerCase();
  let { head, target, uri } = request;
  let routes = elements(head, "route");
  const refused = (status: 400 | 403, why: string): Routed => ({ destination: { kind: "refused", status, why }, head, target });

  const strict = routes.at(-1);
  if (legsOf(uri) && ours(uri) && strict !== undefined) {
    const real = uriOfRoute(strict);
    if (!real) return refused(400, "Malformed Route");
    routes = [`<${target}>`, ...routes.slice(0, -1)];
    target = real.text;
    uri = real.uri;
    head = withElements(head, "route", "Route", routes);
  }

  const top = routes[0];
  if (top !== undefined) {
    const first = uriOfRoute(top);
    if (!first) return refused(400, "Malformed Route");
    const pair = ours(first.uri) ? legsOf(first.uri) : undefined;
    // A Route without user is a client's outbound proxy: us, by whatever name it was given our address.
    if (!pair && first.uri.user !== undefined) return refused(403, "Foreign Route");
    const rest = routes.slice(1);
    head = rest.length === 0 ? without(head, ["route"]) : withElements(head, "route", "Route", rest);
    if (pair) {
      const flowId = legs.has(pair[0]) ? pair[1] : legs.has(pair[1]) ? pair[0] : undefined;
      return flowId === undefined ? refused(403, "Not Your Dialog") : { destination: { kind: "leg", flowId }, head, target };
    }
  }
  if (!ours(uri)) return { destination: { kind: "contact", uri }, head, target };
  if (uri.user === undefined || request.method === "REGISTER") return { destination: { kind: "self" }, head, target };
  return { destination: { kind: "user", user: uri.user }, head, target };
}

function uriOfRoute(value: string): { uri: SipUri; text: string } | undefined {
  const text = /<([^>]*)>/.exec(value)?.[1] ?? "";
  const uri = parseUri(text);
  return uri && { uri, text };
}

function legsOf(uri: SipUri): [string, string] | undefined {
  const found = /^leg\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(uri.user ?? "");
  return found?.[1] && found[2] ? [found[1], found[2]] : undefined;
}
