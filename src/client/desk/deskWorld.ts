import { onLine } from "#domain/phone/call.ts";
import { phoneAccount } from "#client/sync/account.ts";
import type { CallDesk } from "./callDesk.ts";
import type { CardDesk } from "./cardDesk.ts";
import type { DeskCore } from "./deskCore.ts";
import type { Drafts } from "./deskState.ts";
import { DRAFTS, emptyDrafts, emptyStash, lastAlive, markAlive, NAMES, STASH, type Stash } from "./stash.ts";

/**
 * Listens to the world: what lies in stores, the phone, the network, the clock; and begins work when this tab holds the desk.
 * Returns how to stop.
 * @param known the agent's state by what is on record
 */
export function watchWorld(core: DeskCore, { signal }: CallDesk, { calledToday }: CardDesk, known: () => string): () => void {
  const { station, phone, lock, memory, pen, stock, practice, refresh } = core;
  const { journal, recorder, downlink, uplink, live } = station;

  const stops = [
    recorder.known.subscribe(refresh), downlink.library.subscribe(refresh), uplink.state.subscribe(refresh),
    live.state.subscribe(refresh), stock.leases.subscribe(refresh), phone.line.subscribe(refresh), phone.microphone.subscribe(refresh),
    downlink.onErased(forget),
    phone.onSignal((incoming) => signal(incoming)),
    live.state.subscribe((socket) => { if (socket === "open" && lock.held()) practice.ask(); }),
  ];
  /** Nothing of an erased person stays on the device (rule Y8); a call that is going on keeps its card until its outcome is saved. */
  function forget(ids: ReadonlySet<string>): void {
    stock.drop(ids);
    const names = [...memory.known].filter(([prospect]) => !ids.has(prospect));
    const held = memory.at.lease && ids.has(memory.at.lease.prospect.id) && memory.at.call.phase === "idle";
    if (!held && names.length === memory.known.size) return;
    memory.known = new Map(names);
    void pen.write(held ? emptyStash : memory.at, [], [], { [NAMES]: names });
  }
  // The pace moves with the clock, and a live call is noted as alive.
  const minute = setInterval(refresh, 30_000);
  const heartbeat = setInterval(beat, 1_000);
  function beat(): void {
    if (lock.held() && onLine(memory.at.call) && memory.at.call.phase !== "returning") markAlive(memory.at.call.call, Date.now());
  }
  addEventListener("pagehide", beat);
  for (const event of ["online", "offline"]) addEventListener(event, refresh);

  async function begin(): Promise<void> {
    // Another tab may have gone on since this one was opened.
    await recorder.reload();
    memory.at = (await journal.recall<Stash>(STASH)) ?? emptyStash;
    memory.text = (await journal.recall<Drafts>(DRAFTS)) ?? emptyDrafts;
    if (onLine(memory.at.call)) {
      // The page was reloaded, closed or crashed in a call.
      const lived = lastAlive(memory.at.call.call) ?? memory.at.call.since;
      signal({ type: "reopened", at: Date.now(), lived, way: memory.at.left?.name.answered !== undefined });
    }
    if (known() === "off") void pen.write(memory.at, [{ kind: "shift.ready" }]);
    phone.start(phoneAccount);
    practice.ask();
    if (memory.at.lease) void phone.prepare();
    refresh();
    await stock.refill(calledToday());
  }
  lock.onHeld(() => void begin().catch(pen.broken));

  return () => {
    for (const stop of stops) stop();
    clearInterval(minute);
    clearInterval(heartbeat);
    removeEventListener("pagehide", beat);
    for (const event of ["online", "offline"]) removeEventListener(event, refresh);
  };
}
