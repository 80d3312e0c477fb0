import { describe, expect, it } from "vitest";
import { stepCall, type Call, type CallSignal } from "#domain/phone/call.ts";
import { hangUpEnds, noLines, stepLines, type Lines, type LineOrder, type LineSignal, type SidePhase } from "#domain/phone/lines.ts";
import { writeCalls } from "#domain/counting/callBook.ts";
import type { Fact } from "#domain/fact.ts";

/** Both machines as the desk joins them: what the second line tells goes to the client's call, and back. */
function phone(call: Call = { phase: "idle" }) {
  let lines = noLines;
  const facts: string[] = [];
  const bodies: object[] = [];
  const orders: string[] = [];
  const kept = (given: readonly { readonly kind: string; readonly why?: string }[]) => {
    for (const fact of given) {
      facts.push(fact.why === undefined ? fact.kind : `${fact.kind} ${fact.why}`);
      bodies.push(fact);
    }
  };
  function toCall(signal: CallSignal): void {
    const step = stepCall(call, signal);
    call = step.state;
    kept(step.facts);
    for (const order of step.orders) orders.push(say(order as LineOrder));
  }
  function tell(signal: LineSignal | CallSignal): void {
    if (["dial", "hangUp", "hold", "mute", "clear", "progress", "answered", "refused", "failed", "lineEnded", "holdDone", "reopened", "takenBack"].includes(signal.type)) toCall(signal as CallSignal);
    // The second line is told of that by a word of its own.
    if (signal.type === "reopened") return;
    const own = ["dial", "hangUp", "hold", "mute", "clear"].includes(signal.type) ? ({ type: "callChanged", at: 0 } as const) : (signal as LineSignal);
    const step = stepLines(call, lines, own);
    lines = step.lines;
    kept(step.facts);
    for (const order of step.orders) orders.push(say(order));
    for (const each of step.tell) toCall(each);
    if (step.tell.length > 0) tell({ type: "callChanged", at: 0 } as never);
  }
  return {
    tell, facts, bodies, orders,
    call: () => call, lines: () => lines,
    /** What was ordered since the last look. */
    ordered: () => orders.splice(0),
    with: (given: Lines) => { lines = given; },
  };
}

function say(order: LineOrder): string {
  switch (order.type) {
    case "talkTo": return `talk to ${order.calls.join("+") || "nobody"}`;
    case "ring": return `ring ${order.how}`;
    case "join": return `${order.on ? "join" : "part"} ${order.call} ${order.other}`;
    case "hold": return `${order.on ? "hold" : "resume"} ${order.call}`;
    case "refer": return `refer ${order.call}${order.other === undefined ? "" : ` ${order.other}`}`;
    case "reject": return `reject ${order.call} ${order.status}`;
    default: return `${order.type} ${order.call}`;
  }
}

/** A phone with a client on the line. */
function inCall() {
  const one = phone();
  one.tell({ type: "dial", at: 1, call: "client", campaign: "c", prospect: "p", number: "n" });
  one.tell({ type: "answered", at: 2, call: "client" });
  one.orders.splice(0);
  one.facts.splice(0);
  return one;
}

/** A client who waits while a colleague is spoken with. */
function consulting() {
  const one = inCall();
  one.tell({ type: "consult", at: 3, call: "mate", number: "m" });
  one.tell({ type: "holdDone", at: 4, call: "client", ok: true });
  one.tell({ type: "answered", at: 5, call: "mate" });
  return one;
}

const rings = (away = false): LineSignal => ({ type: "rang", at: 10, call: "caller", number: "r", away });

describe("the second line", () => {
  it("[B1] leaves no trace in the book that is counted, and the client's call only waits for it", () => {
    const one = consulting();
    one.tell({ type: "back", at: 6 });
    one.tell({ type: "holdDone", at: 7, call: "client", ok: true });
    expect(one.call()).toMatchObject({ phase: "talking", since: 2, hold: "none" });
    expect(one.facts).toEqual(["side.dialed", "call.held", "side.answered", "side.ended agentHungUp", "call.held"]);
    const own = one.bodies.filter((fact) => (fact as Fact).kind.startsWith("side."));
    const facts = own.map((body, n) => ({ id: `f${n}`, at: 1, offset: 0, by: "a", device: "d", ...body }) as Fact);
    expect(facts).toHaveLength(3);
    expect(writeCalls(new Map(), facts).size).toBe(0);
  });

  it("[B2] gives the agent's ear and voice to one line, and holds the other", () => {
    const one = inCall();
    one.tell({ type: "consult", at: 3, call: "mate", number: "m" });
    expect(one.ordered()).toEqual(["invite mate", "talk to mate", "hold client"]);
    one.tell({ type: "holdDone", at: 4, call: "client", ok: true });
    one.tell({ type: "answered", at: 5, call: "mate" });
    one.ordered();
    one.tell({ type: "swap" });
    expect(one.ordered()).toEqual(["hold mate", "talk to client", "resume client"]);
    one.tell({ type: "holdDone", at: 6, call: "mate", ok: true });
    one.tell({ type: "holdDone", at: 7, call: "client", ok: true });
    one.ordered();
    one.tell({ type: "swap" });
    expect(one.ordered()).toEqual(["resume mate", "talk to mate", "hold client"]);
  });

  it("[B2] asks once for a hold that is refused, and lets nothing be heard meanwhile", () => {
    const one = inCall();
    one.tell({ type: "consult", at: 3, call: "mate", number: "m" });
    one.ordered();
    one.tell({ type: "holdDone", at: 4, call: "client", ok: false });
    one.tell({ type: "answered", at: 5, call: "mate" });
    expect(one.ordered()).toEqual([]);
    expect(one.lines().ears).toEqual(["mate"]);
  });

  it("[B2] takes a hold back that was still under way when the agent swapped", () => {
    const one = inCall();
    one.tell({ type: "consult", at: 3, call: "mate", number: "m" });
    one.tell({ type: "answered", at: 4, call: "mate" });
    one.tell({ type: "swap" });
    one.ordered();
    one.tell({ type: "holdDone", at: 5, call: "client", ok: true });
    expect(one.ordered()).toEqual(["resume client"]);
  });

  it("[B3] rings when nobody is on the phone, knocks in a call, and turns away who cannot be taken", () => {
    const free = phone();
    free.tell(rings());
    expect(free.ordered()).toEqual(["ring call"]);
    const busy = inCall();
    busy.tell(rings());
    expect(busy.ordered()).toEqual(["ring waiting"]);
    busy.tell({ ...rings(), call: "third" } as LineSignal);
    expect(busy.ordered()).toEqual(["reject third 486"]);
    expect(busy.facts).toEqual(["side.rang", "side.rang", "side.ended engaged"]);
    const away = phone();
    away.tell(rings(true));
    expect(away.ordered()).toEqual(["reject caller 480"]);
    expect(away.facts).toEqual(["side.rang", "side.ended away"]);
    expect(away.lines().side.phase).toBe("free");
  });

  it("[B3] is taken once the client's call is answered or over, not while the client is being rung", () => {
    const one = phone();
    one.tell({ type: "dial", at: 1, call: "client", campaign: "c", prospect: "p", number: "n" });
    one.tell(rings());
    one.ordered();
    one.tell({ type: "take" });
    expect(one.ordered()).toEqual([]);
    one.tell({ type: "answered", at: 12, call: "client" });
    one.tell({ type: "take" });
    expect(one.ordered()).toEqual(["take caller", "talk to caller", "ring off", "hold client"]);
  });

  it("[B3] is on record as missed when the caller gives up, and as rejected when we do", () => {
    const missed = phone();
    missed.tell(rings());
    missed.tell({ type: "lineEnded", at: 11, call: "caller" });
    expect(missed.facts).toEqual(["side.rang", "side.ended missed"]);
    const rejected = phone();
    rejected.tell(rings());
    rejected.tell({ type: "reject", at: 11 });
    expect(rejected.facts).toEqual(["side.rang", "side.ended rejected"]);
    expect(rejected.ordered()).toEqual(["ring call", "reject caller 486", "ring off"]);
  });

  it("[B4] brings the client back when the colleague is busy, refuses or hangs up", () => {
    for (const last of [{ type: "refused", at: 6, call: "mate", status: 486 }, { type: "lineEnded", at: 6, call: "mate" }] as const) {
      const one = consulting();
      one.ordered();
      one.tell(last);
      expect(one.ordered()).toEqual(["talk to client", "resume client"]);
      expect(one.lines().side).toMatchObject({ phase: "free", last: { why: "clientHungUp" } });
    }
    const early = inCall();
    early.tell({ type: "consult", at: 3, call: "mate", number: "m" });
    early.tell({ type: "refused", at: 4, call: "mate", status: 486 });
    expect(early.lines().side).toMatchObject({ last: { why: "busy" } });
  });

  it("[B4] leaves the agent with the colleague when the client goes, held or not", () => {
    const one = consulting();
    one.tell({ type: "lineEnded", at: 6, call: "client" });
    expect(one.call()).toMatchObject({ phase: "ended", why: "clientHungUp" });
    expect(one.lines()).toMatchObject({ focus: "side", side: { phase: "talking", hold: "none" } });
    const swapped = consulting();
    swapped.tell({ type: "swap" });
    swapped.tell({ type: "holdDone", at: 6, call: "mate", ok: true });
    swapped.ordered();
    swapped.tell({ type: "lineEnded", at: 7, call: "client" });
    expect(swapped.ordered()).toEqual(["resume mate", "talk to mate"]);
    swapped.tell({ type: "lineEnded", at: 8, call: "mate" });
    expect(swapped.lines()).toMatchObject({ focus: "call", side: { phase: "free" } });
  });

  it("[B5] hangs up what the agent speaks with", () => {
    const one = consulting();
    expect(hangUpEnds(one.call(), one.lines())).toEqual({ call: false, side: true });
    one.tell({ type: "swap" });
    expect(hangUpEnds(one.call(), one.lines())).toEqual({ call: true, side: false });
    one.tell({ type: "join", at: 6, on: true });
    expect(hangUpEnds(one.call(), one.lines())).toEqual({ call: true, side: true });
    const waiting = inCall();
    waiting.tell(rings());
    expect(hangUpEnds(waiting.call(), waiting.lines())).toEqual({ call: true, side: false });
    const ringing = phone();
    ringing.tell(rings());
    expect(hangUpEnds(ringing.call(), ringing.lines())).toEqual({ call: false, side: true });
  });

  it("[B6] gives the client away when the far side says so: asked before, or blind", () => {
    const asked = consulting();
    asked.tell({ type: "transfer", at: 6, how: "attended" });
    expect(asked.ordered().slice(-1)).toEqual(["refer client mate"]);
    asked.tell({ type: "transferDone", at: 7, call: "client", status: 200 });
    expect(asked.call()).toMatchObject({ phase: "ended", why: "transferred", endedAt: 7 });
    expect(asked.ordered()).toEqual(["hangUp mate", "talk to nobody", "hangUp client"]);
    expect(asked.facts.slice(-3)).toEqual(["call.transferred", "side.ended transferred", "call.ended transferred"]);

    const blind = inCall();
    blind.tell({ type: "transfer", at: 6, how: "blind" });
    expect(blind.ordered()).toEqual(["refer client", "talk to nobody", "hold client"]);
    blind.tell({ type: "transferDone", at: 7, call: "client", status: 202 });
    expect(blind.call()).toMatchObject({ phase: "ended", why: "transferred" });
  });

  it("[B6] takes the far side's end of the asked colleague's line for the transfer's own", () => {
    const one = consulting();
    one.tell({ type: "transfer", at: 6, how: "attended" });
    one.tell({ type: "lineEnded", at: 7, call: "mate" });
    expect(one.call().phase).toBe("talking");
    expect(one.lines()).toMatchObject({ focus: "none", side: { phase: "free", last: { why: "transferred" } } });
    one.tell({ type: "transferDone", at: 8, call: "client", status: 200 });
    expect(one.call()).toMatchObject({ phase: "ended", why: "transferred" });
  });

  it("[B6] brings the client back when the transfer is refused, with the reason", () => {
    const blind = inCall();
    blind.tell({ type: "transfer", at: 6, how: "blind" });
    blind.tell({ type: "holdDone", at: 7, call: "client", ok: true });
    blind.ordered();
    blind.tell({ type: "transferDone", at: 8, call: "client", status: 404 });
    expect(blind.ordered()).toEqual(["talk to client", "resume client"]);
    expect(blind.lines()).toMatchObject({ focus: "call", failed: { how: "blind", status: 404 } });
    const asked = consulting();
    asked.tell({ type: "transfer", at: 6, how: "attended" });
    asked.tell({ type: "transferDone", at: 7, call: "client", status: 603 });
    expect(asked.lines()).toMatchObject({ focus: "call", side: { phase: "talking", hold: "asked" }, failed: { status: 603 } });
  });

  it("joins both lines by one key and parts them again", () => {
    const one = consulting();
    one.ordered();
    one.tell({ type: "join", at: 6, on: true });
    expect(one.ordered()).toEqual(["talk to client+mate", "join client mate", "resume client"]);
    one.tell({ type: "join", at: 7, on: false });
    expect(one.ordered()).toEqual(["hold mate", "talk to client", "part client mate"]);
    one.tell({ type: "join", at: 8, on: true });
    one.ordered();
    one.tell({ type: "lineEnded", at: 9, call: "client" });
    expect(one.ordered().filter((order) => order.startsWith("part"))).toEqual(["part client mate"]);
    expect(one.lines().focus).toBe("side");
  });

  /** As the desk does it: both calls are asked for, then whatever the second line needs. */
  const reopen = (one: ReturnType<typeof phone>, lived: number, at: number) => {
    one.ordered();
    one.tell({ type: "reopened", at, lived, way: true });
    one.tell({ type: "sideReopened", at, lived, way: true });
    return one.ordered();
  };

  it("[B7] takes the second line back with the client's call, each on hold and heard as it was", () => {
    const one = consulting();
    one.tell({ type: "sideMute", on: true });
    expect(reopen(one, 9_000, 10_000)).toEqual(["takeBack client", "takeBack mate", "talk to mate"]);
    one.tell({ type: "takenBack", at: 10_100, call: "mate" });
    expect(one.ordered()).toEqual([]);
    one.tell({ type: "takenBack", at: 10_200, call: "client" });
    expect(one.ordered()).toEqual([]);
    expect([one.call(), one.lines().side]).toMatchObject([{ phase: "talking", since: 2, hold: "held" }, { phase: "talking", since: 5, muted: true, hold: "none" }]);
    one.tell({ type: "swap" });
    expect(one.ordered()).toEqual(["hold mate", "talk to client", "resume client"]);
  });

  it("[B7] joins the two again as soon as both are back, and keeps a colleague on hold who waited", () => {
    const three = consulting();
    three.tell({ type: "join", at: 6, on: true });
    three.tell({ type: "holdDone", at: 7, call: "client", ok: true });
    expect(reopen(three, 9_000, 10_000)).toEqual(["takeBack client", "takeBack mate", "talk to client+mate"]);
    three.tell({ type: "takenBack", at: 10_100, call: "client" });
    expect(three.ordered()).toEqual([]);
    three.tell({ type: "takenBack", at: 10_200, call: "mate" });
    expect(three.ordered()).toEqual(["join client mate"]);

    const waits = consulting();
    waits.tell({ type: "swap" });
    waits.tell({ type: "holdDone", at: 6, call: "mate", ok: true });
    waits.tell({ type: "holdDone", at: 7, call: "client", ok: true });
    reopen(waits, 9_000, 10_000);
    waits.tell({ type: "takenBack", at: 10_100, call: "mate" });
    // The client is not there yet, but comes: nobody is taken off hold for that.
    expect([waits.ordered(), waits.lines().side]).toMatchObject([[], { phase: "talking", hold: "held" }]);
    waits.tell({ type: "refused", at: 10_200, call: "client", status: 481 });
    expect(waits.lines().focus).toBe("side");
    expect(waits.ordered()).toEqual(expect.arrayContaining(["resume mate", "talk to mate"]));
  });

  it("[B7] lets go what was not answered, what is gone too long and what is refused; the client comes back alone", () => {
    const late = consulting();
    expect(reopen(late, 9_000, 9_000 + 45_001)).toEqual(expect.arrayContaining(["hangUp mate"]));
    const refused = consulting();
    reopen(refused, 9_000, 10_000);
    refused.facts.splice(0);
    refused.tell({ type: "takenBack", at: 10_050, call: "client" });
    refused.tell({ type: "refused", at: 10_100, call: "mate", status: 481 });
    expect(refused.facts).toEqual(["call.takenBack", "side.ended lost"]);
    expect(refused.bodies.at(-1)).toMatchObject({ at: 9_000 });
    expect(refused.ordered()).toEqual(["hangUp mate", "talk to client", "resume client"]);
    const unanswered = inCall();
    unanswered.tell({ type: "consult", at: 3, call: "mate", number: "m" });
    unanswered.tell({ type: "progress", at: 4, call: "mate", status: 180, early: false });
    expect(reopen(unanswered, 9_000, 10_000)).toEqual(["takeBack client", "hangUp mate", "talk to client"]);
  });

  it("[P5] passes over what comes too late or is about another call", () => {
    const one = consulting();
    const before = [one.call(), one.lines()];
    for (const signal of [
      { type: "lineEnded", at: 9, call: "other" }, { type: "answered", at: 9, call: "mate" }, { type: "take" }, { type: "reject", at: 9 },
      { type: "transferDone", at: 9, call: "client", status: 200 }, { type: "heldBy", call: "other", on: true }, { type: "consult", at: 9, call: "x", number: "y" },
    ] as const) one.tell(signal);
    expect([one.call(), one.lines()]).toEqual(before);
  });

  /** Where each signal leads from each phase of the second line, with a client on the first. */
  const talking = { call: "mate", since: 1, way: "out", muted: false } as const;
  const sides: Record<SidePhase, Lines["side"]> = {
    free: { phase: "free" }, incoming: { phase: "incoming", call: "mate", since: 1 }, dialing: { phase: "dialing", ...talking },
    ringing: { phase: "ringing", ...talking }, talking: { phase: "talking", ...talking, hold: "none" }, returning: { phase: "returning", ...talking, held: true, lived: 5 },
  };
  const signals = {
    rang: rings(), take: { type: "take" }, reject: { type: "reject", at: 9 }, consult: { type: "consult", at: 9, call: "new", number: "n" }, swap: { type: "swap" },
    join: { type: "join", at: 9, on: true }, back: { type: "back", at: 9 }, sideMute: { type: "sideMute", on: true }, sideHold: { type: "sideHold", on: true },
    transfer: { type: "transfer", at: 9, how: "attended" }, transferDone: { type: "transferDone", at: 9, call: "client", status: 200 }, heldBy: { type: "heldBy", call: "mate", on: true },
    progress: { type: "progress", at: 9, call: "mate", status: 180, early: false }, answered: { type: "answered", at: 9, call: "mate" }, refused: { type: "refused", at: 9, call: "mate", status: 486 },
    failed: { type: "failed", at: 9, call: "mate", why: "serverDown" }, lineEnded: { type: "lineEnded", at: 9, call: "mate" }, holdDone: { type: "holdDone", at: 9, call: "mate", ok: true },
    callChanged: { type: "callChanged", at: 9 }, takenBack: { type: "takenBack", at: 9, call: "mate" }, sideReopened: { type: "sideReopened", at: 9, lived: 5, way: true },
  } satisfies Record<LineSignal["type"], LineSignal>;
  const to: Record<SidePhase, Partial<Record<LineSignal["type"], SidePhase>>> = {
    free: { rang: "incoming", consult: "dialing" },
    incoming: { sideReopened: "free", take: "dialing", reject: "free", refused: "free", failed: "free", lineEnded: "free" },
    dialing: { sideReopened: "free", progress: "ringing", answered: "talking", refused: "free", failed: "free", lineEnded: "free", back: "free" },
    ringing: { sideReopened: "free", answered: "talking", refused: "free", failed: "free", lineEnded: "free", back: "free" },
    talking: { sideReopened: "returning", refused: "free", failed: "free", lineEnded: "free", back: "free" },
    returning: { takenBack: "talking", refused: "free", failed: "free", lineEnded: "free", back: "free" },
  };
  it.each(Object.keys(sides) as SidePhase[])("goes from %s only where it is written", (phase) => {
    for (const [type, signal] of Object.entries(signals)) {
      const one = inCall();
      one.with({ ...noLines, side: sides[phase], focus: phase === "free" || phase === "incoming" ? "call" : "side" });
      one.tell(signal);
      expect(one.lines().side.phase, type).toBe(to[phase][type as LineSignal["type"]] ?? phase);
    }
  });
});
