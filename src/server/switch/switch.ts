/**
 * The embedded SIP switch: registrar and record-routing proxy (RFC 3261) over WebSocket (RFC 7118), for the demo,
 * practice calls and training. It is no company's telephone exchange: it has no trunks, no voice mail, no relays for
 * media, and forgets all calls when the process ends. This file puts the parts together and decides who deals with a frame.
 */
import { randomBytes } from "node:crypto";
import type { WebSocket } from "ws";
import { authenticate } from "./access.ts";
import { addressOf, Bindings } from "./bindings.ts";
import { Calls } from "./calls.ts";
import { lineSecret } from "./digest.ts";
import type { Dialog } from "./dialogs.ts";
import type { LineSecret } from "./digest.ts";
import { FlowGone, localFlow, socketFlow } from "./flow.ts";
import type { Flow, FlowUser } from "./flow.ts";
import { forwarded, loops, withReceived } from "./forward.ts";
import { Forwarding } from "./forwarding.ts";
import type { Target } from "./forwarding.ts";
import { elements, values } from "./head.ts";
import { defaultLimits } from "./limits.ts";
import type { Limits } from "./limits.ts";
import type { SipRequest } from "./message.ts";
import { readFrame } from "./reading.ts";
import { serveRegister } from "./registrar.ts";
import { replyTo } from "./reply.ts";
import { route } from "./route.ts";
import type { Routed } from "./route.ts";
import { Transactions } from "./transactions.ts";
import type { Served } from "./transactions.ts";

export { lineSecret };
export type { LineSecret };

export interface SwitchOptions {
  /** SIP domain and realm, such as "sufler.invalid" or "127.0.0.1". */
  readonly domain: string;
  /** The secret of a line; undefined when there is no such line. A rejection is answered by 500. */
  readonly findLine: (username: string) => Promise<LineSecret | undefined>;
  /** Gets no phone numbers and no secrets. */
  readonly log?: (event: string, detail?: Record<string, unknown>) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly limits?: Partial<Limits>;
}

/** An agent within this process, such as the practice customers. */
export interface LocalAgent {
  serves(user: string): boolean;
  receive(message: string): void;
}

export interface SipSwitch {
  /** Takes a WebSocket that was accepted on /sip with the subprotocol "sip". */
  accept(socket: WebSocket, remoteAddress: string): void;
  /** Every request outside a dialog whose user part the agent serves goes to it, and the later ones by Record-Route. */
  attach(agent: LocalAgent): { send(message: string): void; close(): void };
  /** How many contacts a line has registered. */
  registered(username: string): number;
  /** Ends a line's registrations, sockets and calls at once (sign-out, all sessions ended). */
  dropPerson(username: string): void;
  /** What is kept in mind, for tests and diagnostics. */
  load(): { flows: number; transactions: number; dialogs: number };
  stop(): Promise<void>;
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

export function createSwitch(options: SwitchOptions): SipSwitch {
  const { domain, findLine } = options;
  const now = options.now ?? Date.now;
  const log = options.log ?? (() => undefined);
  const limits: Limits = { ...defaultLimits, ...options.limits };

  const flows = new Map<string, Flow>();
  const agents = new Map<Flow, LocalAgent>();
  const bindings = new Bindings();
  const transactions = new Transactions(() => randomBytes(6).toString("hex"));
  const calls = new Calls(domain, transactions, limits.graceMs);
  const access = { domain, limits, now, findLine };
  const registrar = { ...access, bindings, calls, flow: (id: string) => flows.get(id) };
  const forwardingWorld = {
    domain, limits, transactions,
    accepted: (...all: Parameters<Calls["accepted"]>) => calls.accepted(...all),
  };
  const signedOut = new WeakSet<Flow>();

  const flowUser: FlowUser = {
    async frame(flow, text, bytes) {
      try {
        await takeFrame(flow, text, bytes);
      } catch (error) {
        if (error instanceof FlowGone) return;
        log("sip.fault", { message: error instanceof Error ? error.message : String(error) });
      }
    },
    gone(flow, why) {
      flows.delete(flow.id);
      agents.delete(flow);
      const keys = bindings.dropFlow(flow.id);
      calls.flowGone(flow, keys, flow.trusted || signedOut.has(flow));
      transactions.flowGone(flow);
      log("sip.flowGone", { flow: flow.id, why, broken: flow.broken });
    },
    fault: (error) => log("sip.agentFault", { message: error instanceof Error ? error.message : String(error) }),
  };

  function opened<T extends Flow>(flow: T): T {
    flows.set(flow.id, flow);
    calls.flowOpened(flow);
    log("sip.flowOpened", { flow: flow.id });
    return flow;
  }

  function takeFrame(flow: Flow, text: string, bytes: boolean): Promise<void> | void {
    const reading = readFrame(text, bytes, limits.headBytes);
    switch (reading.kind) {
      case "keepAlive": return flow.send("\r\n", false);
      case "noise": {
        flow.broken += 1;
        return;
      }
      case "response": return transactions.receive(flow, reading);
      case "request": {
        const head = flow.trusted ? reading.head : withReceived(reading.head, flow.address);
        return takeRequest(flow, { ...reading, head });
      }
      case "broken": {
        // The first of a socket is told, and their number at its end: a hostile client must not fill the log.
        if ((flow.broken += 1) === 1) log("sip.broken", { flow: flow.id, status: reading.status, why: reading.why });
        if (reading.head.start.startsWith("ACK ") || values(reading.head, "via").length === 0) return;
        return flow.send(replyTo(reading.head, reading.status, randomBytes(6).toString("hex"), { reason: reading.why }), bytes);
      }
    }
  }

  function takeRequest(flow: Flow, request: SipRequest): Promise<void> | void {
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
    if (method === "REGISTER") return serveRegister(registrar, served);
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
      const line = await authenticate(access, served);
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
      const target = flowId === undefined ? undefined : flows.get(flowId);
      return target ? forwarding.send(routed.head, [{ flow: target, uri: routed.target }]) : served.reply(request.to.tag === undefined ? 404 : 481);
    }
    if (destination.kind !== "user") return;
    const targets = targetsOf(destination.user, routed.target);
    if (targets.length > 0) return forwarding.send(routed.head, targets);
    served.reply((await findLine(destination.user)) ? 480 : 404);
  }

  function targetsOf(user: string, uri: string): Target[] {
    for (const [flow, agent] of agents) if (agent.serves(user)) return [{ flow, uri }];
    return bindings.of(user, now()).flatMap((binding) => {
      const flow = flows.get(binding.flowId);
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
      : destination.kind === "contact" && dialog ? flows.get(bindings.findContact(destination.uri, now())?.flowId ?? "") : undefined;
    if (!other || other === "away") return;
    other.send(forwarded(request, { head, target, domain }).text, request.bytes);
  }

  return {
    accept(socket, remoteAddress) {
      opened(socketFlow(socket, remoteAddress, limits, flowUser));
    },
    attach(agent) {
      const flow = opened(localFlow((message) => agent.receive(message), limits, flowUser));
      agents.set(flow, agent);
      return { send: (message) => flow.deliver(message), close: () => flow.close(1000, "agent closed") };
    },
    registered: (username) => bindings.of(username, now()).length,
    dropPerson(username) {
      for (const flow of [...flows.values()].filter((one) => one.lines.has(username) || one.claim === username)) {
        signedOut.add(flow);
        flow.close(1008, "signed out");
      }
    },
    load: () => ({ flows: flows.size, transactions: transactions.size, dialogs: calls.dialogs.size }),
    async stop() {
      transactions.dropAll();
      for (const flow of flows.values()) flow.close(1001, "the server is stopping");
      transactions.dropAll();
      calls.stop();
    },
  };
}
