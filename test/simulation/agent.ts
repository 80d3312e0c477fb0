import type { FactBody } from "#domain/fact.ts";
import { stepCall, type Call, type CallSignal } from "#domain/phone/call.ts";
import { practiceCallId } from "#domain/practice/practiceCall.ts";
import type { Device, Tab } from "./device.ts";
import type { World } from "./world.ts";

/** Somebody who calls all day on one device: what the desk's machinery does, without a screen. */
export interface Caller {
  readonly device: Device;
  /** The next small thing that somebody in this situation does, or that happens to them. */
  act(): Promise<void>;
  /** The tab is gone and open again: a call that was up is closed with the reason (rule P6). */
  recover(): Promise<void>;
}

const REFUSALS = [486, 480, 404, 603, 403];

export function newCaller(world: World, device: Device, prospects: readonly string[]): Caller {
  const { dice, campaigns } = world;
  const ordinary = campaigns.filter((one) => !one.practice);
  const practice = campaigns.find((one) => one.practice);
  let call: Call = { phase: "idle" };
  let campaign = ordinary[0];
  /** Calls with an outcome, which may still be corrected. */
  const done: string[] = [];

  const record = async (bodies: readonly (FactBody & { readonly at?: number })[]): Promise<void> => {
    const { tab } = device;
    if (tab && bodies.length > 0) await tab.recorder.record(bodies);
  };
  /** A signal of the line, perhaps doubled, perhaps about another call. */
  const signal = async (incoming: CallSignal): Promise<void> => {
    const list = dice.happens(0.1) ? [incoming, incoming] : [incoming];
    for (const one of list) {
      const step = stepCall(call, one);
      call = step.state;
      // Some prospects belong to a company that the list names.
      await record(step.facts.map((fact) => (fact.kind === "call.dialed" && !fact.prospect.endsWith("3") ? { ...fact, firm: `firm-${fact.prospect.slice(-1)}` } : fact)));
    }
    if (dice.happens(0.03)) call = stepCall(call, { type: "answered", at: Date.now() + device.skew, call: "a-foreign-call" }).state;
  };

  let acting: unknown;
  return {
    device,
    async act() {
      const { tab } = device;
      // One thing after the other; what a tab was doing when it died is never finished.
      // Before the first word of the server there is no campaign, no list, and nobody to call.
      if (!tab || acting === tab || !tab.downlink.library.getState().loaded) return;
      acting = tab;
      await next(tab);
      if (acting === tab) acting = undefined;
    },
    async recover() {
      if (call.phase === "idle") return;
      const known = device.disk.entries().some((entry) => "fact" in entry && entry.fact.kind === "call.dialed" && entry.fact.call === (call.phase === "idle" ? "" : call.call));
      // What was not on the disk when the tab died never happened.
      if (!known) call = { phase: "idle" };
      else if (call.phase !== "ended") await signal({ type: "failed", at: Date.now() + device.skew - 1, call: call.call, why: "lost" });
    },
  };

  async function next(tab: Tab): Promise<void> {
    const at = tab.now();
    if (call.phase === "idle") {
      if (dice.happens(0.15)) return record([dice.happens(0.5) ? { kind: "shift.ready" } : { kind: "shift.break", reason: dice.pick(["rest", "lunch", "training", "other"]) }]);
      if (dice.happens(0.06)) return record([dice.happens(0.5) ? { kind: "shift.away", source: dice.pick(["idle", "locked", "input", "hidden"]) } : dice.happens(0.7) ? { kind: "shift.back" } : { kind: "shift.ended" }]);
      if (done.length > 0 && dice.happens(0.2)) return save(dice.pick(done));
      if (dice.happens(0.08)) return record([{ kind: "work.done", work: `${device.person.id}-work-${dice.between(1, 3)}`, type: dice.pick(["meeting", "visit", "proposal", "document", "none"]) }]);
      if (done.length > 0 && dice.happens(0.04)) return record([{ kind: "contact.disputed", call: dice.pick(done), record: dice.id() }]);
      const practises = practice !== undefined && dice.happens(0.08);
      campaign = practises ? practice : dice.pick(ordinary);
      const id = practises ? practiceCallId(dice.id()) : dice.id();
      const prospect = dice.pick(prospects);
      if (!practises) await record([{ kind: "prospect.opened", prospect, campaign: campaign?.id ?? "" }]);
      return signal({ type: "dial", at: tab.now(), call: id, campaign: campaign?.id ?? "", prospect, number: dice.id() });
    }
    if (call.phase === "dialing" || call.phase === "ringing") {
      if (dice.happens(0.2)) return signal({ type: "progress", at, call: call.call, status: 180, early: false });
      if (dice.happens(0.7)) return signal({ type: "answered", at, call: call.call });
      if (dice.happens(0.5)) return signal({ type: "refused", at, call: call.call, status: dice.pick(REFUSALS) });
      return signal({ type: "hangUp", at });
    }
    if (call.phase === "talking") {
      const id = call.call;
      const tried = dice.between(0, 9);
      if (dice.happens(0.05)) return record([{ kind: "shift.gap", since: at - dice.between(1, 60_000), cause: "asleep" }]);
      if (tried <= 1) return record([{ kind: "module.shown", call: id, module: dice.pick(["hello", "offer", "close"]), way: "answer", answer: "yes" }]);
      if (tried === 2) return record([{ kind: "handler.shown", call: id, handler: "price", version: 1, phrasing: 0, module: "offer" }]);
      if (tried === 3) return record([{ kind: "mark.set", call: id, mark: "decisionMaker", on: true }]);
      if (tried === 4) {
        const text = tab.recorder.text("verbatim", "too dear");
        return tab.recorder.record([{ kind: "verbatim.taken", call: id, record: text.id, second: 3, unforeseen: false }], [text]);
      }
      return signal(dice.happens(0.5) ? { type: "hangUp", at } : { type: "lineEnded", at, call: id });
    }
    // Wrap-up.
    if (dice.happens(0.1)) return signal({ type: "lineEnded", at, call: call.call });
    const id = call.call;
    await save(id);
    done.push(id);
    call = { phase: "idle" };
  }

  async function save(id: string): Promise<void> {
    const answered = device.disk.entries().some((entry) => "fact" in entry && entry.fact.kind === "call.answered" && entry.fact.call === id);
    const outcomes = (campaign ?? ordinary[0])?.outcomes ?? [];
    await record([{ kind: "outcome.saved", call: id, outcome: dice.pick(outcomes).code, decisionMaker: answered && dice.happens(0.75) }]);
  }
}
