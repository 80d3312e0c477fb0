import type { CallId, CampaignId, Millis, ProspectId, RecordId } from "../base/envelope.ts";
import type { CallEnd, PhoneFact } from "./facts.ts";
import { endOfBye, endOfRefusal, type Reason } from "./refusals.ts";

/** One call of this phone, from the key to the end. */
export type Call =
  | { readonly phase: "idle" }
  | { readonly phase: "dialing"; readonly call: CallId; readonly since: Millis; readonly muted: boolean }
  | { readonly phase: "ringing"; readonly call: CallId; readonly since: Millis; readonly muted: boolean; readonly early: boolean }
  | { readonly phase: "talking"; readonly call: CallId; readonly since: Millis; readonly muted: boolean; readonly hold: Hold }
  /** Its page has died and is here again; the client waits at the PBX. `asked`: so long has passed that the agent decides. */
  | { readonly phase: "returning"; readonly call: CallId; readonly since: Millis; readonly muted: boolean; readonly held: boolean; readonly lived: Millis; readonly asked: boolean }
  | { readonly phase: "ended"; readonly call: CallId; readonly why: CallEnd; readonly answeredAt?: Millis; readonly endedAt: Millis };

/** `asked`: our re-INVITE is under way, or waits until it can be; the sound has stopped already. */
export type Hold = "none" | "asked" | "held" | "askedBack";

/** On hold, or about to be. */
export const willHold = (hold: Hold): boolean => hold === "asked" || hold === "held";

export type CallPhase = Call["phase"];

/** How long its page may have been dead for a call to be taken back without asking the agent, milliseconds (rule P8). */
export const TAKE_BACK_UNASKED = 45_000;

/** What the world, or the agent's key, tells the phone. May be late, doubled, or about another call. */
export type CallSignal =
  | { readonly type: "dial"; readonly at: Millis; readonly call: CallId; readonly campaign: CampaignId; readonly prospect: ProspectId; readonly number: RecordId; readonly firm?: string }
  | { readonly type: "progress"; readonly at: Millis; readonly call: CallId; readonly status: number; readonly early: boolean }
  | { readonly type: "answered"; readonly at: Millis; readonly call: CallId }
  | { readonly type: "refused"; readonly at: Millis; readonly call: CallId; readonly status: number; readonly reason?: Reason }
  /** `lived`: the last moment at which its sound is known to have come, where that is not now (rule P10). */
  | { readonly type: "failed"; readonly at: Millis; readonly call: CallId; readonly why: CallEnd; readonly lived?: Millis }
  | { readonly type: "lineEnded"; readonly at: Millis; readonly call: CallId; readonly reason?: Reason; readonly lived?: Millis }
  | { readonly type: "hangUp"; readonly at: Millis }
  | { readonly type: "mute"; readonly on: boolean }
  | { readonly type: "hold"; readonly on: boolean }
  | { readonly type: "holdDone"; readonly at: Millis; readonly call: CallId; readonly ok: boolean }
  /** The page was opened again with this call up. `lived`: the last moment at which the call is known to have been alive; `way`: the line knows how to ask for it. */
  | { readonly type: "reopened"; readonly at: Millis; readonly lived: Millis; readonly way: boolean }
  /** The agent was asked, and wants the call. */
  | { readonly type: "takeBack"; readonly at: Millis }
  /** The PBX has given the call to this page. */
  | { readonly type: "takenBack"; readonly at: Millis; readonly call: CallId }
  | { readonly type: "clear" };

export type CallOrder =
  /** `campaign`: whose number is shown to the client. */
  | { readonly type: "invite"; readonly call: CallId; readonly campaign: CampaignId }
  | { readonly type: "hangUp"; readonly call: CallId }
  /** INVITE with Replaces, once the return is on record (rule P8). */
  | { readonly type: "takeBack"; readonly call: CallId; readonly muted: boolean; readonly held: boolean }
  | { readonly type: "mute"; readonly call: CallId; readonly on: boolean }
  | { readonly type: "hold"; readonly call: CallId; readonly on: boolean };

export interface CallStep {
  readonly state: Call;
  readonly facts: readonly (PhoneFact & { readonly at: Millis })[];
  readonly orders: readonly CallOrder[];
}

const stay = (state: Call): CallStep => ({ state, facts: [], orders: [] });

/**
 * The next state of the call, what became true by it, and what the line must now do.
 * Signals about another call, or too late to matter, change nothing.
 */
export function stepCall(state: Call, signal: CallSignal): CallStep {
  if (signal.type === "dial") return dial(state, signal);
  if (signal.type === "clear") return state.phase === "ended" ? stay({ phase: "idle" }) : stay(state);
  if (state.phase === "idle" || state.phase === "ended") return stay(state);
  if ("call" in signal && signal.call !== state.call) return stay(state);
  if (signal.type === "reopened") return reopen(state, signal);
  if (state.phase === "returning") return stepReturning(state, signal);
  switch (signal.type) {
    case "progress":
      if (state.phase === "talking" || signal.status <= 100) return stay(state);
      if (state.phase === "ringing") return stay({ ...state, early: state.early || signal.early });
      return {
        state: { phase: "ringing", call: state.call, since: state.since, muted: state.muted, early: signal.early },
        facts: [{ kind: "call.ringing", call: state.call, at: signal.at }], orders: [],
      };
    case "answered":
      if (state.phase === "talking") return stay(state);
      return {
        state: { phase: "talking", call: state.call, since: signal.at, muted: state.muted, hold: "none" },
        facts: [{ kind: "call.answered", call: state.call, at: signal.at }], orders: [],
      };
    case "refused": return end(state, state.phase === "talking" ? "clientHungUp" : endOfRefusal(signal.status, signal.reason), signal.at, []);
    case "failed": return end(state, signal.why, endOf(state, signal), [{ type: "hangUp", call: state.call }]);
    case "lineEnded": return end(state, state.phase === "talking" ? endOfBye(signal.reason) : "noAnswer", endOf(state, signal), []);
    // The screen never waits for the network to let go: the line sends CANCEL or BYE, whichever fits when it gets there (rule P4).
    case "hangUp": return end(state, state.phase === "talking" ? "agentHungUp" : "cancelled", signal.at, [{ type: "hangUp", call: state.call }]);
    case "mute":
      if (state.muted === signal.on) return stay(state);
      return { state: { ...state, muted: signal.on }, facts: [], orders: [{ type: "mute", call: state.call, on: signal.on }] };
    case "hold": {
      if (state.phase !== "talking" || willHold(state.hold) === signal.on) return stay(state);
      return { state: { ...state, hold: signal.on ? "asked" : "askedBack" }, facts: [], orders: [{ type: "hold", call: state.call, on: signal.on }] };
    }
    case "holdDone": {
      if (state.phase !== "talking" || (state.hold !== "asked" && state.hold !== "askedBack")) return stay(state);
      const held = (state.hold === "asked") === signal.ok;
      return {
        state: { ...state, hold: held ? "held" : "none" },
        facts: signal.ok ? [{ kind: "call.held", call: state.call, on: held, at: signal.at }] : [], orders: [],
      };
    }
    case "takeBack": case "takenBack": return stay(state);
  }
}

/** The page is here again: a call that was answered is asked for; what was not answered yet cannot be, and is called off. */
function reopen(state: Up, { at, lived, way }: Extract<CallSignal, { type: "reopened" }>): CallStep {
  const letGo: CallOrder = { type: "hangUp", call: state.call };
  if (state.phase === "dialing" || state.phase === "ringing" || !way) return end(state, "lost", Math.max(state.since, lived), [letGo]);
  // A second death on the way back does not move the moment of the first.
  const last = state.phase === "returning" ? state.lived : Math.max(state.since, lived);
  // What was just being asked for or taken back too: nobody is heard who believed to be on hold.
  const held = state.phase === "returning" ? state.held : state.hold !== "none";
  const { call, since, muted } = state;
  const asked = at - last > TAKE_BACK_UNASKED;
  return {
    state: { phase: "returning", call, since, muted, held, lived: last, asked },
    facts: [], orders: asked ? [] : [{ type: "takeBack", call, muted, held }],
  };
}

function stepReturning(state: Extract<Call, { phase: "returning" }>, signal: CallSignal): CallStep {
  const { call, since, muted, held, lived } = state;
  switch (signal.type) {
    case "takeBack": return state.asked ? { state: { ...state, asked: false }, facts: [], orders: [{ type: "takeBack", call, muted, held }] } : stay(state);
    case "takenBack":
      return {
        state: { phase: "talking", call, since, muted, hold: held ? "held" : "none" },
        facts: [{ kind: "call.takenBack", call, at: signal.at }], orders: [],
      };
    // What was not talked is not counted: whatever ends the return, the call ended when it was last alive (rule P6).
    // The old call is let go in any case: a PBX that refused may still hold it.
    case "refused": case "lineEnded": return end(state, "lost", lived, [{ type: "hangUp", call }]);
    case "failed": return end(state, signal.why === "noMicrophone" ? signal.why : "lost", lived, [{ type: "hangUp", call }]);
    case "hangUp": return end(state, "agentHungUp", lived, [{ type: "hangUp", call }]);
    case "mute": return state.muted === signal.on ? stay(state) : { state: { ...state, muted: signal.on }, facts: [], orders: [{ type: "mute", call, on: signal.on }] };
    default: return stay(state);
  }
}

function dial(state: Call, signal: Extract<CallSignal, { type: "dial" }>): CallStep {
  // A second call while one is up is refused by doing nothing (rule P2).
  if (state.phase !== "idle" && state.phase !== "ended") return stay(state);
  const { call, campaign, prospect, number, at, firm } = signal;
  return {
    state: { phase: "dialing", call, since: at, muted: false },
    facts: [{ kind: "call.dialed", call, campaign, prospect, number, at, ...(firm === undefined ? {} : { firm }) }],
    orders: [{ type: "invite", call, campaign }],
  };
}

function end(state: Up, why: CallEnd, at: Millis, orders: readonly CallOrder[]): CallStep {
  return {
    state: { phase: "ended", call: state.call, why, endedAt: at, ...(state.phase === "talking" || state.phase === "returning" ? { answeredAt: state.since } : {}) },
    facts: [{ kind: "call.ended", call: state.call, why, at }],
    orders,
  };
}

/** When a talk ended of which it was noticed later that nothing came any more: with the last sound (rule P10). */
function endOf(state: Up, { at, lived }: { readonly at: Millis; readonly lived?: Millis }): Millis {
  return state.phase === "talking" && lived !== undefined ? Math.min(at, Math.max(state.since, lived)) : at;
}

type Up = Extract<Call, { phase: "dialing" | "ringing" | "talking" | "returning" }>;

/** Is a client, or the way to one, on the line right now? */
export function onLine(state: Call): state is Up {
  return state.phase !== "idle" && state.phase !== "ended";
}
