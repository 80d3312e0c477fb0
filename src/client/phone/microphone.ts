import { createStore, type StoreApi } from "zustand/vanilla";
import type { Microphone } from "./phone.ts";

/** The agent's microphone, opened once and given to each call as a clone: a track that a call has stopped is dead. */
export interface MicrophoneSource {
  readonly state: StoreApi<Microphone>;
  /** A clone, when the microphone is open. */
  clone(): MediaStreamTrack | undefined;
  /** What the computer calls the open microphone; undefined when none is open. */
  name(): string | undefined;
  /** Opens it; asks the person when the browser wants that. False when it cannot be had: `state` says why. */
  open(): Promise<boolean>;
  /**
   * Takes what is wanted now in its place, if it is open; what was cloned before lives on. False when that cannot be had.
   * @param exactly rather keeps the open one than takes one that is not wanted either
   */
  reopen(exactly?: boolean): Promise<boolean>;
  release(): void;
}

/**
 * @param wanted what to ask for, read anew each time
 * @param onLost the open microphone is gone, without `release`; `label` is what it was called
 */
export function createMicrophone(wanted: () => MediaTrackConstraints, onLost: (label: string) => void): MicrophoneSource {
  const state = createStore<Microphone>(() => "unasked");
  let source: MediaStreamTrack | undefined;
  let opening: Promise<boolean> | undefined;
  let released = 0;

  /** A device that went while it was being opened has ended before anybody listened for it. */
  const alive = (): boolean => source !== undefined && source.readyState === "live";

  async function ask(exactly = false): Promise<boolean> {
    const at = released;
    try {
      // Without a secure context there is no `mediaDevices` at all.
      if (!("mediaDevices" in navigator)) throw new DOMException("", "NotAllowedError");
      const track = await trackFor(wanted(), exactly);
      if (at !== released) { // Let go while the person was being asked.
        track.stop();
        return false;
      }
      if (source) {
        source.onended = null;
        source.stop();
      }
      source = track;
      track.onended = () => {
        source = undefined;
        // What `state` says from now on is for the next try to tell: mostly there is another one.
        onLost(track.label);
      };
      state.setState("ready", true);
      return true;
    } catch (error) {
      // Another one was wanted and cannot be had: the open one goes on.
      if (alive()) return false;
      source = undefined;
      state.setState(hindrance(error), true);
      return false;
    }
  }

  return {
    state,
    clone: () => source?.clone(),
    name: () => (alive() ? source?.label : undefined),
    open() {
      if (alive()) return Promise.resolve(true);
      opening ??= ask().finally(() => { opening = undefined; });
      return opening;
    },
    async reopen(exactly) {
      await opening;
      if (!alive()) return false;
      opening = ask(exactly).finally(() => { opening = undefined; });
      return opening;
    },
    release() {
      released += 1;
      if (!source) return;
      source.onended = null;
      source.stop();
      source = undefined;
      state.setState("unasked", true);
    },
  };
}

/** The device that is wanted; when it has gone meanwhile, whatever there is, unless it must be exactly that one. What the browser cannot do to the voice is left. */
async function trackFor(wanted: MediaTrackConstraints, exactly: boolean): Promise<MediaStreamTrack> {
  const { deviceId, ...others } = wanted;
  const open = (audio: MediaTrackConstraints) => navigator.mediaDevices.getUserMedia({ audio, video: false })
    .catch((error: unknown) => {
      if (hindrance(error) !== "missing") throw error;
      return navigator.mediaDevices.getUserMedia({ audio: softened(audio), video: false });
    });
  const audio = await open(wanted).catch((error: unknown) => {
    if (exactly || deviceId === undefined || hindrance(error) === "denied") throw error;
    return open(others);
  });
  const [track] = audio.getAudioTracks();
  if (!track) throw new DOMException("", "NotFoundError");
  return track;
}

/** The same, with wishes for what is done to the voice instead of demands. */
function softened({ deviceId, ...processing }: MediaTrackConstraints): MediaTrackConstraints {
  const wishes = Object.entries(processing).map(([name, value]) => [name, typeof value === "object" && "exact" in value ? value.exact : value] as const);
  return { ...Object.fromEntries(wishes), ...(deviceId === undefined ? {} : { deviceId }) };
}

/** Whether the microphone can be opened without asking the person anything. False where the browser does not tell. */
export async function microphoneAllowed(): Promise<boolean> {
  const permissions = navigator.permissions as Permissions | undefined;
  return (await permissions?.query({ name: "microphone" }).catch(() => undefined))?.state === "granted";
}

/** Why getUserMedia said no (Media Capture and Streams, section 9.2). */
export function hindrance(error: unknown): Microphone {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}

/** Calls `changed` whenever the person allows or denies the microphone in the browser's own controls, where the browser tells. */
export function noticePermission(changed: () => void): void {
  // Absent without a secure context; a browser that does not know this permission rejects, and then only the next try will show it.
  const permissions = navigator.permissions as Permissions | undefined;
  permissions?.query({ name: "microphone" }).then((status) => { status.onchange = changed; }, () => undefined);
}
