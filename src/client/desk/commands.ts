import type { BreakReason, Mark, WorkKind } from "#domain/base/campaign.ts";
import { wasBrokenOff } from "#domain/dialing/callAgain.ts";
import { onLine } from "#domain/phone/call.ts";
import { sideUp } from "#domain/phone/lines.ts";
import { stageOf, type DeskState } from "./deskState.ts";
import type { DeskView } from "./view.ts";

/** What an agent can do; button, key, palette and help sheet all go through here. */
export type CommandId =
  | "next" | "call" | "hangUp" | "mute" | "hold" | "keypad" | "answer" | "other" | "find" | "handler" | "back" | "gist"
  | "words" | "note" | "outcome" | "decisionMaker" | "save" | "skip" | "break" | "ready" | "help" | "today" | "larger" | "smaller" | "close"
  | "take" | "reject" | "transfer" | "consult" | "transferNow" | "swap" | "join" | "toClient" | "takeBack" | "welcome" | "goOn" | "undo" | "practise" | "training" | "work" | "dispute" | "devices" | "dial" | "dialNumber" | "redial" | "callAgain" | "history";

/** What a command may need beside its name. */
export interface CommandArgument {
  /** 1–9: an answer, a handler of the list, an outcome. */
  readonly digit?: number;
  readonly answer?: string;
  readonly handler?: string;
  readonly outcome?: string;
  readonly index?: number;
  readonly mark?: Mark;
  readonly reason?: BreakReason;
  readonly call?: string;
  /** With `call` and `outcome`: whether the decision maker was spoken with. */
  readonly decisionMaker?: boolean;
  /** Other work: what it was (`none` takes it back); with `piece`, a correction of what was entered. */
  readonly work?: WorkKind | "none";
  readonly piece?: string;
  /** With `call`: the agent's words on a contact that was struck. */
  readonly words?: string;
  /** In the first visit: once more, or the notes were not heard. */
  readonly way?: "again" | "unheard";
  /** Whom to ask, or to give the client to: a number or an extension. With `dial` as it was pasted or linked, with `dialNumber` as `spellNumber` writes it. */
  readonly number?: string;
}

/** A physical key (`KeyboardEvent.code`), so that a Russian layout works alike. */
export interface Key { readonly code: string; readonly shift?: boolean }

export interface CommandSpec {
  readonly id: CommandId;
  readonly keys: readonly Key[];
  /** May the key be used while a text field has the focus. */
  readonly inFields?: boolean;
  readonly allowed: (desk: DeskState, view: DeskView) => boolean;
}

const digits = (shift: boolean): readonly Key[] => [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) =>
  shift ? [{ code: `Digit${n}`, shift }] : [{ code: `Digit${n}` }, { code: `Numpad${n}` }]);

/** A call may begin when it can be put on record first: on this disk, or straight on the server (rule P1). */
export const mayRecord = ({ sync: { storage, online } }: Pick<DeskState, "sync">): boolean => storage === "ok" || storage === "low" || online;

/** The call that has just ended was broken off, and may be begun again at once (rule D5). */
export const mayCallAgain = (desk: DeskState): boolean => desk.call.phase === "ended" && desk.lease !== undefined && desk.practising === undefined
  && wasBrokenOff(desk.call.answeredAt !== undefined, desk.call.why) && mayRecord(desk) && !sideUp(desk.lines.side);

const inCall = (desk: DeskState): boolean => stageOf(desk) === "call";
const talking = (desk: DeskState): boolean => desk.call.phase === "talking";
const canTake = (desk: DeskState): boolean => desk.lines.side.phase === "incoming" && (!onLine(desk.call) || talking(desk)) && !desk.lines.transfer;
const bothTalk = (desk: DeskState): boolean => talking(desk) && desk.lines.side.phase === "talking" && !desk.lines.transfer;
const noPanel = (view: DeskView): boolean => view.panel === undefined;
const canRest = (desk: DeskState): boolean => stageOf(desk) === "rest" || stageOf(desk) === "card";

/** The one registry. The first allowed command with a matching key acts; Enter is the obvious thing of the moment. */
export const commands: readonly CommandSpec[] = [
  { id: "close", keys: [{ code: "Escape" }], inFields: true, allowed: (desk, view) => view.panel !== undefined || desk.welcome !== undefined || (desk.walk.phase === "open" && desk.walk.over !== undefined) },
  { id: "save", keys: [{ code: "Enter" }, { code: "NumpadEnter" }], allowed: (desk, view) => stageOf(desk) === "after" && desk.choice.outcome !== undefined && noPanel(view) },
  { id: "ready", keys: [{ code: "Enter" }, { code: "NumpadEnter" }], allowed: (desk, view) => stageOf(desk) === "rest" && desk.agent.state === "break" && noPanel(view) },
  { id: "goOn", keys: [{ code: "KeyW" }], allowed: (desk, view) => desk.welcome !== undefined && noPanel(view) },
  { id: "next", keys: [{ code: "Enter" }, { code: "NumpadEnter" }], allowed: (desk, view) => stageOf(desk) === "rest" && desk.agent.state !== "break" && noPanel(view) },
  { id: "call", keys: [{ code: "Enter" }, { code: "NumpadEnter" }], allowed: (desk, view) => stageOf(desk) === "card" && noPanel(view) && mayRecord(desk) && !sideUp(desk.lines.side) },
  { id: "takeBack", keys: [{ code: "Enter" }, { code: "NumpadEnter" }], allowed: (desk, view) => desk.call.phase === "returning" && desk.call.asked && noPanel(view) },
  { id: "hangUp", keys: [{ code: "End" }], inFields: true, allowed: (desk) => inCall(desk) || desk.lines.side.phase !== "free" },
  { id: "take", keys: [{ code: "KeyA" }], allowed: canTake },
  { id: "reject", keys: [{ code: "KeyE" }], allowed: (desk) => desk.lines.side.phase === "incoming" },
  { id: "mute", keys: [{ code: "KeyM" }], allowed: (desk) => inCall(desk) || sideUp(desk.lines.side) },
  { id: "hold", keys: [{ code: "KeyH" }], allowed: (desk) => (talking(desk) && !sideUp(desk.lines.side)) || (!onLine(desk.call) && desk.lines.side.phase === "talking") },
  { id: "keypad", keys: [{ code: "KeyK" }], allowed: (desk) => talking(desk) || desk.lines.side.phase === "talking" },
  { id: "transfer", keys: [{ code: "KeyT" }], allowed: (desk) => talking(desk) && !desk.lines.transfer && (!sideUp(desk.lines.side) || desk.lines.side.phase === "talking") },
  // Without a key of their own: they need the number in the panel, where Enter and Shift+Enter do them.
  { id: "consult", keys: [], allowed: (desk) => talking(desk) && !desk.lines.transfer && desk.lines.side.phase === "free" },
  { id: "transferNow", keys: [], allowed: (desk) => talking(desk) && !desk.lines.transfer && !sideUp(desk.lines.side) },
  { id: "swap", keys: [{ code: "KeyX" }], allowed: bothTalk },
  { id: "join", keys: [{ code: "KeyJ" }], allowed: bothTalk },
  { id: "toClient", keys: [{ code: "KeyC" }], allowed: (desk) => talking(desk) && sideUp(desk.lines.side) },
  { id: "answer", keys: digits(false), allowed: (desk, view) => desk.walk.phase === "open" && inCall(desk) && view.panel !== "keypad" },
  { id: "other", keys: [{ code: "Digit0" }, { code: "Numpad0" }], allowed: (desk, view) => desk.walk.phase === "open" && inCall(desk) && view.panel !== "keypad" },
  { id: "handler", keys: digits(true), allowed: (desk) => desk.walk.phase === "open" && inCall(desk) },
  { id: "outcome", keys: digits(false), allowed: (desk) => stageOf(desk) === "after" },
  { id: "decisionMaker", keys: [{ code: "KeyD" }], allowed: (desk) => stageOf(desk) === "after" || talking(desk) },
  { id: "find", keys: [{ code: "Slash" }], allowed: (desk) => desk.walk.phase === "open" && inCall(desk) },
  { id: "back", keys: [{ code: "Backspace" }], allowed: (desk) => desk.walk.phase === "open" && inCall(desk) && (desk.walk.trail.length > 1 || desk.walk.over !== undefined) },
  { id: "gist", keys: [{ code: "KeyG" }], allowed: () => true },
  { id: "words", keys: [{ code: "Quote" }], allowed: (desk) => inCall(desk) || stageOf(desk) === "after" },
  { id: "note", keys: [{ code: "KeyN" }], allowed: (desk) => inCall(desk) || stageOf(desk) === "after" },
  { id: "skip", keys: [{ code: "KeyS" }], allowed: (desk) => stageOf(desk) === "card" },
  { id: "break", keys: [{ code: "KeyB" }], allowed: canRest },
  { id: "undo", keys: [{ code: "KeyZ" }], allowed: (desk) => desk.undoable !== undefined && canRest(desk) && desk.agent.state !== "break" },
  { id: "welcome", keys: [], allowed: (desk) => stageOf(desk) === "rest" && desk.agent.state !== "break" },
  { id: "practise", keys: [{ code: "KeyT" }], allowed: (desk, view) => desk.training !== undefined && stageOf(desk) === "rest" && desk.agent.state !== "break" && noPanel(view) },
  { id: "training", keys: [{ code: "KeyR" }], allowed: (desk) => desk.training !== undefined },
  { id: "devices", keys: [{ code: "KeyV" }], allowed: (desk) => desk.line !== "elsewhere" },
  { id: "dial", keys: [{ code: "KeyP" }], allowed: (desk) => canRest(desk) && desk.agent.state !== "break" },
  { id: "dialNumber", keys: [], allowed: (desk) => canRest(desk) && desk.agent.state !== "break" },
  { id: "redial", keys: [{ code: "KeyY" }], allowed: (desk, view) => canRest(desk) && desk.agent.state !== "break" && noPanel(view) && desk.sync.storage === "ok" && !sideUp(desk.lines.side) && (desk.day?.calls.length ?? 0) > 0 },
  { id: "callAgain", keys: [{ code: "KeyY" }], allowed: (desk, view) => mayCallAgain(desk) && noPanel(view) },
  { id: "history", keys: [{ code: "KeyI" }], allowed: () => true },
  { id: "today", keys: [{ code: "KeyL" }], allowed: () => true },
  { id: "work", keys: [{ code: "KeyO" }], allowed: (desk) => desk.company !== undefined },
  { id: "dispute", keys: [], allowed: () => true },
  { id: "help", keys: [{ code: "F1" }, { code: "Slash", shift: true }], allowed: () => true },
  { id: "larger", keys: [{ code: "Equal" }, { code: "NumpadAdd" }], allowed: () => true },
  { id: "smaller", keys: [{ code: "Minus" }, { code: "NumpadSubtract" }], allowed: () => true },
];

/** What a pressed key means now: the command and the digit it carries, or nothing. A held key acts once. */
export function commandFor(
  event: { readonly code: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean; readonly repeat: boolean },
  inField: boolean, desk: DeskState, view: DeskView,
): { readonly id: CommandId; readonly argument: CommandArgument } | undefined {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return undefined;
  for (const spec of commands) {
    if (inField && !spec.inFields) continue;
    if (!spec.keys.some((key) => key.code === event.code && (key.shift ?? false) === event.shiftKey)) continue;
    if (!spec.allowed(desk, view)) continue;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    return { id: spec.id, argument: digit ? { digit: Number(digit) } : {} };
  }
  return undefined;
}
