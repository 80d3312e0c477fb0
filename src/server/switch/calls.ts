/**
 * Calls and the flows of their two sides. A side whose socket dies may come back within a grace period (a changed
 * network, a reloaded page): then its calls go on over the new socket; otherwise the other side is told by BYE.
 */
import { randomBytes } from "node:crypto";
import { Dialogs, dialogOf, farewell } from "./dialogs.ts";
import type { Dialog } from "./dialogs.ts";
import type { Flow } from "./flow.ts";
import type { SipResponse } from "./message.ts";
import type { Served, Transactions } from "./transactions.ts";

export class Calls {
  readonly dialogs = new Dialogs();
  readonly #domain: string;
  readonly #transactions: Transactions;
  readonly #graceMs: number;
  /** Who speaks now for a leg. */
  readonly #speakers = new Map<string, Flow>();
  /** Legs whose socket is gone, until their grace is over; `keys` are the bindings that it had. */
  readonly #waiting = new Map<string, { keys: readonly string[]; timer: NodeJS.Timeout }>();

  constructor(domain: string, transactions: Transactions, graceMs: number) {
    this.#domain = domain;
    this.#transactions = transactions;
    this.#graceMs = graceMs;
  }

  flowOpened(flow: Flow): void {
    this.#speakers.set(flow.id, flow);
  }

  /** The flow that speaks for a leg: undefined when there is none, "away" while it may come back. */
  speaker(leg: string): Flow | "away" | undefined {
    return this.#speakers.get(leg) ?? (this.#waiting.has(leg) ? "away" : undefined);
  }

  /** Keeps a call in mind that was just answered. */
  accepted(served: Served, response: SipResponse, callee: Flow): void {
    const { request, flow } = served;
    if (request.to.tag !== undefined) return this.dialogs.accepted(response);
    const dialog = request.method === "INVITE" ? dialogOf(request, response, flow.id, callee.id) : undefined;
    if (!dialog) return;
    this.dialogs.add(dialog);
    // The caller went while the callee was taking up the receiver.
    if (!this.speaker(flow.id)) this.#end(dialog, flow.id);
  }

  /** @param keys the bindings that ended with the flow. @param forGood no waiting: the person was signed out. */
  flowGone(flow: Flow, keys: readonly string[], forGood: boolean): void {
    for (const leg of flow.legs) {
      this.#speakers.delete(leg);
      if (this.dialogs.ofFlow(leg).length === 0) continue;
      if (forGood) this.#endAll(leg);
      else this.#waiting.set(leg, { keys, timer: setTimeout(() => this.#endAll(leg), this.#graceMs) });
    }
  }

  /** A client has registered over `flow`: what was left by the socket with the same binding is now this one's. */
  cameBack(flow: Flow, key: string): void {
    for (const [leg, gone] of this.#waiting) {
      if (!gone.keys.includes(key)) continue;
      clearTimeout(gone.timer);
      this.#waiting.delete(leg);
      this.#speakers.set(leg, flow);
      flow.legs.add(leg);
    }
  }

  /** A client has registered over `flow` what it held over `old`: its calls come along. */
  takeOver(old: Flow, flow: Flow): void {
    for (const leg of old.legs) {
      this.#speakers.set(leg, flow);
      flow.legs.add(leg);
    }
    old.legs.clear();
  }

  stop(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #endAll(leg: string): void {
    const gone = this.#waiting.get(leg);
    if (gone) clearTimeout(gone.timer);
    this.#waiting.delete(leg);
    for (const dialog of this.dialogs.ofFlow(leg)) this.#end(dialog, leg);
  }

  #end(dialog: Dialog, goneLeg: string): void {
    this.dialogs.remove(dialog);
    const gone = dialog.caller.flowId === goneLeg ? "caller" : "callee";
    const other = this.speaker((gone === "caller" ? dialog.callee : dialog.caller).flowId);
    if (!other || other === "away") return;
    const branch = `z9hG4bK${randomBytes(12).toString("hex")}`;
    const none = () => undefined;
    this.#transactions.ask(other, farewell(dialog, gone, this.#domain, branch), false, { received: none, timedOut: none, lost: none });
  }
}
