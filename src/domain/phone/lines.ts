import type { CallId, Millis, RecordId } from "../base/envelope.ts";
import type { Call, CallOrder, CallSignal, Hold } from "./call.ts";
import { onLine, TAKE_BACK_UNASKED, willHold } from "./call.ts";
import type { PhoneFact } from "./facts.ts";
import type { SideEnd, SideFact } from "./sideFacts.ts";
import { endOfBye, endOfRefusal, type Reason } from "./refusals.ts";

/** The line beside the call of the card: somebody who calls us, or a colleague who is asked while the client waits. */
export type Side =
  /** `last`: how the one before ended, until something else happens there. */
  | { readonly phase: "free"; readonly last?: { readonly call: CallId; readonly why: SideEnd; readonly at: Millis } }
  | { readonly phase: "incoming"; readonly call: CallId; readonly since: Millis }
  | { readonly phase: "dialing" | "ringing"; readonly call: CallId; readonly since: Millis; readonly way: Way; readonly muted: boolean }
  | { readonly phase: "talking"; readonly call: CallId; readonly since: Millis; readonly way: Way; readonly muted: boolean; readonly hold: Hold }
  /** Its page has died and is here again; the far side waits at the PBX. `lived`: the last moment at which the call is known to have been alive. */
  | { readonly phase: "returning"; readonly call: CallId; readonly since: Millis; readonly way: Way; readonly muted: boolean; readonly held: boolean; readonly lived: Millis };

export type SidePhase = Side["phase"];
/** Who called whom. */
export type Way = "in" | "out";

/** Whom the agent speaks with (rule B2); `none`: the client waits while a transfer is asked for. */
export type Focus = "call" | "side" | "both" | "none";

/** A transfer that is under way: `blind` without asking the colleague first (RFC 3515), `attended` after it (RFC 3891). */
export interface Transfer { readonly how: "blind" | "attended"; readonly since: Millis }

/** What is on the phone beside the call of the card, and how the two lie to each other. */
export interface Lines {
  readonly side: Side;
  readonly focus: Focus;
  readonly transfer?: Transfer;
  /** The last transfer was not taken, by this SIP status; until the next thing that the agent does. */
  readonly failed?: { readonly how: Transfer["how"]; readonly status: number };
  /** Who has put us on hold. */
  readonly heldBy: { readonly call: boolean; readonly side: boolean };
  /** The client's hold is ours, for the sake of the other line: it is taken back with that. */
  readonly parked: boolean;
  /** A hold, or its end, that was refused is not asked for again until the focus changes. */
  readonly refused: { readonly call: boolean; readonly side: boolean };
  /** The second line's hold is the agent's own. */
  readonly sideKept: boolean;
  /** What the phone was last told: who is spoken with, who is joined to the client, what rings. */
  readonly ears: readonly CallId[];
  readonly joined?: CallId;
  readonly ringing: "off" | "call" | "waiting";
}

export const noLines: Lines = {
  side: { phase: "free" }, focus: "call", heldBy: { call: false, side: false }, parked: false, refused: { call: false, side: false },
  sideKept: false, ears: [], ringing: "off",
};

export type LineSignal =
  /** Somebody calls. `away`: on a break, or the shift is over. */
  | { readonly type: "rang"; readonly at: Millis; readonly call: CallId; readonly number?: RecordId; readonly away: boolean }
  | { readonly type: "take" } | { readonly type: "reject"; readonly at: Millis }
  | { readonly type: "consult"; readonly at: Millis; readonly call: CallId; readonly number: RecordId }
  | { readonly type: "swap" } | { readonly type: "join"; readonly at: Millis; readonly on: boolean }
  /** The second line ends, the client is back. */
  | { readonly type: "back"; readonly at: Millis }
  | { readonly type: "sideMute"; readonly on: boolean } | { readonly type: "sideHold"; readonly on: boolean }
  | { readonly type: "transfer"; readonly at: Millis; readonly how: Transfer["how"] }
  /** The last word about a transfer: NOTIFY's, or the refusal of REFER. */
  | { readonly type: "transferDone"; readonly at: Millis; readonly call: CallId; readonly status: number }
  | { readonly type: "heldBy"; readonly call: CallId; readonly on: boolean }
  /** The page is here again. `way`: the line knows how to ask for what was answered on the second line. */
  | { readonly type: "sideReopened"; readonly at: Millis; readonly lived: Millis; readonly way: boolean }
  /** What the line tells of either call; for the client's call the machine of the call has been told before. */
  | Extract<CallSignal, { type: OfEither }>
  /** The client's call has changed for another reason. */
  | { readonly type: "callChanged"; readonly at: Millis };

type OfEither = "progress" | "answered" | "refused" | "failed" | "lineEnded" | "holdDone" | "takenBack";

export type LineOrder =
  | { readonly type: "invite"; readonly call: CallId }
  | { readonly type: "hangUp"; readonly call: CallId }
  /** INVITE with Replaces (rule B7). */
  | { readonly type: "takeBack"; readonly call: CallId; readonly muted: boolean; readonly held: boolean }
  | { readonly type: "mute"; readonly call: CallId; readonly on: boolean }
  | { readonly type: "hold"; readonly call: CallId; readonly on: boolean }
  | { readonly type: "take"; readonly call: CallId }
  | { readonly type: "reject"; readonly call: CallId; readonly status: number }
  /** REFER in the client's call; to `other` with Replaces, otherwise to the number that goes with it. */
  | { readonly type: "refer"; readonly call: CallId; readonly other?: CallId }
  /** Each hears the other, through us. */
  | { readonly type: "join"; readonly call: CallId; readonly other: CallId; readonly on: boolean }
  /** Who may hear the agent and be heard; nobody else, whatever the far side thinks of the hold (rule B2). */
  | { readonly type: "talkTo"; readonly calls: readonly CallId[] }
  | { readonly type: "ring"; readonly how: "call" | "waiting" | "off" };

/** Everything that a phone may tell. */
export type PhoneSignal = CallSignal | LineSignal;
/** Every order that a phone obeys. */
export type PhoneOrder = CallOrder | LineOrder;

export interface LineStep {
  readonly lines: Lines;
  readonly facts: readonly ((SideFact | PhoneFact) & { readonly at: Millis })[];
  readonly orders: readonly LineOrder[];
  /** What the machine of the client's call must be told, in this order. */
  readonly tell: readonly CallSignal[];
}

type Part = Partial<Omit<LineStep, "lines">> & { readonly lines: Lines };
type Up = Extract<Side, { call: CallId }>;

/** Is somebody on the second line, or on the way to it. A call that only rings is not. */
export function sideUp(side: Side): side is Extract<Side, { way: Way }> {
  return side.phase !== "free" && side.phase !== "incoming";
}

/** Which calls the hang-up key ends: those that the agent speaks with (rule B5). */
export function hangUpEnds(call: Call, lines: Lines): { readonly call: boolean; readonly side: boolean } {
  const [first, second] = [onLine(call), sideUp(lines.side)];
  if (!first && !second) return { call: false, side: lines.side.phase === "incoming" };
  const both = lines.focus === "both" || lines.focus === "none" || lines.transfer !== undefined;
  return { call: first && (!second || both || lines.focus === "call"), side: second && (!first || both || lines.focus === "side") };
}

/**
 * The next state of the phone beside the client's call (rules B1–B7). `call` is that call as it is now.
 * Signals about other calls, doubled ones and those that are too late change nothing.
 */
export function stepLines(call: Call, lines: Lines, signal: LineSignal): LineStep {
  return settle(call, move(call, lines, signal));
}

function move(call: Call, lines: Lines, signal: LineSignal): Part {
  const { side } = lines;
  const talking = call.phase === "talking" ? call : undefined;
  const acted: Lines = withoutFailed(lines);
  switch (signal.type) {
    case "rang": return rang(lines, signal);
    case "take":
      // A client who is being rung must not answer to silence: who calls us waits until that is decided.
      if (side.phase !== "incoming" || (onLine(call) && !talking) || lines.transfer) return { lines };
      return {
        lines: focusOn({ ...acted, side: { phase: "dialing", call: side.call, since: side.since, way: "in", muted: false } }, "side"),
        orders: [{ type: "take", call: side.call }],
      };
    case "reject":
      if (side.phase !== "incoming") return { lines };
      return over(acted, side, "rejected", signal.at, [{ type: "reject", call: side.call, status: 486 }]);
    case "consult":
      if (!talking || side.phase !== "free" || lines.transfer) return { lines };
      return {
        lines: focusOn({ ...acted, side: { phase: "dialing", call: signal.call, since: signal.at, way: "out", muted: false } }, "side"),
        facts: [{ kind: "side.dialed", call: signal.call, client: talking.call, number: signal.number, at: signal.at }],
        orders: [{ type: "invite", call: signal.call }],
      };
    case "swap":
      if (!talking || side.phase !== "talking" || lines.transfer) return { lines };
      return { lines: focusOn(acted, lines.focus === "side" ? "call" : "side") };
    case "join":
      if (!talking || side.phase !== "talking" || lines.transfer || signal.on === (lines.focus === "both")) return { lines };
      return {
        lines: focusOn(acted, signal.on ? "both" : "call"),
        facts: [{ kind: "call.joined", call: talking.call, side: side.call, on: signal.on, at: signal.at }],
      };
    case "back":
      if (!sideUp(side)) return { lines };
      return over(acted, side, side.phase === "talking" || side.phase === "returning" ? "agentHungUp" : "cancelled", side.phase === "returning" ? side.lived : signal.at, [{ type: "hangUp", call: side.call }]);
    case "sideMute":
      if (!sideUp(side) || side.muted === signal.on) return { lines };
      return { lines: { ...lines, side: { ...side, muted: signal.on } }, orders: [{ type: "mute", call: side.call, on: signal.on }] };
    case "sideHold":
      // With a client on the other line the hold goes with the focus.
      if (side.phase !== "talking" || onLine(call) || willHold(side.hold) === signal.on) return { lines };
      return { lines: { ...lines, sideKept: signal.on, side: { ...side, hold: signal.on ? "asked" : "askedBack" } }, orders: [{ type: "hold", call: side.call, on: signal.on }] };
    case "transfer": {
      if (!talking || lines.transfer) return { lines };
      const transfer = { how: signal.how, since: signal.at };
      if (signal.how === "attended") {
        return side.phase === "talking" ? { lines: { ...acted, transfer }, orders: [{ type: "refer", call: talking.call, other: side.call }] } : { lines };
      }
      return sideUp(side) ? { lines } : { lines: focusOn({ ...acted, transfer }, "none"), orders: [{ type: "refer", call: talking.call }] };
    }
    case "transferDone": return transferDone(call, lines, signal);
    case "sideReopened": return reopened(lines, signal);
    case "heldBy": return { lines: heldBy(call, lines, signal.call, signal.on) };
    case "progress": case "answered": case "refused": case "failed": case "lineEnded": case "holdDone": case "takenBack":
      return "call" in side && side.call === signal.call ? sideTold(lines, side, signal) : callTold(lines, call, signal);
    case "callChanged": return { lines };
  }
}

/** Somebody calls us: it rings, or is turned away and on record as such (rule B3). */
function rang(lines: Lines, { at, call, number, away }: Extract<LineSignal, { type: "rang" }>): Part {
  const fact = { kind: "side.rang", call, at, ...(number === undefined ? {} : { number }) } as const;
  const why = away ? "away" : lines.side.phase === "free" && !lines.transfer ? undefined : "engaged";
  if (why !== undefined) {
    return {
      lines, facts: [fact, { kind: "side.ended", call, why, at }],
      orders: [{ type: "reject", call, status: why === "away" ? 480 : 486 }],
    };
  }
  return { lines: { ...lines, side: { phase: "incoming", call, since: at } }, facts: [fact] };
}

/** What the line tells of the second line. */
function sideTold(lines: Lines, side: Up, signal: Extract<LineSignal, { type: OfEither }>): Part {
  if (side.phase === "returning") return sideReturns(lines, side, signal);
  switch (signal.type) {
    case "progress":
      return side.phase === "dialing" && side.way === "out" && signal.status > 100 ? { lines: { ...lines, side: { ...side, phase: "ringing" } } } : { lines };
    case "answered":
      if (side.phase !== "dialing" && side.phase !== "ringing") return { lines };
      return {
        lines: { ...lines, side: { phase: "talking", call: side.call, since: signal.at, way: side.way, muted: side.muted, hold: "none" } },
        facts: [{ kind: "side.answered", call: side.call, at: signal.at }],
      };
    case "holdDone": {
      if (side.phase !== "talking" || (side.hold !== "asked" && side.hold !== "askedBack")) return { lines };
      const held = (side.hold === "asked") === signal.ok;
      return { lines: { ...lines, side: { ...side, hold: held ? "held" : "none" }, refused: { ...lines.refused, side: lines.refused.side || !signal.ok } } };
    }
    case "failed": return over(lines, side, signal.why, signal.at, [{ type: "hangUp", call: side.call }]);
    case "refused": return over(lines, side, refusedBy(side, signal.status, signal.reason), signal.at, []);
    case "lineEnded": return over(lines, side, endedBy(side, signal.reason), signal.at, []);
    case "takenBack": return { lines };
  }
}

/**
 * The page is here again, and its phone knows nothing of what the one before was told (rule B7). What was answered is asked for,
 * what was not is called off. A transfer was in the dead page's hands: whoever took the client answers for the rest.
 */
function reopened(lines: Lines, { at, lived, way }: Extract<LineSignal, { type: "sideReopened" }>): Part {
  const { side } = lines;
  const { joined: _, ...rest } = withoutTransfer(withoutFailed(lines));
  const fresh: Lines = { ...rest, ears: [], ringing: "off", heldBy: noLines.heldBy, refused: noLines.refused, focus: rest.focus === "none" ? "call" : rest.focus };
  if (side.phase === "free") return { lines: fresh.focus === "call" ? fresh : focusOn(fresh, "call") };
  // A second death on the way back does not move the moment of the first.
  const last = side.phase === "returning" ? side.lived : Math.max(side.since, lived);
  if (side.phase === "incoming") return over(fresh, side, "missed", last, []);
  if ((side.phase !== "talking" && side.phase !== "returning") || !way || at - last > TAKE_BACK_UNASKED) return over(fresh, side, "lost", last, [{ type: "hangUp", call: side.call }]);
  const held = side.phase === "returning" ? side.held : side.hold !== "none";
  const { call, since, muted } = side;
  return { lines: { ...fresh, side: { phase: "returning", call, since, way: side.way, muted, held, lived: last } }, orders: [{ type: "takeBack", call, muted, held }] };
}

function sideReturns(lines: Lines, side: Extract<Side, { phase: "returning" }>, signal: Extract<LineSignal, { type: OfEither }>): Part {
  const { call, since, way, muted, held, lived } = side;
  switch (signal.type) {
    case "takenBack": return { lines: { ...lines, side: { phase: "talking", call, since, way, muted, hold: held ? "held" : "none" } } };
    // A PBX that refused may still hold the old call, so that is let go in any case.
    case "refused": case "lineEnded": return over(lines, side, "lost", lived, [{ type: "hangUp", call }]);
    case "failed": return over(lines, side, signal.why === "noMicrophone" ? signal.why : "lost", lived, [{ type: "hangUp", call }]);
    case "progress": case "answered": case "holdDone": return { lines };
  }
}

function refusedBy(side: Up, status: number, reason?: Reason): SideEnd {
  if (side.phase === "talking") return "clientHungUp";
  return side.phase !== "incoming" && side.way === "out" ? endOfRefusal(status, reason) : "missed";
}

function endedBy(side: Up, reason?: Reason): SideEnd {
  if (side.phase === "talking") return endOfBye(reason);
  if (side.phase !== "incoming" && side.way === "out") return "noAnswer";
  // Another telephone of ours took it, and says so (RFC 3326, "call completed elsewhere").
  return reason?.sip === 200 || reason?.q850 === 26 ? "answeredElsewhere" : "missed";
}

/** What the line tells of the client's call concerns the second line only where a hold was refused. */
function callTold(lines: Lines, call: Call, signal: { readonly type: string; readonly call: CallId; readonly ok?: boolean }): Part {
  if (signal.type !== "holdDone" || signal.ok !== false || call.phase !== "talking" || call.call !== signal.call) return { lines };
  return { lines: { ...lines, refused: { ...lines.refused, call: true } } };
}

/** The far side's last word about a transfer (rule B6). */
function transferDone(call: Call, lines: Lines, { at, call: of, status }: Extract<LineSignal, { type: "transferDone" }>): Part {
  const { transfer, side } = lines;
  if (!transfer || call.phase !== "talking" || call.call !== of) return { lines };
  if (status >= 300) return { lines: { ...focusOn(withoutTransfer(lines), "call"), failed: { how: transfer.how, status } } };
  return done(call.call, lines, side, transfer, at);
}

function done(call: CallId, lines: Lines, side: Side, transfer: Transfer, at: Millis): Part {
  const gone: Part = transfer.how === "attended" && sideUp(side) ? over(withoutTransfer(lines), side, "transferred", at, [{ type: "hangUp", call: side.call }]) : { lines: withoutTransfer(lines) };
  return {
    ...gone,
    facts: [{ kind: "call.transferred", call, how: transfer.how, at, ...(transfer.how === "attended" && sideUp(side) ? { side: side.call } : {}) }, ...(gone.facts ?? [])],
    tell: [{ type: "failed", call, why: "transferred", at }],
  };
}

function heldBy(call: Call, lines: Lines, who: CallId, on: boolean): Lines {
  const which = "call" in call && onLine(call) && call.call === who ? "call" : "call" in lines.side && lines.side.call === who ? "side" : undefined;
  return which === undefined || lines.heldBy[which] === on ? lines : { ...lines, heldBy: { ...lines.heldBy, [which]: on } };
}

/** The second line is over. Whoever is left on the phone has the agent's ear (rule B4). */
function over(lines: Lines, side: Up, why: SideEnd, at: Millis, orders: readonly LineOrder[]): Part {
  // While the client is being given to the colleague, the far side takes our line to the colleague away.
  const given = lines.transfer?.how === "attended" && why === "clientHungUp";
  const next: Lines = { ...lines, side: { phase: "free", last: { call: side.call, why: given ? "transferred" : why, at } }, heldBy: { ...lines.heldBy, side: false } };
  return {
    lines: side.phase === "incoming" ? next : focusOn(given ? next : withoutTransfer(next), given ? "none" : "call"),
    facts: [{ kind: "side.ended", call: side.call, why: given ? "transferred" : why, at }], orders,
  };
}

/**
 * What follows from how both lines stand now, whatever has moved them: who waits is held, who does not is not, the sound
 * goes where the focus is, and it rings while somebody calls.
 */
function settle(call: Call, part: Part): LineStep {
  const orders = [...(part.orders ?? [])];
  const tell = [...(part.tell ?? [])];
  const up = onLine(call) && !tell.some(({ type }) => type === "failed");
  const client = up && call.phase === "talking" ? call : undefined;
  let lines = up ? part.lines : alone(part.lines);

  if (client) {
    const waits = lines.focus === "side" || lines.focus === "none";
    if (waits && !lines.parked) lines = { ...lines, parked: true };
    if (lines.parked && !lines.refused.call) {
      if (waits && client.hold === "none") tell.push({ type: "hold", on: true });
      if (!waits && client.hold === "held") tell.push({ type: "hold", on: false });
    }
    if (!waits && client.hold === "none" && lines.parked) lines = { ...lines, parked: false };
  }
  if (lines.side.phase === "talking" && !lines.refused.side) {
    const talk = lines.side;
    // A client who is being taken back is there too.
    const waits = up && (call.phase === "talking" || call.phase === "returning") && lines.focus === "call";
    // Alone with the agent it is held by the agent's own key only.
    const turn = waits ? talk.hold === "none" : talk.hold === "held" && !lines.sideKept;
    if (turn) {
      lines = { ...lines, side: { ...talk, hold: waits ? "asked" : "askedBack" } };
      orders.push({ type: "hold", call: talk.call, on: waits });
    }
  }

  const ears = earsOf(up ? call.call : undefined, lines);
  if (ears.join() !== lines.ears.join()) {
    lines = { ...lines, ears };
    orders.push({ type: "talkTo", calls: ears });
  }
  const ringing = lines.side.phase !== "incoming" ? "off" : up || lines.focus !== "call" ? "waiting" : "call";
  if (ringing !== lines.ringing) {
    lines = { ...lines, ringing };
    orders.push({ type: "ring", how: ringing });
  }
  const joined = lines.focus === "both" && client && lines.side.phase === "talking" ? lines.side.call : undefined;
  if (joined !== lines.joined) {
    if (client && joined !== undefined) orders.push({ type: "join", call: client.call, other: joined, on: true });
    else if ("call" in call && lines.joined !== undefined) orders.push({ type: "join", call: call.call, other: lines.joined, on: false });
    const { joined: _, ...rest } = lines;
    lines = { ...rest, ...(joined === undefined ? {} : { joined }) };
  }
  return { lines, facts: part.facts ?? [], orders, tell };
}

/** Without a client's call: whoever is on the second line is the one spoken with (rule B4). */
function alone(lines: Lines): Lines {
  const focus = sideUp(lines.side) ? "side" : "call";
  const rest = lines.transfer ? withoutTransfer(lines) : lines;
  return { ...(rest.focus === focus ? rest : focusOn(rest, focus)), parked: false, heldBy: rest.heldBy.call ? { ...rest.heldBy, call: false } : rest.heldBy };
}

function earsOf(client: CallId | undefined, { side, focus }: Lines): readonly CallId[] {
  const second = sideUp(side) ? side.call : undefined;
  const all = [focus === "call" || focus === "both" ? client : undefined, focus === "side" || focus === "both" ? second : undefined];
  return all.flatMap((one) => one ?? []);
}

function focusOn(lines: Lines, focus: Focus): Lines {
  return { ...lines, focus, refused: { call: false, side: false }, sideKept: false };
}

function withoutTransfer(lines: Lines): Lines {
  const { transfer: _, ...rest } = lines;
  return rest;
}

function withoutFailed(lines: Lines): Lines {
  const { failed: _, ...rest } = lines;
  return rest;
}
