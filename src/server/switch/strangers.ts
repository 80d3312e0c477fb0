import type { Flow } from "./flow.ts";
import type { Limits } from "./limits.ts";

/**
 * Sockets on which nobody has proved a line yet. A whole office behind one address proves itself within moments when it comes back
 * after a restart, so what is bounded is how long anybody may stay unproved, and how many of one address at once.
 */
export class Strangers {
  readonly #limits: Pick<Limits, "strangers" | "strangerMs">;
  readonly #byAddress = new Map<string, Set<Flow>>();
  readonly #timers = new Map<Flow, NodeJS.Timeout>();

  constructor(limits: Pick<Limits, "strangers" | "strangerMs">) {
    this.#limits = limits;
  }

  came(flow: Flow): void {
    const here = this.#byAddress.get(flow.address) ?? new Set();
    this.#byAddress.set(flow.address, here);
    for (const one of here) if (one.lines.size > 0) this.gone(one);
    here.add(flow);
    this.#byAddress.set(flow.address, here);
    // The one that has had the longest time gives way: who has just come is about to prove a line.
    const [oldest] = here;
    if (here.size > this.#limits.strangers) oldest?.close(1008, "too many that have proved no line");
    const timer = setTimeout(() => {
      if (flow.lines.size === 0) flow.close(1008, "no line proved");
      this.gone(flow);
    }, this.#limits.strangerMs);
    timer.unref();
    this.#timers.set(flow, timer);
  }

  /** Forgets a socket that is closed or proved. */
  gone(flow: Flow): void {
    clearTimeout(this.#timers.get(flow));
    this.#timers.delete(flow);
    const here = this.#byAddress.get(flow.address);
    here?.delete(flow);
    if (here?.size === 0) this.#byAddress.delete(flow.address);
  }
}
