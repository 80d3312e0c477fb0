import { onLine } from "#domain/phone/call.ts";
import { watchRoom } from "#client/facts/room.ts";
import { noLines, sideUp, type Lines } from "#domain/phone/lines.ts";
import { newShell } from "#client/sync/newShell.ts";
import { phoneAccount } from "#client/sync/account.ts";
import { MOST_PLACE } from "#wire/live.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import type { CardDesk } from "./cardDesk.ts";
import type { DeskCore } from "./deskCore.ts";
import type { Drafts } from "./deskState.ts";
import type { LineDesk } from "./lineDesk.ts";
import type { Elsewhere } from "./lock.ts";
import { followExchange } from "./movedExchange.ts";
import type { OnceFound } from "./onceFound.ts";
import { watchPresence } from "./presence.ts";
import { aliveRow, BESIDE, DRAFTS, emptyDrafts, emptyStash, foundLines, foundStash, LINES, markAlive, movedLines, movedStash, NAMES, qualityKept, recallAlive, STASH, type BesideStash, type Place, type Stash } from "./stash.ts";

/**
 * Listens to the world: what lies in stores, the phone, the network, the clock; and begins work when this tab holds the desk.
 * Returns how to stop.
 * @param known the agent's state by what is on record
 * @param onceFound what is pressed while the place is read anew waits for it
 */
export function watchWorld(core: DeskCore, { signal, rung, reopened }: LineDesk, { calledToday }: CardDesk, known: () => string, onceFound: OnceFound): () => void {
  const { station, phone, lock, memory, pen, stock, practice, refresh } = core;
  const { journal, recorder, downlink, uplink, live } = station;

  const stops = [
    recorder.known.subscribe(refresh), downlink.library.subscribe(refresh), uplink.state.subscribe(refresh), station.straight.state.subscribe(refresh), newShell.subscribe(refresh),
    watchRoom((low) => { memory.roomLow = low; refresh(); }),
    live.state.subscribe(refresh), stock.leases.subscribe(refresh), phone.line.subscribe(refresh), phone.microphone.subscribe(refresh), phone.silent.subscribe(refresh), phone.relay.subscribe(refresh),
    downlink.onErased(forget),
    phone.onSignal((incoming) => { if (lock.held()) signal(incoming); }), phone.onRing(rung),
    phone.onSummary((summary) => void pen.write(memory.at, [summary])),
    live.state.subscribe((socket) => { if (socket === "open" && lock.held()) practice.ask(); }),
  ];
  /** Nothing of an erased person stays on the device (rule Y10); a call that is going on keeps its card until its outcome is saved. */
  function forget(ids: ReadonlySet<string>): void {
    stock.drop(ids);
    const names = [...memory.known].filter(([prospect]) => !ids.has(prospect));
    const held = memory.at.lease && ids.has(memory.at.lease.prospect.id) && memory.at.call.phase === "idle";
    if (!held && names.length === memory.known.size) return;
    memory.known = new Map(names);
    void pen.write(held ? emptyStash : memory.at, [], [], { [NAMES]: names });
  }
  const exchange = followExchange(core, phone, phoneAccount, () => location.reload());
  const presence = watchPresence(core);
  // The pace moves with the clock, and a live call is noted as alive.
  const minute = setInterval(refresh, 30_000);
  const heartbeat = setInterval(beat, 1_000);
  let writing: Promise<void> | undefined;
  function beat(): void {
    if (!lock.held()) return;
    const { at: { call }, lines: { side } } = memory;
    if (onLine(call) ? call.phase !== "returning" : sideUp(side) && side.phase !== "returning") markAlive(onLine(call) ? call.call : (side as { readonly call: string }).call, deviceNow());
    else return;
    // A disk that does not take it is told by what must be written.
    writing ??= journal.write({ remember: aliveRow() }).catch(() => undefined).finally(() => { writing = undefined; });
  }
  addEventListener("pagehide", beat);
  for (const event of ["online", "offline"]) addEventListener(event, refresh);

  /** The phone has left this page once; it comes back to a fresh one. */
  let spent = false;

  /**
   * At once, and not when the phone comes back: a page that is being loaded holds nothing, and another desk that waits would get the
   * call. What the disk has not taken lies in this page alone, and keeps it.
   */
  function gone(): void {
    if (station.straight.state.getState().unsent === 0) location.reload();
  }

  /** The phone goes to another desk of this person, the call with it. Nothing is said to the PBX: the other desk asks it for the call. */
  async function give(to: Elsewhere): Promise<string> {
    spent = true;
    phone.abandon();
    const { at, text, lines, beside } = memory;
    const quality = qualityKept.read();
    const place: Place = { at, drafts: text, ...("call" in lines.side ? { lines, beside } : {}), ...(quality ? { quality } : {}), offset: station.offset(), givenAt: deviceNow() };
    const whole = JSON.stringify(place);
    if (to === "tab") station.evenClock.leave();
    else {
      station.evenClock.keep(false);
      qualityKept.write("");
    }
    await Promise.all([
      // Tabs share the database; on this computer nothing is left to go on with.
      to === "tab" ? pen.write(at, []) : pen.write(emptyStash, [], [], { [DRAFTS]: emptyDrafts, [LINES]: noLines, [BESIDE]: {} }),
      phone.stop(false),
    ]);
    station.moveOn();
    return whole.length <= MOST_PLACE ? whole : JSON.stringify({ ...place, at: { ...at, captures: [] } });
  }

  /** What the other computer has handed on becomes what lies here, by this clock. */
  async function settle({ at, drafts, lines, beside, quality, offset, givenAt }: Place): Promise<void> {
    const later = offset - station.offset();
    const moved = movedStash(at, later);
    if (quality !== undefined) qualityKept.write(quality);
    // A disk that is full holds up no call: it is found aside.
    await journal.write({ remember: { [STASH]: moved, [DRAFTS]: drafts, [LINES]: movedLines(lines ?? noLines, later), [BESIDE]: beside ?? {} } }).catch(pen.broken);
    if (onLine(moved.call)) markAlive(moved.call.call, givenAt + later);
    else if (lines && "call" in lines.side) markAlive(lines.side.call, givenAt + later);
  }

  async function begin(place?: string): Promise<void> {
    // Another tab may have been in a call: what it has written is dated by its clock (rule Y12).
    station.evenClock.resume();
    if (place) await settle(JSON.parse(place) as Place);
    if (spent) return location.reload();
    // Another tab may have gone on since this one was opened.
    await recorder.reload();
    await recallAlive(journal);
    memory.at = foundStash((await journal.recall<Stash>(STASH)) ?? emptyStash);
    memory.text = (await journal.recall<Drafts>(DRAFTS)) ?? emptyDrafts;
    memory.lines = foundLines((await journal.recall<Lines>(LINES)) ?? noLines, memory.at);
    memory.beside = (await journal.recall<BesideStash>(BESIDE)) ?? {};
    // Before anything is asked for: of several exchanges the one that has the call.
    const at = memory.at.left?.server ?? memory.beside.left?.server;
    // The page was reloaded, closed or crashed in a call.
    reopened();
    onceFound.found();
    if (!onLine(memory.at.call)) station.evenClock.keep(false);
    await presence.begin();
    if (known() === "off") void pen.write(memory.at, [{ kind: "shift.ready" }]);
    phone.start(exchange.account, at);
    practice.ask();
    refresh();
    await stock.refill(calledToday());
  }
  lock.onChange(refresh);
  lock.onGive({ give, gone, busy: () => onLine(memory.at.call) });
  lock.onHeld((place) => {
    onceFound.seek();
    // Found or not, nothing that was pressed waits for ever.
    void begin(place).catch(pen.broken).finally(onceFound.found);
  });

  return () => {
    for (const stop of stops) stop();
    exchange.stop();
    presence.stop();
    clearInterval(minute);
    clearInterval(heartbeat);
    removeEventListener("pagehide", beat);
    for (const event of ["online", "offline"]) removeEventListener(event, refresh);
  };
}
