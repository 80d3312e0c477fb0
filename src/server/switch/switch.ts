/**
 * The embedded SIP switch: registrar and record-routing proxy (RFC 3261) over WebSocket (RFC 7118), for the demo,
 * practice calls and training. It is no company's telephone exchange: it has no trunks, no voice mail, no relays for
 * media, and forgets all calls when the process ends. This file puts the parts together and decides who deals with a frame.
 */
import { randomBytes } from "node:crypto";
import type { WebSocket } from "ws";
import { Bindings } from "./bindings.ts";
import { Calls } from "./calls.ts";
import { lineSecret } from "./digest.ts";
import type { LineSecret } from "./digest.ts";
import { FlowGone, localFlow, socketFlow } from "./flow.ts";
import type { Flow, FlowUser } from "./flow.ts";
import { withReceived } from "./forward.ts";
import { values } from "./head.ts";
import { defaultLimits } from "./limits.ts";
import type { Limits } from "./limits.ts";
import { createProxy } from "./proxy.ts";
import { readFrame } from "./reading.ts";
import { replyTo } from "./reply.ts";
import { Strangers } from "./strangers.ts";
import { Transactions } from "./transactions.ts";

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
  const takeRequest = createProxy({
    domain, limits, now, findLine, bindings, calls, transactions,
    flow: (id) => flows.get(id),
    agentFor: (user) => [...agents].find(([, agent]) => agent.serves(user))?.[0],
  });
  const strangers = new Strangers(limits);
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
      strangers.gone(flow);
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

  return {
    accept(socket, remoteAddress) {
      strangers.came(opened(socketFlow(socket, remoteAddress, limits, flowUser)));
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
