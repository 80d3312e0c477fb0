/**
 * How a practice customer takes turns: a pure machine. It does not understand words; it hears that the agent speaks and
 * stops, answers in turn along the course drawn for this call, asks when nobody speaks, stops when spoken over.
 * Every state but the first and the last has a moment at which it goes on by itself: nobody falls mute for good.
 */
import { planFor, temperOf, type Beat, type Temper } from "./character.ts";
import { roll, type Dice } from "./dice.ts";
import type { Difficulty } from "./difficulty.ts";
import type { CharacterId } from "./numbers.ts";
import type { Situation } from "./situations.ts";

type Millis = number;

/** Silence after which a turn of the agent is over, counted from the last sound: patient, as people on the phone are. */
export const endOfTurn = { usual: 800, afterFewWords: 1100, mostPatient: 1700 } as const;
/** Less sound than this in a turn is a cough or a click, not an answer. */
const fewestWords: Millis = 250;
/** Up to this much a turn may be a mere "Good morning", with more to come. */
const fewWords: Millis = 1200;
/** Talking over the customer for this long makes it stop; shorter is a "yes, yes". */
export const talkOver: Millis = 400;
/** A line cut off earlier than this was not heard: it is said again, once. */
const heardEnough: Millis = 1200;
/** No recording is longer: the sound of a line has ended by then even if nobody says so. */
const longestLine: Millis = 20_000;
/** How long a customer on hold stays. */
const holdPatience: Millis = 60_000;
/** Pause between two questions whether anybody is there, and before going. */
const checkAgain: Millis = 5000;
/** How often a silent agent is asked before the customer goes. */
const checks = 2;

/** One thing to say: the first word (which nobody breaks off), a beat of the course, or a word into the silence. */
type Utterance = { readonly kind: "opening" | "beat" | "check"; readonly beat: Beat };

/** What was heard of the agent since the customer's last line. */
type Turn = {
  readonly since: Millis;
  /** Sound so far, without the part that goes on. */
  readonly spoken: Millis;
  /** When the agent last fell silent. */
  readonly quietSince: Millis | undefined;
};

export type Phase =
  | { readonly name: "ready" }
  | { readonly name: "thinking"; readonly next: Utterance; readonly turn: Turn; readonly wakeAt: Millis }
  | { readonly name: "speaking"; readonly what: Utterance; readonly since: Millis; readonly wakeAt: Millis }
  | { readonly name: "listening"; readonly turn: Turn; readonly wakeAt: Millis }
  | { readonly name: "recording"; readonly wakeAt: Millis }
  | { readonly name: "held"; readonly wakeAt: Millis }
  | { readonly name: "leaving"; readonly wakeAt: Millis }
  | { readonly name: "gone" };

export type Customer = {
  readonly phase: Phase;
  readonly temper: Temper;
  /** What is still to be said, in order. */
  readonly course: readonly Beat[];
  readonly dice: Dice;
  /** Throws for takes: how often each situation came up, from a random start. */
  readonly takes: Readonly<Partial<Record<Situation, number>>>;
  /** Since when the agent is heard; undefined while quiet. */
  readonly voiceSince: Millis | undefined;
  /** The longest pause within a turn that this agent has shown makes the customer wait longer. */
  readonly patience: Millis;
  /** How often the silent agent has been asked in this turn. */
  readonly checked: number;
  readonly opened: boolean;
  /** The beat that was cut short and is said for the second time. */
  readonly repeated: boolean;
};

/** What the world tells the customer. Times in milliseconds of one clock that does not go back. */
export type CustomerSignal =
  | { readonly type: "answered"; readonly at: Millis }
  /** The agent began to speak. */
  | { readonly type: "voice"; readonly at: Millis }
  /** The agent has been silent since a moment that may lie a little before this signal. */
  | { readonly type: "quiet"; readonly at: Millis; readonly since: Millis }
  | { readonly type: "lineEnded"; readonly at: Millis }
  | { readonly type: "woke"; readonly at: Millis }
  | { readonly type: "held"; readonly at: Millis }
  | { readonly type: "resumed"; readonly at: Millis }
  /** The call is over. */
  | { readonly type: "ended"; readonly at: Millis };

export type CustomerOrder =
  /** Play a recording; `take` counts up, the player wraps it round the takes there are. */
  | { readonly type: "say"; readonly situation: Situation; readonly take: number }
  | { readonly type: "stopSaying" }
  /** Send `woke` at this moment; replaces the wake-up ordered before. Undefined: none. */
  | { readonly type: "wake"; readonly at: Millis | undefined }
  | { readonly type: "hangUp" };

export type CustomerStep = { readonly state: Customer; readonly orders: readonly CustomerOrder[] };

/** A customer before the call: the course is drawn from the dice, so the same dice make the same call. */
export function newCustomer(character: CharacterId, dice: Dice, difficulty: Difficulty = "usual"): Customer {
  const plan = planFor(character, dice, difficulty);
  return {
    phase: { name: "ready" },
    temper: temperOf(character, difficulty),
    course: plan.beats,
    dice: plan.dice,
    takes: {},
    voiceSince: undefined,
    patience: endOfTurn.usual,
    checked: 0,
    opened: false,
    repeated: false,
  };
}

/** What comes of a signal. Signals that a state does not expect change nothing. */
export function stepCustomer(state: Customer, signal: CustomerSignal): CustomerStep {
  const { phase } = state;
  if (phase.name === "gone") return stay(state);
  if (signal.type === "ended") return leave(state, [{ type: "stopSaying" }]);
  if (signal.type === "voice" || signal.type === "quiet") return hear(state, signal);
  if (signal.type === "answered") return phase.name === "ready" ? nextBeat(state, signal.at, 400) : stay(state);
  if (phase.name === "ready") return stay(state);
  if (signal.type === "held") return hold(state, signal.at);
  if (signal.type === "resumed") return phase.name === "held" ? listen(state, signal.at, signal.at) : stay(state);
  if (signal.type === "lineEnded") return phase.name === "speaking" ? afterLine(state, phase, signal.at) : stay(state);
  return signal.at >= phase.wakeAt ? wake(state, phase, signal.at) : stay(state);
}

/** When the state goes on by itself; undefined before and after the call. */
export function wakeAtOf(state: Customer): Millis | undefined {
  return state.phase.name === "ready" || state.phase.name === "gone" ? undefined : state.phase.wakeAt;
}

type Live = Exclude<Phase, { name: "ready" } | { name: "gone" }>;

function wake(state: Customer, phase: Live, at: Millis): CustomerStep {
  switch (phase.name) {
    case "thinking":
      return say(state, phase.next, at);
    case "speaking":
      return talkedOver(state, phase, at) ? cut(state, phase, at) : afterLine(state, phase, at, [{ type: "stopSaying" }]);
    case "listening":
      return answer(state, phase.turn, at);
    case "recording":
    case "held":
    case "leaving":
      return leave(state, [{ type: "hangUp" }]);
  }
}

/** The agent's voice begins or ends. */
function hear(state: Customer, signal: Extract<CustomerSignal, { type: "voice" | "quiet" }>): CustomerStep {
  const { phase, voiceSince, temper } = state;
  if (signal.type === "voice") {
    if (voiceSince !== undefined) return stay(state);
    const heard: Customer = { ...state, voiceSince: signal.at };
    if (temper.deaf) return stay(heard);
    if (phase.name === "listening") return goOn(heard, phase.turn, signal.at);
    // The agent had only paused for breath: let them finish.
    if (phase.name === "thinking" && state.opened) return goOn(heard, phase.turn, signal.at);
    if (phase.name === "speaking" && phase.what.kind !== "opening") return to(heard, { ...phase, wakeAt: signal.at + talkOver });
    return stay(heard);
  }
  if (voiceSince === undefined) return stay(state);
  const since = Math.max(voiceSince, Math.min(signal.since, signal.at));
  const heard: Customer = { ...state, voiceSince: undefined };
  if (temper.deaf) return stay(heard);
  if (phase.name === "speaking") return to(heard, { ...phase, wakeAt: phase.since + longestLine });
  if (phase.name !== "listening") return stay(heard);
  const spoken = phase.turn.spoken + since - Math.max(voiceSince, phase.turn.since);
  const turn: Turn = { ...phase.turn, spoken, quietSince: since };
  return to(heard, { name: "listening", turn, wakeAt: turnOver(heard, turn, signal.at) });
}

/** The agent speaks (on): wait for the end, though not for ever; a pause that was nearly taken for the end teaches patience. */
function goOn(state: Customer, turn: Turn, at: Millis): CustomerStep {
  const pause = turn.quietSince === undefined ? 0 : at - turn.quietSince;
  const patience = turn.spoken > 0 ? Math.min(endOfTurn.mostPatient, Math.max(state.patience, pause + 300)) : state.patience;
  return to({ ...state, patience }, { name: "listening", turn, wakeAt: Math.max(at, turn.since + state.temper.monologueMs) });
}

function turnOver(state: Customer, turn: Turn, at: Millis): Millis {
  const silence = turn.since + (state.checked > 0 ? checkAgain : state.temper.silenceMs);
  const end = (turn.quietSince ?? at) + Math.max(state.patience, turn.spoken < fewWords ? endOfTurn.afterFewWords : 0);
  return turn.spoken >= fewestWords ? Math.max(at, end) : Math.max(silence, end);
}

/** The agent's turn is over, or nobody spoke at all. */
function answer(state: Customer, turn: Turn, at: Millis): CustomerStep {
  const spoke = turn.spoken >= fewestWords || state.voiceSince !== undefined;
  if (spoke || state.course[0]?.after === "leave") return nextBeat({ ...state, checked: 0 }, at);
  if (state.checked >= checks) return say(state, intoSilence("cannotHear", "leave"), at);
  const question = intoSilence(state.checked === 0 ? "checking" : "checkingAgain", "listen");
  return say({ ...state, checked: state.checked + 1 }, question, at);
}

function intoSilence(say: Situation, after: Beat["after"]): Utterance {
  return { kind: "check", beat: { say, after, thinkMs: [0, 0] } };
}

/** Thinks for a moment, then says the next beat; a course that is used up ends the call. */
function nextBeat(state: Customer, at: Millis, extra = 0): CustomerStep {
  const beat = state.course[0];
  if (beat === undefined) return leave(state, [{ type: "hangUp" }]);
  const thrown = roll(state.dice);
  const [least, most] = beat.thinkMs;
  const pause = Math.round(least + thrown.value * (most - least)) + extra;
  const turn = state.phase.name === "listening" ? state.phase.turn : newTurn(at);
  const next: Utterance = { kind: state.opened ? "beat" : "opening", beat };
  return to({ ...state, dice: thrown.dice }, { name: "thinking", next, turn, wakeAt: at + pause });
}

function say(state: Customer, what: Utterance, at: Millis): CustomerStep {
  const situation = what.beat.say;
  const thrown = roll(state.dice);
  const take = (state.takes[situation] ?? Math.floor(thrown.value * 1000)) + 1;
  const spoken: Customer = {
    ...state,
    dice: thrown.dice,
    takes: { ...state.takes, [situation]: take },
    course: what.kind === "check" ? state.course : state.course.slice(1),
    opened: true,
  };
  return to(spoken, { name: "speaking", what, since: at, wakeAt: at + longestLine }, [{ type: "say", situation, take }]);
}

/** Sound that was there before the line began (a monologue, a noisy room) does not stop it. */
function talkedOver(state: Customer, phase: Extract<Phase, { name: "speaking" }>, at: Millis): boolean {
  if (state.temper.deaf || phase.what.kind === "opening" || state.voiceSince === undefined) return false;
  return state.voiceSince >= phase.since && at - state.voiceSince >= talkOver;
}

/** Spoken over: stops and listens; what was hardly begun is said again in the next turn, but only once. */
function cut(state: Customer, phase: Extract<Phase, { name: "speaking" }>, at: Millis): CustomerStep {
  const { what } = phase;
  const again = what.kind === "beat" && at - phase.since < heardEnough && !state.repeated;
  const course = again && what.beat.after === "listen" ? [what.beat, ...state.course] : state.course;
  return afterLine({ ...state, course, checked: 0 }, phase, at, [{ type: "stopSaying" }], again);
}

function afterLine(
  state: Customer,
  phase: Extract<Phase, { name: "speaking" }>,
  at: Millis,
  orders: readonly CustomerOrder[] = [],
  repeated = false,
): CustomerStep {
  const { temper } = state;
  const { after } = phase.what.beat;
  if (after === "leave") return to(state, { name: "leaving", wakeAt: at + temper.lingerMs }, orders);
  if (after === "record") return to(state, { name: "recording", wakeAt: at + temper.silenceMs }, orders);
  // What the agent said during the line belongs to the answer, unless it began before the line.
  return listen({ ...state, repeated }, Math.max(phase.since, state.voiceSince ?? at), at, orders);
}

function listen(state: Customer, since: Millis, at: Millis, orders: readonly CustomerOrder[] = []): CustomerStep {
  const turn = newTurn(since);
  const wakeAt = state.voiceSince === undefined ? turnOver(state, turn, at) : turn.since + state.temper.monologueMs;
  return to(state, { name: "listening", turn, wakeAt }, orders);
}

function newTurn(since: Millis): Turn {
  return { since, spoken: 0, quietSince: undefined };
}

function hold(state: Customer, at: Millis): CustomerStep {
  if (state.phase.name === "held" || state.phase.name === "leaving") return stay(state);
  const stop: readonly CustomerOrder[] = state.phase.name === "speaking" ? [{ type: "stopSaying" }] : [];
  // A line that hold cut off is said again when the agent is back.
  const { phase } = state;
  const cutOff = phase.name === "speaking" && phase.what.kind !== "check" ? [phase.what.beat] : [];
  const course = [...cutOff, ...state.course];
  return to({ ...state, course, voiceSince: undefined }, { name: "held", wakeAt: at + holdPatience }, stop);
}

function leave(state: Customer, orders: readonly CustomerOrder[]): CustomerStep {
  return { state: { ...state, phase: { name: "gone" } }, orders: [...orders, { type: "wake", at: undefined }] };
}

function to(state: Customer, phase: Phase, orders: readonly CustomerOrder[] = []): CustomerStep {
  const next: Customer = { ...state, phase };
  return { state: next, orders: [...orders, { type: "wake", at: wakeAtOf(next) }] };
}

function stay(state: Customer): CustomerStep {
  return { state, orders: [] };
}
