import { gapBetween, GAP_AFTER, AWAY_AFTER, stepPresence, type Presence, type Seen } from "#domain/shift/presence.ts";
import { deviceNow } from "#client/sync/deviceClock.ts";
import type { DeskCore } from "./deskCore.ts";
import type { GapCause } from "#domain/shift/facts.ts";
import { onLine } from "#domain/phone/call.ts";

/** Watches whether somebody sits at this desk and whether the computer runs at all, and records it (rules H5, H6). */
export interface DeskPresence {
  /** The desk is held from now on. Records how long nothing ran before, when the page was closed meanwhile. */
  readonly begin: () => Promise<void>;
  readonly stop: () => void;
}

/** Between two looks, milliseconds. */
const LOOK = 5_000;

/** Where the last moment of a desk at work is kept; written while the page is being closed too. */
const BEAT = "sufler.beat";

/** Chromium's Idle Detection API, as far as it is used here (WICG idle-detection). */
interface IdleDetector extends EventTarget {
  readonly userState: "active" | "idle" | null;
  readonly screenState: "locked" | "unlocked" | null;
  start(options: { readonly threshold: number; readonly signal: AbortSignal }): Promise<void>;
}
type IdleDetectors = { new (): IdleDetector; requestPermission(): Promise<PermissionState> };
const detectors = (): IdleDetectors | undefined => (globalThis as { IdleDetector?: IdleDetectors }).IdleDetector;

/** Asks the person whether the system may be asked; needs a click. The watch then begins by itself. Rejects when the browser will not ask. */
export async function allowIdleDetection(): Promise<void> {
  await detectors()?.requestPermission();
}

/** Can the person still be asked? Not where the browser has no such thing, nor after a yes or a no. */
export async function canAllowIdleDetection(): Promise<boolean> {
  return detectors() !== undefined && (await idlePermission()).state === "prompt";
}

const idlePermission = (): Promise<PermissionStatus> => navigator.permissions.query({ name: "idle-detection" as PermissionName });

export function watchPresence({ station, lock, state, memory, pen }: Pick<DeskCore, "station" | "lock" | "state" | "memory" | "pen">): DeskPresence {
  const { recorder, downlink, person } = station;
  let presence: Presence = {};
  let inputAt = deviceNow();
  let hiddenSince = document.hidden ? deviceNow() : undefined;
  let system: Seen["system"];
  let beatAt = deviceNow();
  /** The difference to the company's clock at that moment: when this one is put, both move. */
  let beatOffset = station.offset();
  let frozen = false;
  let checking = false;
  const stopped = new AbortController();
  const { signal } = stopped;

  function look(): void {
    const at = deviceNow();
    if (!lock.held()) {
      beatAt = at;
      beatOffset = station.offset();
      return;
    }
    if (at - beatAt >= GAP_AFTER) {
      if (!checking && !frozen) {
        checking = true;
        void recordGap("asleep", beatAt, beatOffset, at).finally(() => { checking = false; });
      }
      // Somebody has just woken it, or put the clock right: what was before says nothing about now.
      inputAt = at;
      hiddenSince &&= at;
    }
    beatAt = at;
    beatOffset = station.offset();
    frozen = false;
    keepBeat(at);
    const { agent } = state.getState();
    const watched = !onLine(memory.at.call) && (agent.state === "ready" || agent.state === "wrapUp" || agent.state === "away" || agent.state === "offline");
    const step = stepPresence(presence, { at, watched, inputAt, ...(hiddenSince === undefined ? {} : { hiddenSince }), ...(system === undefined ? {} : { system }) });
    presence = step.state;
    if (step.facts.length > 0) void recorder.record(step.facts).catch(pen.broken);
  }

  /**
   * Nothing ran for a while. The company's clock is asked first: perhaps only this one was put, forward or back.
   * @param before its difference to this one at `last`, by which a clock that was put since is told the beginning
   */
  async function recordGap(cause: GapCause, last: number, before: number, at: number): Promise<void> {
    await downlink.pull().catch(() => undefined);
    const moved = station.offset() - before;
    if (gapBetween(last, at, moved)) await recorder.record([{ kind: "shift.gap", since: last - moved, cause, at }]).catch(pen.broken);
  }

  function keepBeat(at: number): void {
    try {
      localStorage.setItem(BEAT, `${person.id} ${at} ${station.offset()}`);
    } catch {
      // A full store only makes the beginning of a gap less exact.
    }
  }

  function input(): void {
    const at = deviceNow();
    const back = presence.away !== undefined;
    inputAt = at;
    if (back) look();
  }
  function shown(): void {
    hiddenSince = document.hidden ? deviceNow() : undefined;
    if (!document.hidden) inputAt = deviceNow();
    look();
  }

  async function askSystem(): Promise<void> {
    const Detector = detectors();
    if (!Detector) return;
    const permission = await idlePermission();
    const start = async (): Promise<void> => {
      if (permission.state !== "granted" || signal.aborted) return;
      const detector = new Detector();
      detector.addEventListener("change", () => {
        system = detector.screenState === "locked" ? "locked" : detector.userState ?? "active";
        look();
      }, { signal });
      await detector.start({ threshold: AWAY_AFTER, signal });
      system = "active";
    };
    permission.addEventListener("change", () => void start().catch(() => undefined), { signal });
    await start();
  }

  const timer = setInterval(look, LOOK);
  for (const event of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(event, input, { signal, passive: true, capture: true });
  document.addEventListener("visibilitychange", shown, { signal });
  // A page put to rest by the browser is no computer asleep.
  document.addEventListener("freeze", () => { frozen = true; }, { signal });
  addEventListener("pagehide", () => { if (lock.held()) keepBeat(deviceNow()); }, { signal });
  // Where the system may not be asked, what happens on the page has to do.
  void askSystem().catch(() => undefined);

  return {
    async begin() {
      const at = deviceNow();
      const [of, last, before] = (localStorage.getItem(BEAT) ?? "").split(" ");
      inputAt = beatAt = at;
      beatOffset = station.offset();
      // Whoever opens the page is there.
      if (state.getState().agent.state === "away") await recorder.record([{ kind: "shift.back" }]);
      // Without a network nobody waits for the company's clock.
      if (of === person.id) void recordGap("closed", Number(last), before === undefined ? beatOffset : Number(before), at);
      keepBeat(at);
    },
    stop() {
      clearInterval(timer);
      stopped.abort();
    },
  };
}
