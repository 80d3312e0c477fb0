/** The transactions that are under way, found by what comes in (RFC 3261 17.1.3, 17.2.3) and ended with their flow. */
import type { Flow } from "./flow.ts";
import type { SipRequest, SipResponse } from "./message.ts";
import { replyTo } from "./reply.ts";
import type { ReplyExtra } from "./reply.ts";
import { openClientTransaction, openServerTransaction } from "./sipLibrary.ts";
import type { ClientTransaction, Outgoing, ServerTransaction } from "./sipLibrary.ts";

/** A request that came in and waits for its answer. */
export interface Served {
  readonly flow: Flow;
  readonly request: SipRequest;
  /** Passes on a complete response. */
  answer(status: number, text: string, bytes: boolean): void;
  /** Answers by ourselves. */
  reply(status: number, extra?: ReplyExtra): void;
  /** A retransmission, or ACK. */
  again(request: SipRequest): void;
  accepted(): boolean;
  /** Forgets the request without an answer. */
  drop(): void;
  /** Set by whoever forwards the request: called at CANCEL, and when the caller's flow is gone. */
  givenUp: (() => void) | undefined;
}

export interface Asking {
  readonly received: (response: SipResponse) => void;
  /** No answer came in time (408). */
  readonly timedOut: () => void;
  /** The flow is gone (480). */
  readonly lost: () => void;
}

export interface Asked {
  /** Forgets the request. */
  drop(): void;
}

export class Transactions {
  readonly #served = new Map<string, Served>();
  readonly #asked = new Map<string, { flow: Flow; transaction: ClientTransaction; user: Asking }>();
  readonly #counts = new Map<Flow, number>();

  readonly #newTag: () => string;

  /** @param newTag makes the To tag of an answer that the switch gives itself. */
  constructor(newTag: () => string) {
    this.#newTag = newTag;
  }

  get size(): number {
    return this.#served.size + this.#asked.size;
  }

  /** How many requests of a flow are under way. */
  count(flow: Flow): number {
    return this.#counts.get(flow) ?? 0;
  }

  find(flow: Flow, branch: string, method: string): Served | undefined {
    return this.#served.get(servedKey(flow, branch, method));
  }

  serve(flow: Flow, request: SipRequest): Served {
    const key = servedKey(flow, request.branch, request.method);
    const toTag = this.#newTag();
    let bytes = false;
    let open = true;
    const forget = () => {
      if (!open) return;
      open = false;
      this.#served.delete(key);
      this.#counts.set(flow, this.count(flow) - 1);
      if (this.count(flow) <= 0) this.#counts.delete(flow);
    };
    const transaction: ServerTransaction = openServerTransaction(request, (text) => flow.send(text, bytes), forget);
    const served: Served = {
      flow, request, givenUp: undefined,
      answer(status, text, ofBytes) {
        if (!open) return;
        bytes = ofBytes;
        transaction.answer(status, text);
      },
      reply: (status, extra) => served.answer(status, replyTo(request.head, status, toTag, extra), request.bytes),
      again: (next) => transaction.again(next),
      accepted: () => transaction.accepted(),
      drop() {
        forget();
        transaction.dispose();
      },
    };
    this.#served.set(key, served);
    this.#counts.set(flow, this.count(flow) + 1);
    return served;
  }

  ask(flow: Flow, outgoing: Outgoing, bytes: boolean, user: Asking): Asked {
    const key = askedKey(outgoing.branch, outgoing.method);
    const forget = () => this.#asked.delete(key);
    const transaction = openClientTransaction(outgoing, (text) => flow.send(text, bytes), {
      received: user.received, timedOut: user.timedOut, unsent: user.lost, ended: forget,
    });
    this.#asked.set(key, { flow, transaction, user });
    return {
      drop() {
        forget();
        transaction.dispose();
      },
    };
  }

  /** Hands a response to its request; one that came over another flow than the request went is nobody's. */
  receive(flow: Flow, response: SipResponse): void {
    const asked = this.#asked.get(askedKey(response.branch, response.method));
    if (asked?.flow === flow) asked.transaction.receive(response);
  }

  flowGone(flow: Flow): void {
    for (const served of [...this.#served.values()].filter((one) => one.flow === flow)) {
      served.drop();
      served.givenUp?.();
    }
    for (const [key, asked] of [...this.#asked].filter(([, one]) => one.flow === flow)) {
      this.#asked.delete(key);
      asked.transaction.dispose();
      asked.user.lost();
    }
  }

  dropAll(): void {
    for (const served of this.#served.values()) served.drop();
    const all = [...this.#asked.values()];
    this.#asked.clear();
    for (const asked of all) {
      asked.transaction.dispose();
      asked.user.lost();
    }
  }
}

/** ACK for anything but 2xx belongs to its INVITE. */
function servedKey(flow: Flow, branch: string, method: string): string {
  return `${flow.id} ${branch} ${method === "ACK" ? "INVITE" : method}`;
}

function askedKey(branch: string, method: string): string {
  return `${branch} ${method === "CANCEL" ? "CANCEL" : ""}`;
}
