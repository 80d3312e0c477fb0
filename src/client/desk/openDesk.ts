import { createStore } from "zustand/vanilla";
import { onLine } from "#domain/phone/call.ts";
import { sideUp } from "#domain/phone/lines.ts";
import type { Handler } from "#domain/script/script.ts";
import { createStock } from "#client/dialing/stock.ts";
import { handlerSearch } from "#client/script/search.ts";
import { request } from "#client/sync/http.ts";
import type { LeaseResponse } from "#wire/api.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import { createAfterCall } from "./afterCall.ts";
import { createCallDesk } from "./callDesk.ts";
import { createCardDesk } from "./cardDesk.ts";
import { commandFor, commands, type CommandArgument, type CommandId } from "./commands.ts";
import type { DeskParts, OpenDesk } from "./desk.ts";
import { createLineDesk } from "./lineDesk.ts";
import { createActions } from "./deskActions.ts";
import type { DeskCore } from "./deskCore.ts";
import { createLook, settled } from "./deskLook.ts";
import { createPen, recallMemory } from "./deskPen.ts";
import { createDialDesk } from "./dialDesk.ts";
import { createFirstVisit } from "./firstVisit.ts";
import { createOnceFound } from "./onceFound.ts";
import { openPracticeDesk } from "./practiceDesk.ts";
import { stageOf, type DeskState, type Drafts } from "./deskState.ts";
import { watchWorld } from "./deskWorld.ts";
import { createSoundDesk } from "./soundDesk.ts";
import { createSurroundings } from "./surroundings.ts";
import { markWelcomed, STOCK, wasWelcomed } from "./stash.ts";
import { firstView, SIZE, type DeskView } from "./view.ts";

/** Opens the agent's desk where it was left. Every decision is taken in `domain`; here they meet. */
export async function openDesk({ station, phone, headset, lock }: DeskParts): Promise<OpenDesk> {
  const { journal, recorder, person } = station;
  const { memory, leases: kept } = await recallMemory(station);
  const pen = createPen(station, memory, refresh);
  let searching: { readonly of: readonly Handler[]; readonly search: (text: string) => readonly Handler[] } | undefined;

  const visit = createFirstVisit(phone, wasWelcomed(person.id), () => { markWelcomed(person.id); }, refresh);
  const stock = createStock(
    journal.device, person.language, kept,
    (leases) => void journal.write({ remember: { [STOCK]: leases } }).catch(pen.broken),
    (body) => request<LeaseResponse>("POST", "/api/dialing/leases", body), now,
  );
  const practice = openPracticeDesk(station, now);
  const view = createStore<DeskView>(() => ({ ...firstView, textSize: Number(localStorage.getItem(SIZE)) || firstView.textSize }));
  const look = createLook({ station, phone, lock, stock, practice, visit, now }, () => memory);
  const state = createStore<DeskState>(look);

  const surroundings = createSurroundings(phone);
  const sound = createSoundDesk(phone, headset, run);
  const core: DeskCore = { station, phone, headset, lock, state, view, memory, pen, stock, practice, visit, refresh };
  const call = createCallDesk(core);
  const lines = createLineDesk(core, call);
  const after = createAfterCall(core);
  const card = createCardDesk(core, { ...call, signal: lines.signal }, after.settle);
  const by = createDialDesk(core, card, now);
  const { actions, likely } = createActions(core, { ...call, signal: lines.signal }, lines, card, after, by);
  const place = createOnceFound();
  const unwatch = watchWorld(core, lines, card, () => look().agent.state, place);

  const unlook = view.subscribe(({ panel }, before) => { if (panel !== before.panel) refresh(); });

  function now(): number {
    return deviceNow() + station.offset();
  }

  // Nothing new to show changes nothing on the screen.
  function refresh(): void {
    const next = settled(state.getState(), look());
    state.setState(next, true);
    // "Am I heard?" is answered before the call: on the card, and while somebody tries the microphone.
    phone.meter(stageOf(next) === "card" || next.welcome?.step === "microphone" || view.getState().panel === "devices");
    sound.follow(next);
    surroundings.follow(next, view.getState());
  }

  function run(id: CommandId, argument: CommandArgument = {}): void {
    if (place.later(() => { run(id, argument); })) return;
    const spec = commands.find((one) => one.id === id);
    // A correction in the list of today's calls is allowed whenever the list is open.
    const correction = id === "outcome" && argument.call !== undefined;
    if (!lock.held() || !spec || !(correction || spec.allowed(state.getState(), view.getState()))) return;
    actions[id](argument);
  }

  function hangUpAll(): void {
    const at = deviceNow();
    if (sideUp(memory.lines.side)) lines.signal({ type: "back", at });
    lines.signal({ type: "reject", at });
    if (onLine(memory.at.call)) lines.signal({ type: "hangUp", at });
  }

  function press(event: KeyboardEvent): boolean {
    const target = event.target;
    const inField = target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    if (!lock.held()) {
      // Enter is the obvious thing here too; on a button it is the button's.
      const enter = /^(?:Numpad)?Enter$/.test(event.code) && !event.repeat && !inField && !(target instanceof HTMLButtonElement);
      if (enter) lock.take();
      return enter;
    }
    const meant = commandFor(event, inField, state.getState(), view.getState());
    if (!inField && place.later(() => { press(event); })) return meant !== undefined;
    if (!meant) return false;
    // Enter and space on a focused button are the button's; a choice is made by space alone.
    if (target instanceof HTMLButtonElement && target.getAttribute("role") !== "radio" && event.code.endsWith("Enter")) return false;
    actions[meant.id](meant.argument);
    return true;
  }

  function draft(field: keyof Drafts, value: string): void {
    // Seen at once, and there again when what lies on the disk has been read.
    place.later(() => { draft(field, value); });
    memory.text = { ...memory.text, [field]: value };
    refresh();
    pen.keepDrafts();
  }

  return {
    state, view, levels: phone.levels, sound, ringBlocked: phone.ringer.blocked, keep: after.keep, run,
    press, draft,
    find(typed) {
      if (typed.trim() === "") return likely();
      const { handlers } = state.getState();
      if (searching?.of !== handlers) searching = { of: handlers, search: handlerSearch(handlers, person.language) };
      return searching.search(typed).slice(0, 9);
    },
    past: by.past,
    tone: (digit) => phone.tone(digit),
    takePhone: () => lock.take(),
    async leave() {
      if (lock.held()) hangUpAll();
      // After the end of the call: facts are written in the order in which they are made.
      await recorder.record([{ kind: "shift.ended" }]).catch(() => undefined);
      return memory.at.call.phase === "idle" && memory.storage === "ok";
    },
    async stop() {
      unwatch();
      unlook();
      surroundings.stop();
      await sound.stop();
      practice.stop();
      visit.stop();
      after.stop();
      hangUpAll();
      await phone.stop();
      lock.release();
    },
  };
}
