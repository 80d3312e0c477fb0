import { proposeOutcome } from "#domain/dialing/proposeOutcome.ts";
import type { FactBody, PrivateRecord } from "#domain/fact.ts";
import { stepCall, type CallOrder, type CallSignal } from "#domain/phone/call.ts";
import { stepWalk, type WalkSignal } from "#domain/script/walk.ts";
import type { DeskCore } from "./deskCore.ts";
import type { DatedFact } from "./deskPen.ts";
import { markAlive, type Stash } from "./stash.ts";

/** What is recorded with the dialing of a call, and the number that it goes to. */
export interface Dialed { readonly record: PrivateRecord; readonly dial: string; readonly first: readonly FactBody[] }

/** The call and the walk through its script: each signal goes to its machine, what became true to the disk, the orders to the phone. */
export interface CallDesk {
  readonly signal: (incoming: CallSignal, number?: Dialed) => void;
  readonly walk: (incoming: WalkSignal) => void;
}

export function createCallDesk({ state, memory, pen, phone }: Pick<DeskCore, "state" | "memory" | "pen" | "phone">): CallDesk {
  function signal(incoming: CallSignal, number?: Dialed): void {
    const before = memory.at.call;
    const step = stepCall(before, incoming);
    if (step.state === before) return;
    let next: Stash = { ...memory.at, call: step.state };
    const facts: DatedFact[] = [...(number?.first ?? []), ...step.facts];
    if (step.state.phase === "talking" && before.phase !== "talking") {
      const opened = openScript(step.state.call);
      if (opened) {
        next = { ...next, walk: opened.state };
        facts.push(...opened.facts.map((fact) => ({ ...fact, at: incoming.type === "answered" ? incoming.at : Date.now() })));
      }
    }
    if (step.state.phase === "ended") next = { ...next, choice: proposal(step.state) };
    const durable = pen.write(next, facts, number ? [number.record] : []);
    const obey = (order: CallOrder): void => phone.obey(order, number?.dial);
    // An INVITE leaves only when the call is on record (rule P1); everything else must work with a broken disk too.
    for (const order of step.orders) {
      if (order.type !== "invite") obey(order);
      else void durable.then((ok) => ok ? obey(order) : signal({ type: "failed", at: Date.now(), call: order.call, why: "cancelled" }));
    }
    if (step.state.phase === "dialing" || step.state.phase === "talking") markAlive(step.state.call, Date.now());
  }

  function openScript(call: string): ReturnType<typeof stepWalk> | undefined {
    const script = state.getState().script;
    return script && stepWalk({ phase: "closed" }, { type: "open", call }, script);
  }

  function proposal(ended: Extract<Stash["call"], { phase: "ended" }>): Stash["choice"] {
    const { campaign } = state.getState();
    if (!campaign) return { decisionMaker: false };
    return proposeOutcome(campaign, memory.at.walk, ended.answeredAt !== undefined, ended.why);
  }

  function walk(incoming: WalkSignal): void {
    const script = state.getState().script;
    if (!script) return;
    const step = stepWalk(memory.at.walk, incoming, script);
    if (step.state !== memory.at.walk) void pen.write({ ...memory.at, walk: step.state }, step.facts);
  }

  return { signal, walk };
}
