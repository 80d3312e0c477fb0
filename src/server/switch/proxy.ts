/**
 * What becomes of a request (RFC 3261 16.3 to 16.6): the checks that it must pass, and where it goes. The parts that decide
 * something are pure and stand apart (route.ts, fork.ts, register.ts, digest.ts); this file asks them in the right order.
 */
import { authenticate } from "./access.ts";
import { addressOf } from "./bindings.ts";
import type { Dialog } from "./dialogs.ts";
import type { Flow } from "./flow.ts";
import { forwarded, loops } from "./forward.ts";
import { Forwarding } from "./forwarding.ts";
import type { Target } from "./forwarding.ts";
import { elements, values } from "./head.ts";
import type { SipRequest } from "./message.ts";
import { serveRegister } from "./registrar.ts";
import type { RegistrarWorld } from "./registrar.ts";
import { replyTo } from "./reply.ts";
import { route } from "./route.ts";
import type { Routed } from "./route.ts";
import type { Served, Transactions } from "./transactions.ts";

export interface ProxyWorld extends RegistrarWorld {
  readonly transactions: Transactions;
  /** The agent of this process that serves a user part. */
  readonly agentFor: (user: string) => Flow | undefined;
}

const ownMethods = "OPTIONS, REGISTER";
const knownMethods = ["INVITE", "ACK", "CANCEL", "BYE", "INFO", "UPDATE", "PRACK", "REFER", "NOTIFY", "SUBSCRIBE", "PUBLISH", "MESSAGE"];
/** Option tags that the switch itself understands in Require and Proxy-Require. */
const ownOptions = ["path", "outbound"];

/**
 * Whether the sender is the side of the call that its From names: a third party may know a call's tags from Refer-To, and
 * a side may not take another name in the middle of a call.
 */
function speaksFor(flow: Flow, request: SipRequest, dialog: Dialog): boolean {
  const side = dialog.caller.tag === request.from.tag ? dialog.caller : dialog.callee;
  return flow.legs.has(side.flowId) && addressOf(request.from.uri) === side.address;
}

/** Gives the function that takes every request of every flow. */
export function createProxy(world: ProxyWorld): (flow: Flow, request: SipRequest) => Promise<void> {
  const { domain, findLine, now, limits, bindings, calls, transactions } = world;
  const forwardingWorld = {
    domain, limits, transactions,
    accepted: (...all: Parameters<typeof calls.accepted>) => calls.accepted(...all),
  };

  async function takeRequest(flow: Flow, request: SipRequest): Promise<void> {
    const known = transactions.find(flow, request.branch, request.method);
    if (request.method === "ACK") return known && !known.accepted() ? known.again(request) : passAck(flow, request);
    if (known) return known.again(request);
    if (!flow.trusted && transactions.count(flow) >= limits.transactions) {
      const lines = [{ name: "Retry-After", value: "5" }];
      return flow.send(replyTo(request.head, 503, "busy", { lines }), request.bytes);
    }
    const served = transactions.serve(flow, request);
    if (request.method === "CANCEL") return cancel(served);
    return decide(served).catch((error: unknown) => {
      served.reply(500);
      throw error;
    });
  }

  /** RFC 3261 16.10: CANCEL is answered here, and the branches are cancelled from here. */
  function cancel(served: Served): void {
    const invite = transactions.find(served.flow, served.request.branch, "INVITE");
    if (!invite) return served.reply(481);
    served.reply(200);
    invite.givenUp?.();
  }

  /** RFC 3261 16.3: may this request be dealt with at all, and where does it go? */
  async function decide(served: Served): Promise<void> {
    const { flow, request } = served;
    if (request.uri.scheme !== "sip" && request.uri.scheme !== "sips") return served.reply(416);
    const routed = route(request, domain, flow.legs);
    const { destination } = routed;
    const dialog = calls.dialogs.of(request);
    if (dialog && !speaksFor(flow, request, dialog)) return served.reply(403, { reason: "Not Your Dialog" });
    if (destination.kind === "self") return serveSelf(served);
    if (request.maxForwards === 0) return served.reply(483);
    if (loops(request)) return served.reply(482);
    if (!understood(served, "proxy-require")) return;
    if (!(await allowed(served, dialog !== undefined))) return;
    if (destination.kind === "refused") return served.reply(destination.status, { reason: destination.why });
    await forwardTo(served, routed, dialog);
  }

  async function serveSelf(served: Served): Promise<void> {
    const { method } = served.request;
    if (!understood(served, "require") || !understood(served, "proxy-require")) return;
    const allow = { name: "Allow", value: ownMethods };
    if (method === "REGISTER") return serveRegister(world, served);
    if (method === "OPTIONS") {
      const lines = [allow, { name: "Accept", value: "application/sdp" }, { name: "Supported", value: ownOptions.join(", ") }];
      return served.reply(200, { lines });
    }
    return knownMethods.includes(method) ? served.reply(405, { lines: [allow] }) : served.reply(501);
  }

  /** RFC 3261 8.2.2.3, 16.3 step 5. */
  function understood(served: Served, header: "require" | "proxy-require"): boolean {
    const foreign = elements(served.request.head, header).filter((tag) => !ownOptions.includes(tag.toLowerCase()));
    if (foreign.length > 0) served.reply(420, { lines: [{ name: "Unsupported", value: foreign.join(", ") }] });
    return foreign.length === 0;
  }

  /** Nobody speaks for another: From is the line that the socket has proved, or what the dialog says that it is. */
  async function allowed(served: Served, insideCall: boolean): Promise<boolean> {
    const { flow, request } = served;
    if (flow.trusted || (insideCall && flow.lines.size > 0)) return true;
    const { user, host } = request.from.uri;
    if (user === undefined || !flow.lines.has(user)) {
      if (flow.lines.size > 0 && values(request.head, "proxy-authorization").length === 0) {
        served.reply(403, { reason: "From Is Not Your Line" });
        return false;
      }
      const line = await authenticate(world, served);
      if (line === undefined) return false;
      if (line !== user) {
        served.reply(403, { reason: "From Is Not Your Line" });
        return false;
      }
    }
    if (host.toLowerCase() === domain.toLowerCase()) return true;
    served.reply(403, { reason: "From Is Not Our Domain" });
    return false;
  }

  async function forwardTo(served: Served, routed: Routed, dialog: Dialog | undefined): Promise<void> {
    const { flow, request } = served;
    const { destination } = routed;
    if (dialog) calls.dialogs.sent(request);
    if (dialog && request.method === "BYE") calls.dialogs.remove(dialog);
    if (request.method === "INVITE" && !flow.trusted && !dialog && calls.dialogs.ofFlow(flow.id).length >= limits.dialogs) {
      return served.reply(486, { reason: "Too Many Calls" });
    }
    if (request.method === "INVITE") served.reply(100);
    const forwarding = new Forwarding(forwardingWorld, served);

    if (destination.kind === "leg") {
      const other = calls.speaker(destination.flowId);
      if (other && other !== "away") return forwarding.send(routed.head, [{ flow: other, uri: routed.target }]);
      // The other side is gone: hanging up has nothing left to do, the rest may find it back.
      if (request.method === "BYE") return served.reply(200);
      return served.reply(other === "away" ? 480 : 481);
    }
    if (destination.kind === "contact") {
      const flowId = bindings.findContact(destination.uri, now())?.flowId;
      const target = flowId === undefined ? undefined : world.flow(flowId);
      return target ? forwarding.send(routed.head, [{ flow: target, uri: routed.target }]) : served.reply(request.to.tag === undefined ? 404 : 481);
    }
    if (destination.kind !== "user") return;
    const targets = targetsOf(destination.user, routed.target);
    if (targets.length > 0) return forwarding.send(routed.head, targets);
    served.reply((await findLine(destination.user)) ? 480 : 404);
  }

  function targetsOf(user: string, uri: string): Target[] {
    const agent = world.agentFor(user);
    if (agent) return [{ flow: agent, uri }];
    return bindings.of(user, now()).flatMap((binding) => {
      const flow = world.flow(binding.flowId);
      return flow ? [{ flow, uri: binding.contact.text }] : [];
    });
  }

  /** ACK for a 2xx goes its own way along the dialog, and nobody answers it (RFC 3261 13.2.2.4, 16.11). */
  function passAck(flow: Flow, request: SipRequest): void {
    if ((flow.lines.size === 0 && !flow.trusted) || request.maxForwards === 0 || loops(request)) return;
    const dialog = calls.dialogs.of(request);
    if (dialog && !speaksFor(flow, request, dialog)) return;
    const { destination, head, target } = route(request, domain, flow.legs);
    const other = destination.kind === "leg" ? calls.speaker(destination.flowId)
      : destination.kind === "contact" && dialog ? world.flow(bindings.findContact(destination.uri, now())?.flowId ?? "") : undefined;
    if (!other || other === "away") return;
    other.send(forwarded(request, { head, target, domain }).text, request.bytes);
  }

  return takeRequest;
}
