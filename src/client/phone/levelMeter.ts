import { createStore, type StoreApi } from "zustand/vanilla";
import { loudnessOf, silence } from "./loudness.ts";
import type { MicrophoneSource } from "./microphone.ts";
import { ownVoice } from "./ownVoice.ts";
import type { Levels } from "./phone.ts";

const EVERY = 120;

/** How loud both sides of a call are, and on request the agent alone between calls. */
export interface LevelMeter {
  readonly levels: StoreApi<Levels>;
  /** In a call: measures whatever `connection` gives. */
  begin(connection: () => RTCPeerConnection | undefined): void;
  end(): void;
  /** Whether the open microphone is shown also while there is no call. */
  want(on: boolean): void;
  /** Looks again at what there is to listen to. After the screen has been drawn: an audio context takes its time to begin. */
  soon(): void;
  /** Another microphone is open. */
  anew(): void;
}

export function createLevelMeter(microphone: Pick<MicrophoneSource, "state" | "clone">, inCall: () => boolean): LevelMeter {
  const levels = createStore<Levels>(() => silence);
  let measuring: ReturnType<typeof setInterval> | undefined;
  let wanted = false;
  /** Ends listening to ourselves. */
  let unmeter: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearInterval(measuring);
    measuring = undefined;
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const listen = wanted && !inCall() && microphone.state.getState() === "ready";
      if (listen === (unmeter !== undefined)) return;
      if (unmeter) {
        unmeter();
        unmeter = undefined;
        if (!inCall()) levels.setState(silence, true);
        return;
      }
      const track = microphone.clone();
      if (track) unmeter = ownVoice(track, (mine) => levels.setState({ mine, theirs: 0 }, true));
    }, 50);
  }
  microphone.state.subscribe(soon);

  return {
    levels, soon,
    begin(connection) {
      stop();
      measuring = setInterval(() => {
        const on = connection();
        if (!on) return;
        void loudnessOf(on).then((loud) => {
          const last = levels.getState();
          if (measuring !== undefined && (loud.mine !== last.mine || loud.theirs !== last.theirs)) levels.setState(loud, true);
        });
      }, EVERY);
    },
    end() {
      stop();
      levels.setState(silence, true);
    },
    want(on) {
      if (on === wanted) return;
      wanted = on;
      soon();
    },
    anew() {
      unmeter?.();
      unmeter = undefined;
      soon();
    },
  };
}
