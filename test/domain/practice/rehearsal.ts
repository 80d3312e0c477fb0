/** Plays a practice customer against an agent made of speech and silences, in simulated time. */
import { newCustomer, stepCustomer, type Customer, type CustomerSignal } from "#domain/practice/customer.ts";
import type { CharacterId } from "#domain/practice/numbers.ts";
import type { Situation } from "#domain/practice/situations.ts";

export type Event = { readonly at: number; readonly what: "says" | "stops" | "ends" | "hangsUp"; readonly situation?: Situation; readonly take?: number };
export type Speech = { readonly from: number; readonly until: number };

export class Rehearsal {
  readonly events: Event[] = [];
  now = 0;
  customer: Customer;
  wakeAt: number | undefined;
  lineEnd: number | undefined;
  situation: Situation | undefined;
  private readonly lineMs: number;

  constructor(character: CharacterId, seed: number, lineMs = 2000) {
    this.customer = newCustomer(character, seed);
    this.lineMs = lineMs;
    this.signal({ type: "answered", at: 0 });
  }

  signal(signal: CustomerSignal): void {
    const { state, orders } = stepCustomer(this.customer, signal);
    this.customer = state;
    for (const order of orders) {
      switch (order.type) {
        case "say":
          this.situation = order.situation;
          this.lineEnd = this.now + this.lineMs;
          this.events.push({ at: this.now, what: "says", situation: order.situation, take: order.take });
          break;
        case "stopSaying":
          if (this.lineEnd !== undefined) this.events.push({ at: this.now, what: "stops" });
          this.lineEnd = undefined;
          break;
        case "wake":
          this.wakeAt = order.at;
          break;
        case "hangUp":
          this.events.push({ at: this.now, what: "hangsUp" });
          break;
      }
    }
  }

  /** Lets time pass, waking the customer and ending its lines as the world would. */
  passUntil(until: number): void {
    for (;;) {
      const due = Math.min(this.wakeAt ?? Infinity, this.lineEnd ?? Infinity);
      if (due > until) break;
      this.now = Math.max(this.now, due);
      if (this.lineEnd !== undefined && this.lineEnd <= due) {
        this.lineEnd = undefined;
        this.events.push({ at: this.now, what: "ends" });
        this.signal({ type: "lineEnded", at: this.now });
      } else this.signal({ type: "woke", at: this.now });
    }
    this.now = Math.max(this.now, until);
  }

  pass(ms: number): void {
    this.passUntil(this.now + ms);
  }

  /** The agent speaks for this long; the end is noticed 200 ms late, as by the ear. */
  speak(ms: number): void {
    this.signal({ type: "voice", at: this.now });
    this.pass(ms);
    const since = this.now;
    this.pass(200);
    this.signal({ type: "quiet", at: this.now, since });
  }

  /** Waits until the customer listens (or is gone), at most a minute. */
  untilListening(): void {
    const end = this.now + 60_000;
    while (!this.over && this.customer.phase.name !== "listening" && this.now < end) this.pass(50);
  }

  get said(): Situation[] {
    return this.events.flatMap((event) => (event.what === "says" && event.situation !== undefined ? [event.situation] : []));
  }

  get over(): boolean {
    return this.customer.phase.name === "gone";
  }

  get hungUpAt(): number | undefined {
    return this.events.find((event) => event.what === "hangsUp")?.at;
  }
}
