import { isUnnamed } from "#domain/dialing/prospect.ts";
import { onLine, willHold } from "#domain/phone/call.ts";
import { hangUpEnds, sideUp, stepLines, type LineSignal, type PhoneSignal } from "#domain/phone/lines.ts";
import { homePlans, readNumber, spellNumber } from "#domain/phone/number.ts";
import type { PrivateRecord } from "#domain/fact.ts";
import type { LeftCall } from "#client/phone/phone.ts";
import type { Ringing } from "#client/phone/secondLine.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import type { CallDesk, Dialed } from "./callDesk.ts";
import type { DeskCore } from "./deskCore.ts";
import { BESIDE, lastAlive, LINES, markAlive } from "./stash.ts";

/** The phone as a whole: the client's call, and the second line beside it. */
export interface LineDesk {
  /** Whatever the phone tells, or the agent does to the client's call. */
  readonly signal: (incoming: PhoneSignal, number?: Dialed) => void;
  readonly rung: (who: Ringing) => void;
  /** Asks a colleague, or anybody, while the client waits. */
  readonly consult: (number: string) => void;
  /** Gives the client to that number without asking there first. */
  readonly transferNow: (number: string) => void;
  /** Ends what the agent speaks with (rule B5). */
  readonly hangUp: () => void;
  readonly mute: () => void;
  readonly hold: () => void;
  /** The page is here again: what was up when the one before died is taken back, or ended (rules P6, P8, B7). */
  readonly reopened: () => void;
}

/** Who is told of each signal: the machine of the client's call, the one of the second line, or both in this order. */
const goes: Readonly<Record<PhoneSignal["type"], "call" | "both" | "line">> = {
  dial: "call", hangUp: "call", mute: "call", hold: "call", reopened: "call", takeBack: "call", clear: "call",
  progress: "both", answered: "both", refused: "both", failed: "both", lineEnded: "both", holdDone: "both", takenBack: "both",
  rang: "line", take: "line", reject: "line", consult: "line", swap: "line", join: "line", back: "line", sideMute: "line", sideHold: "line",
  transfer: "line", transferDone: "line", heldBy: "line", callChanged: "line", sideReopened: "line",
};

export function createLineDesk({ state, memory, pen, phone, lock, refresh, station: { recorder } }: DeskCore, calls: CallDesk): LineDesk {
  function signal(incoming: PhoneSignal, number?: Dialed): void {
    const to = goes[incoming.type];
    if (to !== "line") calls.signal(incoming as Parameters<CallDesk["signal"]>[0], number);
    line(to === "call" ? { type: "callChanged", at: deviceNow() } : incoming as LineSignal);
  }

  function line(incoming: LineSignal, number?: { readonly record?: PrivateRecord; readonly dial: string }): void {
    const before = memory.lines;
    const step = stepLines(memory.at.call, before, incoming);
    const same = JSON.stringify(step.lines) === JSON.stringify(before);
    if (same && step.facts.length === 0 && step.orders.length === 0 && step.tell.length === 0) return;
    memory.lines = step.lines;
    // What the page that died has left behind, while this one takes it up.
    const left = before.side.phase === "returning" || incoming.type === "sideReopened" ? memory.beside.left : undefined;
    noteLeft(left);
    const durable = pen.write(memory.at, step.facts, number?.record ? [number.record] : [], { [LINES]: step.lines, [BESIDE]: memory.beside });
    // As with the client's call, an INVITE leaves only when it is on record (rule P1).
    for (const order of step.orders) {
      if (order.type !== "invite") phone.beside(order, number?.dial, left);
      else void durable.then((ok) => (ok ? phone.beside(order, number?.dial) : line({ type: "failed", at: deviceNow(), call: order.call, why: "cancelled" })));
    }
    for (const each of step.tell) calls.signal(each);
    if (step.tell.length > 0) line({ type: "callChanged", at: deviceNow() });
    if (sideUp(memory.lines.side) && !onLine(memory.at.call)) markAlive(memory.lines.side.call, deviceNow());
  }

  /** Keeps what another page would need to take the second line up. */
  function noteLeft(back: LeftCall | undefined): void {
    const { left: _, ...rest } = memory.beside;
    const { side } = memory.lines;
    const left = side.phase === "returning" ? back : sideUp(side) ? phone.leftCall(side.call) : undefined;
    memory.beside = { ...rest, ...(left ? { left } : {}) };
  }

  /** In whatever spelling; what is no number of the public network is a colleague's extension or name. */
  function numberOf(typed: string): string {
    const read = readNumber(typed, homePlans[state.getState().person.language]);
    return read.ok ? spellNumber(read.number) : typed.replace(/[\s()-]/g, "");
  }

  /** Somebody of the list who calls back is known by the number, in whatever spelling. */
  function nameOf(number: string | undefined): string | undefined {
    const tail = number?.replace(/\D/g, "").slice(-10);
    const lease = memory.at.lease;
    if (!lease || tail === undefined || tail.length < 10 || !lease.prospect.phone.replace(/\D/g, "").endsWith(tail)) return undefined;
    return isUnnamed(lease.prospect) ? undefined : `${lease.prospect.firstName} ${lease.prospect.lastName}`;
  }

  return {
    signal,
    rung({ call, name, number }) {
      const { agent } = state.getState();
      const record = number === undefined ? undefined : recorder.text("number", number);
      const known = nameOf(number) ?? name;
      const away = !lock.held() || agent.state === "break" || agent.state === "off";
      const free = memory.lines.side.phase === "free";
      if (free) memory.beside = { who: { call, ...(known === undefined ? {} : { name: known }), ...(number === undefined ? {} : { number }) } };
      line({ type: "rang", at: deviceNow(), call, away, ...(record ? { number: record.id } : {}) }, { ...(record ? { record } : {}), dial: "" });
      refresh();
    },
    consult(typed) {
      const number = numberOf(typed);
      const call = crypto.randomUUID();
      const record = recorder.text("number", number);
      memory.beside = { who: { call, number } };
      line({ type: "consult", at: deviceNow(), call, number: record.id }, { record, dial: number });
    },
    transferNow: (typed) => line({ type: "transfer", at: deviceNow(), how: "blind" }, { dial: numberOf(typed) }),
    hangUp() {
      const at = deviceNow();
      const ends = hangUpEnds(memory.at.call, memory.lines);
      if (ends.call) signal({ type: "hangUp", at });
      if (ends.side) line(memory.lines.side.phase === "incoming" ? { type: "reject", at } : { type: "back", at });
    },
    mute() {
      const { call } = memory.at;
      const { side, focus } = memory.lines;
      const client = onLine(call) && (focus !== "side" || !sideUp(side)) ? call : undefined;
      const second = sideUp(side) && focus !== "call" ? side : undefined;
      const on = !((client ?? second)?.muted ?? true);
      if (client) signal({ type: "mute", on });
      if (second) line({ type: "sideMute", on });
    },
    hold() {
      const { call } = memory.at;
      const { side } = memory.lines;
      if (call.phase === "talking" && !sideUp(side)) signal({ type: "hold", on: !willHold(call.hold) });
      else if (side.phase === "talking") line({ type: "sideHold", on: !willHold(side.hold) });
    },
    reopened() {
      const at = deviceNow();
      const { call, left } = memory.at;
      const { side } = memory.lines;
      const lived = "call" in side ? lastAlive(side.call) ?? ("call" in call ? lastAlive(call.call) : undefined) ?? side.since : at;
      // The client's call first: what is held on the second line depends on whether that is there.
      if (onLine(call)) calls.signal({ type: "reopened", at, lived: lastAlive(call.call) ?? call.since, way: left?.name.answered !== undefined });
      line({ type: "sideReopened", at, lived, way: memory.beside.left?.name.answered !== undefined });
    },
  };
}
