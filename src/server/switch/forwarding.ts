/** One request through the switch: carries out what fork.ts decides, with transactions and timers. */
import type { Flow } from "./flow.ts";
import { openFork, stepFork } from "./fork.ts";
import type { Fork, ForkOrder, ForkSignal } from "./fork.ts";
import { backward, cancelling, forwarded } from "./forward.ts";
import { values } from "./head.ts";
import type { Head } from "./head.ts";
import type { Limits } from "./limits.ts";
import type { SipResponse } from "./message.ts";
import { recordRoute } from "./route.ts";
import type { Outgoing } from "./sipLibrary.ts";
import type { Asked, Served, Transactions } from "./transactions.ts";

export interface Target {
  readonly flow: Flow;
  /** The Request-URI for this target. */
  readonly uri: string;
}

export interface ForwardingWorld {
  readonly domain: string;
  readonly limits: Limits;
  readonly transactions: Transactions;
  /** A 2xx has gone back to the caller (each time that one does). */
  readonly accepted: (served: Served, response: SipResponse, target: Flow) => void;
}

interface Way {
  readonly flow: Flow;
  readonly sent: Outgoing;
  asked: Asked | undefined;
  last: SipResponse | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Requests outside a dialog that make one, whose later requests must come through here again. */
const dialogMakers = ["INVITE", "SUBSCRIBE", "REFER", "NOTIFY"];
/** 64×T1: how long a cancelled branch may take to end (RFC 3261 9.1). */
const cancelledMs = 32_000;

export class Forwarding {
  readonly #world: ForwardingWorld;
  readonly #served: Served;
  readonly #ways = new Map<string, Way>();
  #fork: Fork | undefined;

  constructor(world: ForwardingWorld, served: Served) {
    this.#world = world;
    this.#served = served;
    served.givenUp = () => this.#giveUp();
  }

  /** Sends the request to all targets. `head` is the request's with our Route taken off. */
  send(head: Head, targets: readonly Target[]): void {
    const { request, flow } = this.#served;
    if (this.#served.givenUp === undefined) return; // cancelled while the targets were looked up
    const { domain } = this.#world;
    const makesDialog = request.to.tag === undefined && dialogMakers.includes(request.method);
    for (const target of targets) {
      const route = makesDialog ? { recordRoute: recordRoute(domain, flow.id, target.flow.id) } : {};
      const sent = forwarded(request, { head, target: target.uri, domain, ...route });
      this.#ways.set(sent.branch, { flow: target.flow, sent, asked: undefined, last: undefined, timer: undefined });
    }
    this.#fork = openFork(request.method === "INVITE", [...this.#ways.keys()]);
    for (const [branch, way] of this.#ways) {
      if (request.method === "INVITE") this.#startTimerC(branch, way);
      way.asked = this.#world.transactions.ask(way.flow, way.sent, request.bytes, {
        received: (response) => this.#received(branch, way, response),
        timedOut: () => this.#ended(branch, way, 408),
        lost: () => this.#ended(branch, way, 480),
      });
    }
  }

  #received(branch: string, way: Way, response: SipResponse): void {
    way.last = response;
    if (response.status >= 200) return this.#ended(branch, way, response.status);
    if (response.status > 100 && this.#served.request.method === "INVITE") this.#startTimerC(branch, way);
    this.#signal({ type: "progress", branch, status: response.status });
  }

  #ended(branch: string, way: Way, status: number): void {
    clearTimeout(way.timer);
    if (way.last?.status !== status) way.last = undefined;
    this.#signal({ type: "final", branch, status });
  }

  #giveUp(): void {
    this.#served.givenUp = undefined;
    if (this.#fork) this.#signal({ type: "givenUp" });
    else this.#served.reply(487);
  }

  #startTimerC(branch: string, way: Way): void {
    const state = this.#fork?.branches[branch];
    if (state?.cancelled || state?.phase === "ended") return;
    clearTimeout(way.timer);
    way.timer = setTimeout(() => this.#signal({ type: "rangTooLong", branch }), this.#world.limits.timerCMs);
  }

  #signal(signal: ForkSignal): void {
    if (!this.#fork) return;
    const step = stepFork(this.#fork, signal);
    this.#fork = step.fork;
    for (const order of step.orders) this.#obey(order);
    if (step.fork.answered && Object.values(step.fork.branches).every((branch) => branch.phase === "ended")) {
      this.#served.givenUp = undefined;
    }
  }

  #obey(order: ForkOrder): void {
    const way = this.#ways.get(order.branch);
    if (!way) return;
    if (order.type === "cancel") return this.#cancel(order.branch, way);
    if (order.type === "relay") {
      const response = way.last;
      if (!response) return;
      this.#served.answer(response.status, backward(response), response.bytes);
      if (response.status >= 200) this.#world.accepted(this.#served, response, way.flow);
      return;
    }
    const status = this.#fork?.branches[order.branch]?.status ?? 500;
    const { last } = way;
    // RFC 4320 4.1: 408 to anything but INVITE comes too late to be of use.
    if (status === 408 && !last && this.#served.request.method !== "INVITE") return this.#served.drop();
    // RFC 3261 16.7 step 6: 503 would speak of us, not of the one who was called.
    if (!last || status === 503) return this.#served.reply(status === 503 ? 500 : status);
    const others = order.challenges.map((branch) => this.#ways.get(branch)?.last).filter((one) => one !== undefined);
    this.#served.answer(status, backward(last, others), last.bytes);
  }

  #cancel(branch: string, way: Way): void {
    clearTimeout(way.timer);
    const to = values(this.#served.request.head, "to")[0] ?? "";
    const none = () => undefined;
    const elsewhere = Object.values(this.#fork?.branches ?? {}).some((one) => one.status !== undefined && one.status < 300);
    this.#world.transactions.ask(way.flow, cancelling(way.sent, to, elsewhere), false, { received: none, timedOut: none, lost: none });
    way.timer = setTimeout(() => {
      way.asked?.drop();
      this.#ended(branch, way, 408);
    }, cancelledMs);
  }
}
