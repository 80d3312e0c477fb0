/** A request on its way through the switch (RFC 3261 16.6) and a response on its way back (16.7). Pure but for the branch. */
import { createHmac, randomBytes } from "node:crypto";
import { elements, joinMessage, values, withElements, without } from "./head.ts";
import type { Head } from "./head.ts";
import type { SipRequest, SipResponse } from "./message.ts";
import type { Outgoing } from "./sipLibrary.ts";

const startMaxForwards = 70;
/** Said by a client about itself, these would be believed as if the switch had said them (RFC 3325 5). */
const forgeable = ["p-asserted-identity", "p-preferred-identity", "remote-party-id"];
const branchSecret = randomBytes(16);

export interface Hop {
  readonly head: Head;
  /** The new Request-URI. */
  readonly target: string;
  readonly domain: string;
  /** Set on requests that may begin a dialog. */
  readonly recordRoute?: string;
}

export function forwarded(request: SipRequest, hop: Hop): Outgoing {
  const branch = `z9hG4bK${randomBytes(12).toString("hex")}.${loopMark(request)}`;
  const via = `SIP/2.0/WS ${hop.domain};branch=${branch}`;
  let head = without(hop.head, ["proxy-authorization", ...forgeable]);
  head = withElements(head, "via", "Via", [via, ...elements(head, "via")]);
  head = withElements(head, "max-forwards", "Max-Forwards", [String((request.maxForwards ?? startMaxForwards + 1) - 1)]);
  if (hop.recordRoute) head = withElements(head, "record-route", "Record-Route", [hop.recordRoute, ...elements(head, "record-route")]);
  head = { ...head, start: `${request.method} ${hop.target} SIP/2.0` };
  return {
    method: request.method, target: hop.target, callId: request.callId, cseq: request.cseq, branch, via,
    from: values(head, "from")[0] ?? "", routes: elements(head, "route"), text: withBody(head, request),
  };
}

/** CANCEL for a request that was forwarded (RFC 3261 9.1). @param elsewhere the call was taken at another place (RFC 3326 2) */
export function cancelling(sent: Outgoing, to: string, elsewhere: boolean): Outgoing {
  const routes = sent.routes.map((value) => ({ name: "Route", value }));
  const lines = [
    { name: "Via", value: sent.via }, { name: "Max-Forwards", value: "70" }, ...routes, { name: "From", value: sent.from },
    { name: "To", value: to }, { name: "Call-ID", value: sent.callId }, { name: "CSeq", value: `${sent.cseq} CANCEL` },
    ...(elsewhere ? [{ name: "Reason", value: 'SIP;cause=200;text="Call completed elsewhere"' }] : []),
  ];
  return { ...sent, method: "CANCEL", text: joinMessage({ start: `CANCEL ${sent.target} SIP/2.0`, lines }, "", 0) };
}

/** A response with our Via taken off. */
export function backward(response: SipResponse, challengesOfOthers: readonly SipResponse[] = []): string {
  let head = withElements(without(response.head, forgeable), "via", "Via", elements(response.head, "via").slice(1));
  const more = challengesOfOthers.flatMap((other) => other.head.lines.filter((line) => /^(www|proxy)-authenticate$/i.test(line.name)));
  if (more.length > 0) head = { ...head, lines: [...head.lines, ...more] };
  return withBody(head, response);
}

/**
 * RFC 3261 18.2.1: the address that the request came from goes into its Via, because what the client says there
 * (`….invalid`) is nobody's.
 */
export function withReceived(head: Head, remoteAddress: string): Head {
  const [top, ...rest] = elements(head, "via");
  if (top === undefined) return head;
  const address = remoteAddress.replace(/^::ffff:/i, "");
  const claimless = top.replaceAll(/;\s*received\s*=\s*[^;,\s]*/gi, "");
  return withElements(head, "via", "Via", [`${claimless};received=${address}`, ...rest]);
}

/**
 * RFC 3261 16.3 step 4, 16.6 step 8: the second half of our branch is made of everything that routing depends on; a
 * request that comes back with it unchanged runs in a circle.
 */
export function loops(request: SipRequest): boolean {
  const mark = `.${loopMark(request)}`;
  return elements(request.head, "via").some((via) => /;\s*branch\s*=\s*([^;,\s]+)/i.exec(via)?.[1]?.endsWith(mark));
}

function loopMark(request: SipRequest): string {
  const parts = [request.target, request.from.tag, request.to.tag, request.callId, request.cseq, ...elements(request.head, "route")];
  return createHmac("sha256", branchSecret).update(JSON.stringify(parts)).digest("hex").slice(0, 24);
}

function withBody(head: Head, message: { readonly body: string; readonly bytes: boolean }): string {
  return joinMessage(head, message.body, Buffer.byteLength(message.body, message.bytes ? "latin1" : "utf8"));
}
