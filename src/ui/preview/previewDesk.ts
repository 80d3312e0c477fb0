import { createStore } from "zustand/vanilla";
import { commandFor, type CommandArgument, type CommandId } from "#client/desk/commands.ts";
import type { Desk } from "#client/desk/desk.ts";
import type { DeskView } from "#client/desk/view.ts";
import { moduleOf } from "#domain/script/script.ts";
import { current } from "#domain/script/walk.ts";
import { pastFixture, type DeskPicture } from "./fixtures.ts";
import { soundOf } from "./soundFixtures.ts";

/** A desk that shows one picture. What belongs to the view works; whatever else is asked of it is only written down in `asked`. */
export function previewDesk({ state, view, levels = { mine: 0, theirs: 0 }, sound = soundOf(state) }: DeskPicture): Desk & { readonly asked: { readonly id: string; readonly argument: unknown }[] } {
  const [states, views] = [createStore(() => state), createStore<DeskView>(() => view)];
  const asked: { readonly id: string; readonly argument: unknown }[] = [];
  const change = (part: Partial<DeskView>): void => { views.setState(part); };
  const focus = (field: "find" | "words" | "note"): void => { change({ focus: { field, asked: (views.getState().focus?.asked ?? 0) + 1 } }); };
  const run = (id: CommandId, argument: CommandArgument = {}): void => {
    asked.push({ id, argument });
    if (id === "help" || id === "dial" || id === "history" || id === "today" || id === "training" || id === "devices" || id === "keypad" || id === "transfer" || (id === "work" && !argument.work) || (id === "break" && !argument.reason)) change({ panel: id });
    else if (id === "close" || id === "break") views.setState(closed(views.getState()), true);
    else if (id === "gist") change({ gistOnly: !views.getState().gistOnly });
    else if (id === "larger" || id === "smaller") change({ textSize: views.getState().textSize + (id === "larger" ? 2 : -2) });
    else if (id === "find" || id === "words" || id === "note") focus(id);
    else if (id === "other") focus("words");
  };
  return {
    state: states, view: views, levels: createStore(() => levels), ringBlocked: createStore(() => false), asked, run,
    sound: {
      state: createStore(() => sound),
      choose(role, label) { asked.push({ id: `choose ${role}`, argument: label }); },
      process(which, on) { asked.push({ id: `process ${which}`, argument: on }); },
      echo(on) { asked.push({ id: "echo", argument: on }); },
      try(role) { asked.push({ id: "try", argument: role }); },
      allowNotices() { asked.push({ id: "allowNotices", argument: undefined }); },
      pickHeadset() { asked.push({ id: "pickHeadset", argument: undefined }); },
    },
    press(event) {
      const field = event.target instanceof Element && event.target.matches("input, textarea, select");
      const meant = commandFor(event, field, states.getState(), views.getState());
      if (!meant || (event.target instanceof HTMLButtonElement && event.target.getAttribute("role") !== "radio" && event.code === "Enter")) return false;
      run(meant.id, meant.argument);
      return true;
    },
    draft(field, text) { states.setState(({ drafts }) => ({ drafts: { ...drafts, [field]: text } })); },
    keep(field) { asked.push({ id: "keep", argument: field }); states.setState(({ drafts }) => ({ drafts: { ...drafts, [field]: "" } })); },
    find(text) {
      const { handlers, walk, script } = states.getState();
      const typed = text.trim().toLowerCase();
      if (typed !== "") return handlers.filter(({ title, gist }) => `${title} ${gist}`.toLowerCase().includes(typed)).slice(0, 9);
      const likely = (walk.phase === "open" && script ? moduleOf(script, current(walk))?.handlers : undefined) ?? [];
      return [...likely.flatMap((id) => handlers.find((one) => one.id === id) ?? []), ...handlers.filter(({ id }) => !likely.includes(id))].slice(0, 9);
    },
    past: () => Promise.resolve(pastFixture(states.getState().day, states.getState().names)),
    tone(digit) { asked.push({ id: "tone", argument: digit }); },
    takePhone() { asked.push({ id: "takePhone", argument: {} }); },
    stop: () => Promise.resolve(),
  };
}

function closed({ gistOnly, textSize, focus }: DeskView): DeskView {
  return { gistOnly, textSize, ...(focus ? { focus } : {}) };
}
