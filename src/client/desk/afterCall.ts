import type { CallRecord } from "#domain/counting/callBook.ts";
import { outcomeOfBroken } from "#domain/dialing/callAgain.ts";
import type { FactBody } from "#domain/fact.ts";
import { current } from "#domain/script/walk.ts";
import { keepStored } from "#client/facts/room.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import type { CardDesk } from "./cardDesk.ts";
import type { DeskCore } from "./deskCore.ts";
import type { Saved } from "./deskPen.ts";
import type { DeskState } from "./deskState.ts";
import { DRAFTS, emptyStash } from "./stash.ts";

/** How long a saved outcome can be opened again by one key, milliseconds. */
const UNDO_FOR = 7_000;

/** May an outcome be given to this call from the list of the day? Not while it goes on, here or on another device, nor while its outcome is being chosen here. */
export function mayBeSaid({ agent, call }: Pick<DeskState, "agent" | "call">, record: CallRecord): boolean {
  if (record.outcome) return true;
  const goesOn = (agent.state === "dialing" || agent.state === "inCall") && agent.call === record.call;
  return !goesOn && !(call.phase !== "idle" && call.call === record.call);
}

/** What is written down of a call: the client's words, a note, the outcome and its corrections. */
export interface AfterCall {
  readonly keep: (field: "words" | "note") => void;
  readonly save: (calledToday: CardDesk["calledToday"]) => void;
  /** Saves a call that was broken off, and leaves the card open for the next call to the same person. False when there is none (rule D5). */
  readonly leaveBroken: () => boolean;
  readonly undo: () => void;
  /** Puts an outcome of today right, or gives one to a call that was left without, perhaps on another device (rule Q7). */
  readonly correct: (call: string, outcome: string, decisionMaker: boolean | undefined) => void;
  /** The agent's words on a contact that was struck (rule Q13). */
  readonly dispute: (call: string, words: string) => void;
  /** Nothing can be opened again from now on. */
  readonly settle: () => void;
  readonly stop: () => void;
}

export function createAfterCall({ station: { recorder }, state, memory, pen, stock, refresh }: DeskCore): AfterCall {
  let forget: ReturnType<typeof setTimeout> | undefined;

  function keep(field: "words" | "note"): void {
    const said = memory.text[field].trim();
    const { call } = memory.at;
    if (said === "" || call.phase === "idle") return;
    const record = recorder.text(field === "words" ? "verbatim" : "note", said.slice(0, 4000));
    const module = memory.at.walk.phase === "open" ? current(memory.at.walk) : undefined;
    const since = call.phase === "talking" ? call.since : call.phase === "ended" ? call.answeredAt : undefined;
    const second = since === undefined ? 0 : Math.max(0, Math.round((Math.min(deviceNow(), call.phase === "ended" ? call.endedAt : Infinity) - since) / 1000));
    const unforeseen = field === "words" && memory.text.unforeseen;
    const capture = { record: record.id, text: said, second, unforeseen, ...(module === undefined ? {} : { module }) };
    memory.text = { ...memory.text, [field]: "", unforeseen: field === "words" ? false : memory.text.unforeseen };
    const handler = memory.at.walk.phase === "open" ? memory.at.walk.over?.handler : undefined;
    const fact: FactBody = field === "words"
      ? { kind: "verbatim.taken", call: call.call, record: record.id, second, unforeseen, ...(module === undefined ? {} : { module }), ...(handler === undefined ? {} : { handler }) }
      : { kind: "note.taken", call: call.call, record: record.id };
    void pen.write(field === "words" ? { ...memory.at, captures: [...memory.at.captures, capture] } : memory.at, [fact], [record], { [DRAFTS]: memory.text });
  }

  function save(calledToday: CardDesk["calledToday"]): void {
    const { call, choice } = memory.at;
    if (call.phase !== "ended" || choice.outcome === undefined) return;
    keep("words");
    keep("note");
    keepStored();
    const decisionMaker = call.answeredAt !== undefined && choice.decisionMaker;
    const { afterwards, before, ...stash } = memory.at;
    undoableFor({ stash, call: call.call, outcome: choice.outcome });
    const same = before?.outcome === choice.outcome && (call.answeredAt !== undefined && before.decisionMaker) === decisionMaker;
    void pen.write(afterwards ? { ...emptyStash, lease: afterwards } : emptyStash, same ? [] : [{ kind: "outcome.saved", call: call.call, outcome: choice.outcome, decisionMaker }])
      .then(() => stock.refill(calledToday()));
  }

  function leaveBroken(): boolean {
    const { call, lease, choice } = memory.at;
    const { campaign } = state.getState();
    if (call.phase !== "ended" || !lease || !campaign) return false;
    const outcome = outcomeOfBroken(campaign, choice.outcome, call.why);
    keep("words");
    keep("note");
    memory.trouble = undefined;
    const decisionMaker = call.answeredAt !== undefined && choice.decisionMaker;
    void pen.write({ ...emptyStash, lease }, outcome === undefined ? [] : [{ kind: "outcome.saved", call: call.call, outcome, decisionMaker }]);
    return true;
  }

  function undoableFor(what: Saved | undefined): void {
    clearTimeout(forget);
    memory.saved = what;
    forget = setTimeout(() => { memory.saved = undefined; refresh(); }, UNDO_FOR);
  }

  /** Opens the outcome that was just saved once more. What is saved then stands beside the first as its correction: facts stay. */
  function undo(): void {
    const { lease } = memory.at;
    if (!memory.saved || memory.at.call.phase !== "idle") return;
    const { stash } = memory.saved;
    memory.saved = undefined;
    void pen.write({ ...stash, before: stash.choice, ...(lease ? { afterwards: lease } : {}) }, []);
  }

  function correct(call: string, outcome: string, decisionMaker: boolean | undefined): void {
    const entry = state.getState().day?.calls.find(({ record }) => record.call === call);
    if (!entry || !mayBeSaid(state.getState(), entry.record)) return;
    const before = entry.record.outcome;
    const next = { outcome, decisionMaker: entry.record.answered !== undefined && (decisionMaker ?? before?.decisionMaker ?? false) };
    if (before?.outcome === next.outcome && before.decisionMaker === next.decisionMaker) return;
    void pen.write(memory.at, [{ kind: "outcome.saved", call, ...next }]);
  }

  function dispute(call: string, words: string): void {
    if (words.trim() === "") return;
    const record = recorder.text("note", words.trim().slice(0, 4000));
    void pen.write(memory.at, [{ kind: "contact.disputed", call, record: record.id }], [record]);
  }

  return { keep, save, leaveBroken, undo, correct, dispute, settle: () => { undoableFor(undefined); }, stop: () => { clearTimeout(forget); } };
}
