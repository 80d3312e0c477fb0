import { createStore, type StoreApi } from "zustand/vanilla";
import type { Microphone } from "./phone.ts";

/** The agent's microphone, opened once and given to each call as a clone: a track that a call has stopped is dead. */
export interface MicrophoneSource {
  readonly state: StoreApi<Microphone>;
  /** A clone, when the microphone is open. */
  clone(): MediaStreamTrack | undefined;
  /** What the computer calls the open microphone. */
  name(): string | undefined;
  /** Opens it; asks the person when the browser wants that. False when it cannot be had: `state` says why. */
  open(): Promise<boolean>;
  release(): void;
}

const constraints: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true }, video: false,
};

/** @param onLost the open microphone is gone, without `release` */
export function createMicrophone(onLost: () => void): MicrophoneSource {
  const state = createStore<Microphone>(() => "unasked");
  let source: MediaStreamTrack | undefined;
  let opening: Promise<boolean> | undefined;
  let released = 0;

  async function ask(): Promise<boolean> {
    const at = released;
    try {
      // Without a secure context there is no `mediaDevices` at all.
      if (!("mediaDevices" in navigator)) throw new DOMException("", "NotAllowedError");
      const [track] = (await navigator.mediaDevices.getUserMedia(constraints)).getAudioTracks();
      if (!track) throw new DOMException("", "NotFoundError");
      if (at !== released) { // Let go while the person was being asked.
        track.stop();
        return false;
      }
      source = track;
      track.onended = () => {
        source = undefined;
        state.setState("missing", true);
        onLost();
      };
      state.setState("ready", true);
      return true;
    } catch (error) {
      state.setState(hindrance(error), true);
      return false;
    }
  }

  return {
    state,
    clone: () => source?.clone(),
    name: () => source?.label || undefined,
    open() {
      if (source) return Promise.resolve(true);
      opening ??= ask().finally(() => { opening = undefined; });
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
