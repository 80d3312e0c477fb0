import { proposeOutcome } from "#domain/dialing/proposeOutcome.ts";
import type { FactBody, PrivateRecord } from "#domain/fact.ts";
import { onLine, stepCall, type Call, type CallOrder, type CallSignal } from "#domain/phone/call.ts";
import { stepWalk, type WalkSignal } from "#domain/script/walk.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
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

export function createCallDesk({ station, state, memory, pen, phone }: Pick<DeskCore, "station" | "state" | "memory" | "pen" | "phone">): CallDesk {
  function signal(incoming: CallSignal, number?: Dialed): void {
    const before = memory.at.call;
    const step = stepCall(before, incoming);
    if (step.state === before) return;
    // Whatever is done to the computer's clock, the seconds of a call are its seconds (rule Y12).
    if (onLine(step.state)) station.evenClock.keep(true);
    // What the page that died has left behind, while this one takes it up.
    const left = before.phase === "returning" || incoming.type === "reopened" ? memory.at.left : undefined;
    let next: Stash = placed(step.state, left);
    const facts: DatedFact[] = [...(number?.first ?? []), ...step.facts];
    if (step.state.phase === "talking" && before.phase !== "talking" && before.phase !== "returning") {
      const opened = openScript(step.state.call);
      if (opened) {
        next = { ...next, walk: opened.state };
        facts.push(...opened.facts.map((fact) => ({ ...fact, at: incoming.type === "answered" ? incoming.at : deviceNow() })));
      }
    }
    if (left && step.state.phase === "ended") memory.trouble = { kind: "callLost" };
    if (step.state.phase === "ended") next = { ...next, choice: proposal(step.state) };
    const durable = pen.write(next, facts, number ? [number.record] : []);
    if (!onLine(step.state)) station.evenClock.keep(false);
    const obey = (order: CallOrder): void => phone.obey(order, number?.dial, left);
    // An INVITE leaves only when the call is on record (rule P1); everything else must work with a broken disk too.
    for (const order of step.orders) {
      if (order.type !== "invite") obey(order);
      else void durable.then((ok) => ok ? obey(order) : signal({ type: "failed", at: deviceNow(), call: order.call, why: "cancelled" }));
    }
    if (step.state.phase === "dialing" || step.state.phase === "talking") markAlive(step.state.call, deviceNow());
  }

  /** Where the agent is now, with what another page would need to take the call up. */
  function placed(call: Call, back: Stash["left"]): Stash {
    const { left: _, ...rest } = memory.at;
    const left = call.phase === "returning" ? back : onLine(call) ? phone.leftCall(call.call) : undefined;
    return { ...rest, call, ...(left ? { left } : {}) };
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
