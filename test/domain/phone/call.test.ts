import { describe, expect, it } from "vitest";
import { stepCall, TAKE_BACK_UNASKED, type Call, type CallPhase, type CallSignal } from "#domain/phone/call.ts";

const states: Record<CallPhase, Call> = {
  idle: { phase: "idle" },
  dialing: { phase: "dialing", call: "a", since: 10, muted: false },
  ringing: { phase: "ringing", call: "a", since: 10, muted: false, early: false },
  talking: { phase: "talking", call: "a", since: 20, muted: false, hold: "none" },
  returning: { phase: "returning", call: "a", since: 20, muted: false, held: false, lived: 40, asked: true },
  ended: { phase: "ended", call: "a", why: "busy", endedAt: 30 },
};
const signals: Record<CallSignal["type"], CallSignal> = {
  dial: { type: "dial", at: 50, call: "b", campaign: "c", prospect: "p", number: "n" },
  progress: { type: "progress", at: 50, call: "a", status: 180, early: false },
  answered: { type: "answered", at: 50, call: "a" },
  refused: { type: "refused", at: 50, call: "a", status: 486 },
  failed: { type: "failed", at: 50, call: "a", why: "mediaFailed" },
  lineEnded: { type: "lineEnded", at: 50, call: "a" },
  hangUp: { type: "hangUp", at: 50 },
  mute: { type: "mute", on: true },
  hold: { type: "hold", on: true },
  holdDone: { type: "holdDone", at: 50, call: "a", ok: true },
  reopened: { type: "reopened", at: 50, lived: 40, way: true },
  takeBack: { type: "takeBack", at: 50 },
  takenBack: { type: "takenBack", at: 50, call: "a" },
  clear: { type: "clear" },
};

/** Where each signal leads from each phase; a new phase or signal does not compile until its row is written. */
const table: Record<CallPhase, Record<CallSignal["type"], CallPhase>> = {
  idle: { dial: "dialing", progress: "idle", answered: "idle", refused: "idle", failed: "idle", lineEnded: "idle", hangUp: "idle", mute: "idle", hold: "idle", holdDone: "idle", reopened: "idle", takeBack: "idle", takenBack: "idle", clear: "idle" },
  dialing: { dial: "dialing", progress: "ringing", answered: "talking", refused: "ended", failed: "ended", lineEnded: "ended", hangUp: "ended", mute: "dialing", hold: "dialing", holdDone: "dialing", reopened: "ended", takeBack: "dialing", takenBack: "dialing", clear: "dialing" },
  ringing: { dial: "ringing", progress: "ringing", answered: "talking", refused: "ended", failed: "ended", lineEnded: "ended", hangUp: "ended", mute: "ringing", hold: "ringing", holdDone: "ringing", reopened: "ended", takeBack: "ringing", takenBack: "ringing", clear: "ringing" },
  talking: { dial: "talking", progress: "talking", answered: "talking", refused: "ended", failed: "ended", lineEnded: "ended", hangUp: "ended", mute: "talking", hold: "talking", holdDone: "talking", reopened: "returning", takeBack: "talking", takenBack: "talking", clear: "talking" },
  returning: { dial: "returning", progress: "returning", answered: "returning", refused: "ended", failed: "ended", lineEnded: "ended", hangUp: "ended", mute: "returning", hold: "returning", holdDone: "returning", reopened: "returning", takeBack: "returning", takenBack: "talking", clear: "returning" },
  ended: { dial: "dialing", progress: "ended", answered: "ended", refused: "ended", failed: "ended", lineEnded: "ended", hangUp: "ended", mute: "ended", hold: "ended", holdDone: "ended", reopened: "ended", takeBack: "ended", takenBack: "ended", clear: "idle" },
};

describe("a call", () => {
  for (const [phase, row] of Object.entries(table)) {
    for (const [signal, next] of Object.entries(row)) {
      it(`goes from ${phase} by ${signal} to ${next}`, () => {
        expect(stepCall(states[phase as CallPhase], signals[signal as CallSignal["type"]]).state.phase).toBe(next);
      });
    }
  }

  it("[P1] says that it was dialed in the same step that orders the INVITE", () => {
    const { facts, orders } = stepCall(states.idle, signals.dial);
    expect(facts).toEqual([{ kind: "call.dialed", call: "b", campaign: "c", prospect: "p", number: "n", at: 50 }]);
    expect(orders).toEqual([{ type: "invite", call: "b", campaign: "c" }]);
  });

  it("[P2] is not dialed while another is up", () => {
    for (const phase of ["dialing", "ringing", "talking", "returning"] as const) {
      expect(stepCall(states[phase], signals.dial)).toEqual({ state: states[phase], facts: [], orders: [] });
    }
  });

  it("[P3] ends with the word that the refusal means, and with another when the network says why", () => {
    const refused = { type: "refused", at: 5, call: "a" } as const;
    expect(stepCall(states.ringing, { ...refused, status: 486 }).facts).toEqual([{ kind: "call.ended", call: "a", why: "busy", at: 5 }]);
    expect(stepCall(states.ringing, { ...refused, status: 503, reason: { q850: 34 } }).facts).toEqual([{ kind: "call.ended", call: "a", why: "noLines", at: 5 }]);
    expect(stepCall(states.talking, { ...signals.lineEnded, reason: { q850: 41 } } as CallSignal).facts).toEqual([{ kind: "call.ended", call: "a", why: "cutOff", at: 50 }]);
  });

  it("[P4] can be hung up in every phase in which it is up, and orders the line to let go", () => {
    const whys = { dialing: "cancelled", ringing: "cancelled", talking: "agentHungUp" } as const;
    for (const phase of ["dialing", "ringing", "talking"] as const) {
      const { state, facts, orders } = stepCall(states[phase], signals.hangUp);
      expect(state).toMatchObject({ phase: "ended", why: whys[phase] });
      expect(facts).toEqual([{ kind: "call.ended", call: "a", why: whys[phase], at: 50 }]);
      expect(orders).toEqual([{ type: "hangUp", call: "a" }]);
    }
  });

  it("[P5] passes over signals of another call, doubled ones, and ones that are too late", () => {
    for (const phase of ["dialing", "ringing", "talking", "ended"] as const) {
      for (const signal of Object.values(signals)) {
        if (!("call" in signal) || signal.type === "dial") continue;
        const step = stepCall(states[phase], { ...signal, call: "other" });
        expect(step).toEqual({ state: states[phase], facts: [], orders: [] });
      }
    }
    expect(stepCall(states.talking, signals.answered).facts).toEqual([]);
    expect(stepCall(states.ended, signals.lineEnded).facts).toEqual([]);
  });

  it("[P6] that cannot be taken back after its page died ends at the moment it was last alive", () => {
    const { state, facts } = stepCall(states.talking, { ...signals.reopened, way: false, lived: 42 } as CallSignal);
    expect(state).toEqual({ phase: "ended", call: "a", why: "lost", answeredAt: 20, endedAt: 42 });
    expect(facts).toEqual([{ kind: "call.ended", call: "a", why: "lost", at: 42 }]);
    for (const ending of [signals.refused, signals.lineEnded, signals.failed]) {
      expect(stepCall(states.returning, ending).facts).toEqual([{ kind: "call.ended", call: "a", why: "lost", at: 40 }]);
    }
  });

  it("[P6] that nobody had answered when its page died is called off", () => {
    for (const phase of ["dialing", "ringing"] as const) {
      const { state, orders } = stepCall(states[phase], signals.reopened);
      expect(state).toEqual({ phase: "ended", call: "a", why: "lost", endedAt: 40 });
      expect(orders).toEqual([{ type: "hangUp", call: "a" }]);
    }
  });

  it("[P10] whose sound was lost for good ended with the last sound, and one that ended while the computer slept at the last moment before", () => {
    const failed = { ...signals.failed, lived: 31 } as CallSignal;
    expect(stepCall(states.talking, failed)).toMatchObject({ state: { endedAt: 31, answeredAt: 20 }, facts: [{ kind: "call.ended", why: "mediaFailed", at: 31 }] });
    expect(stepCall(states.talking, { ...signals.lineEnded, lived: 33 } as CallSignal).facts).toEqual([{ kind: "call.ended", call: "a", why: "clientHungUp", at: 33 }]);
    // Never before the answer, and never later than now.
    expect(stepCall(states.talking, { ...failed, lived: 5 } as CallSignal).facts).toMatchObject([{ at: 20 }]);
    expect(stepCall(states.talking, { ...failed, lived: 99 } as CallSignal).facts).toMatchObject([{ at: 50 }]);
    // Whoever was not answered has not talked.
    expect(stepCall(states.ringing, failed).facts).toMatchObject([{ at: 50 }]);
  });

  it("[P8] is taken back unasked when its page was away for a moment, with its mute and hold, and counts from the first answer", () => {
    const held: Call = { phase: "talking", call: "a", since: 20, muted: true, hold: "held" };
    const back = stepCall(held, { type: "reopened", at: 41 + TAKE_BACK_UNASKED, lived: 41, way: true });
    expect(back.state).toMatchObject({ phase: "returning", since: 20, muted: true, held: true, asked: false });
    expect(back.orders).toEqual([{ type: "takeBack", call: "a", muted: true, held: true }]);
    const taken = stepCall(back.state, { type: "takenBack", at: 60_000, call: "a" });
    expect(taken.state).toEqual({ phase: "talking", call: "a", since: 20, muted: true, hold: "held" });
    expect(taken.facts).toEqual([{ kind: "call.takenBack", call: "a", at: 60_000 }]);
  });

  it("[P8] is asked about when its page was away for long, and taken back when the agent says so", () => {
    const back = stepCall(states.talking, { type: "reopened", at: 41 + TAKE_BACK_UNASKED, lived: 40, way: true });
    expect(back.state).toMatchObject({ phase: "returning", asked: true });
    expect(back.orders).toEqual([]);
    const wanted = stepCall(back.state, signals.takeBack);
    expect(wanted.orders).toEqual([{ type: "takeBack", call: "a", muted: false, held: false }]);
    expect(stepCall(wanted.state, signals.takeBack).orders).toEqual([]);
    expect(stepCall(back.state, signals.hangUp)).toMatchObject({ state: { why: "agentHungUp", endedAt: 40 }, orders: [{ type: "hangUp", call: "a" }] });
  });

  it("[P8] whose page dies again on the way back still ends at its first death", () => {
    expect(stepCall(states.returning, { ...signals.reopened, lived: 49 } as CallSignal).state).toMatchObject({ phase: "returning", lived: 40 });
  });

  it("holds only when the other side has agreed, and stays as it was when it has not", () => {
    const asked = stepCall(states.talking, signals.hold);
    expect(asked.orders).toEqual([{ type: "hold", call: "a", on: true }]);
    expect(asked.facts).toEqual([]);
    expect(stepCall(asked.state, { type: "holdDone", at: 60, call: "a", ok: false }).state).toMatchObject({ hold: "none" });
    const held = stepCall(asked.state, { type: "holdDone", at: 60, call: "a", ok: true });
    expect(held.state).toMatchObject({ hold: "held" });
    expect(held.facts).toEqual([{ kind: "call.held", call: "a", on: true, at: 60 }]);
    const back = stepCall(held.state, { type: "hold", on: false });
    expect(stepCall(back.state, { type: "holdDone", at: 70, call: "a", ok: false }).state).toMatchObject({ hold: "held" });
    expect(stepCall(back.state, { type: "holdDone", at: 70, call: "a", ok: true }).state).toMatchObject({ hold: "none" });
  });

  it("takes a hold back before the other side has agreed to it, and wants it again, in whatever order the answers come", () => {
    const asked = stepCall(states.talking, signals.hold).state;
    expect(stepCall(asked, signals.hold).orders).toEqual([]);
    const back = stepCall(asked, { type: "hold", on: false });
    expect([back.state, back.orders]).toEqual([{ ...asked, hold: "askedBack" }, [{ type: "hold", call: "a", on: false }]]);
    expect(stepCall(back.state, signals.holdDone).state).toMatchObject({ hold: "none" });
    const again = stepCall(back.state, signals.hold);
    expect([again.state, again.orders]).toEqual([asked, [{ type: "hold", call: "a", on: true }]]);
  });

  it("[P8] that was just being put on hold, or taken back, when its page died comes back on hold", () => {
    for (const hold of ["asked", "held", "askedBack"] as const) expect(stepCall({ ...states.talking, hold } as Call, signals.reopened).state).toMatchObject({ phase: "returning", held: true });
  });

  it("keeps the mute that was set while it rang", () => {
    const muted = stepCall(states.ringing, signals.mute).state;
    expect(stepCall(muted, signals.answered).state).toMatchObject({ phase: "talking", muted: true });
  });
});
