import { isUnnamed } from "#domain/dialing/prospect.ts";
import { outcomesFor } from "#domain/dialing/proposeOutcome.ts";
import { unspellNumber } from "#domain/phone/number.ts";
import { moduleOf, type Handler } from "#domain/script/script.ts";
import { current } from "#domain/script/walk.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import type { AfterCall } from "./afterCall.ts";
import type { CallDesk } from "./callDesk.ts";
import type { CardDesk } from "./cardDesk.ts";
import type { CommandArgument, CommandId } from "./commands.ts";
import type { DeskCore } from "./deskCore.ts";
import type { DialDesk } from "./dialDesk.ts";
import { stageOf } from "./deskState.ts";
import type { LineDesk } from "./lineDesk.ts";
import { emptyStash } from "./stash.ts";
import { SIZE, type DeskView } from "./view.ts";

export type DeskActions = Readonly<Record<CommandId, (argument: CommandArgument) => void>>;

/** What each command does; whether it may be done now, the registry says. */
export function createActions(core: DeskCore, { signal, walk }: CallDesk, lines: LineDesk, card: CardDesk, after: AfterCall, by: DialDesk): { readonly actions: DeskActions; readonly likely: () => readonly Handler[] } {
  const { state, view, memory, pen, stock, visit, refresh } = core;

  function likely(): readonly Handler[] {
    const { handlers, script } = state.getState();
    const module = memory.at.walk.phase === "open" && script ? moduleOf(script, current(memory.at.walk)) : undefined;
    const first = (module?.handlers ?? []).flatMap((id) => handlers.find((one) => one.id === id) ?? []);
    return [...first, ...handlers.filter((one) => !first.includes(one))].slice(0, 9);
  }

  function openHandler(handler: Handler | undefined): void {
    if (handler) walk({ type: "handler", handler: handler.id, version: handler.version, phrasings: handler.phrasings.length });
  }

  function focus(field: "find" | "words" | "note"): void {
    view.setState((old) => ({ focus: { field, asked: (old.focus?.asked ?? 0) + 1 } }));
  }

  function panel(which: NonNullable<DeskView["panel"]>): void {
    view.setState(({ panel: open, ...rest }) => (open === which ? rest : { ...rest, panel: which }), true);
  }
  function closePanel(): void {
    view.setState((old) => {
      const { panel: _, dial: __, ...rest } = old;
      return rest;
    }, true);
  }

  function size(by: number): void {
    view.setState(({ textSize }) => ({ textSize: Math.min(40, Math.max(18, textSize + by)) }));
    localStorage.setItem(SIZE, String(view.getState().textSize));
  }

  const actions: Readonly<Record<CommandId, (argument: CommandArgument) => void>> = {
    next: () => void card.next(),
    call: card.dial,
    takeBack: () => signal({ type: "takeBack", at: deviceNow() }),
    hangUp: lines.hangUp,
    mute: lines.mute,
    hold: lines.hold,
    take: () => lines.signal({ type: "take" }),
    reject: () => lines.signal({ type: "reject", at: deviceNow() }),
    transfer() {
      // Asked before, the client is given to the colleague; otherwise the panel asks to whom.
      if (memory.lines.side.phase !== "talking") return panel("transfer");
      lines.signal({ type: "transfer", at: deviceNow(), how: "attended" });
    },
    consult({ number }) {
      if (number === undefined) return;
      closePanel();
      lines.consult(number);
    },
    transferNow({ number }) {
      if (number === undefined) return;
      closePanel();
      lines.transferNow(number);
    },
    swap: () => lines.signal({ type: "swap" }),
    join: () => lines.signal({ type: "join", at: deviceNow(), on: memory.lines.focus !== "both" }),
    toClient: () => lines.signal({ type: "back", at: deviceNow() }),
    keypad: () => panel("keypad"),
    answer({ answer, digit }) {
      const { script } = state.getState();
      const here = memory.at.walk.phase === "open" && script ? moduleOf(script, current(memory.at.walk)) : undefined;
      const id = answer ?? here?.answers[(digit ?? 0) - 1]?.id;
      if (id !== undefined) walk({ type: "answer", answer: id });
    },
    other() {
      memory.text = { ...memory.text, unforeseen: true };
      refresh();
      focus("words");
    },
    find: () => focus("find"),
    handler: ({ handler, digit }) =>
      openHandler(handler === undefined ? likely()[(digit ?? 0) - 1] : state.getState().handlers.find((one) => one.id === handler)),
    back: ({ index }) => walk(index === undefined ? { type: "back" } : { type: "goTo", index }),
    gist: () => view.setState(({ gistOnly }) => ({ gistOnly: !gistOnly })),
    words: () => focus("words"),
    note: () => focus("note"),
    outcome({ outcome, digit, call, decisionMaker }) {
      if (call !== undefined) {
        if (outcome !== undefined) after.correct(call, outcome, decisionMaker);
        return;
      }
      const { campaign } = state.getState();
      if (memory.at.call.phase !== "ended" || !campaign) return;
      const code = outcome ?? outcomesFor(campaign, memory.at.call.answeredAt !== undefined)[(digit ?? 0) - 1]?.code;
      if (code !== undefined) void pen.write({ ...memory.at, choice: { ...memory.at.choice, outcome: code } }, []);
    },
    decisionMaker() {
      if (memory.at.call.phase === "ended") {
        if (memory.at.call.answeredAt !== undefined) void pen.write({ ...memory.at, choice: { ...memory.at.choice, decisionMaker: !memory.at.choice.decisionMaker } }, []);
      } else if (memory.at.walk.phase === "open") walk({ type: "mark", mark: "decisionMaker", on: !memory.at.walk.marks.includes("decisionMaker") });
    },
    work({ work, piece }) {
      if (!work) return panel("work");
      void pen.write(memory.at, [{ kind: "work.done", work: piece ?? crypto.randomUUID(), type: work }]);
    },
    dispute: ({ call, words }) => { if (call !== undefined && words !== undefined) after.dispute(call, words); },
    save: () => after.save(card.calledToday),
    practise: card.practise,
    training: () => panel("training"),
    skip() {
      // Practice is left, not exchanged for somebody of the list.
      if (state.getState().practising) return void pen.write(emptyStash, []);
      const whom = memory.at.lease?.prospect;
      // Who is on no list is not put back into one (rule D4).
      if (whom && isUnnamed(whom)) stock.drop(new Set([whom.id]));
      else if (whom) stock.skip(whom.id);
      void card.next();
    },
    break({ reason }) {
      if (!reason) return panel("break");
      closePanel();
      void pen.write(stageOf(state.getState()) === "card" ? emptyStash : memory.at, [{ kind: "shift.break", reason }]);
    },
    ready: () => void pen.write(memory.at, [{ kind: "shift.ready" }]),
    help: () => panel("help"),
    today: () => panel("today"),
    devices: () => panel("devices"),
    dial({ number }) {
      if (number === undefined) return panel("dial");
      view.setState((old) => ({ ...old, panel: "dial", dial: { text: number } }), true);
    },
    dialNumber: ({ number }) => void (number === undefined ? undefined : by.to(unspellNumber(number)).then((opened) => { if (opened) closePanel(); })),
    redial: () => void by.again(),
    callAgain() {
      if (after.leaveBroken()) card.dial();
    },
    history: () => panel("history"),
    larger: () => size(2),
    smaller: () => size(-2),
    close() {
      if (view.getState().panel) return closePanel();
      if (!state.getState().welcome) return walk({ type: "leave" });
      visit.close();
      refresh();
    },
    welcome() {
      visit.open();
      refresh();
    },
    goOn({ way }) {
      if (way === "again") visit.again();
      else if (way === "unheard") visit.unheard();
      else if (visit.goOn() && state.getState().welcome?.practice) card.practise();
      refresh();
    },
    undo: after.undo,
  };

  return { actions, likely };
}
