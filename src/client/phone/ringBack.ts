import { playThrough } from "./speaker.ts";

/** The tone of a ringing phone far away, for PBXs that send none: 425 Hz, one second on, four off, as in Russia. */
export interface RingBack {
  start(): void;
  stop(): void;
  /** Where the client's voice will come from, by the browser's id. */
  playOn(speaker: string): void;
  close(): void;
}

const PERIOD = 5;
/** Soft: it comes once every five seconds for a whole shift. */
const LOUDNESS = 0.04;
/** Before the first tone, milliseconds: who answers at once is not kept waiting for an AudioContext. */
const BEFORE = 250;
/** Longer than any ringing of ours, seconds. */
const AT_MOST = 120;

export function createRingBack(): RingBack {
  let context: AudioContext | undefined;
  let playing: OscillatorNode | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let speaker = "";

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
    playing?.stop();
    playing?.disconnect();
    playing = undefined;
    // A running context keeps the sound device awake.
    if (context?.state === "running") void context.suspend();
  }

  function play(): void {
    context ??= new AudioContext();
    void playThrough(context, speaker);
    void context.resume();
    const gain = context.createGain();
    gain.gain.value = 0;
    const begin = context.currentTime;
    for (let at = 0; at < AT_MOST; at += PERIOD) {
      gain.gain.setTargetAtTime(LOUDNESS, begin + at, 0.01);
      gain.gain.setTargetAtTime(0, begin + at + 1, 0.01);
    }
    playing = context.createOscillator();
    playing.frequency.value = 425;
    playing.connect(gain).connect(context.destination);
    playing.onended = () => gain.disconnect();
    playing.start();
  }

  return {
    start() {
      if (!playing) timer ??= setTimeout(play, BEFORE);
    },
    stop,
    playOn(id) {
      speaker = id;
      if (context) void playThrough(context, id);
    },
    close() {
      stop();
      void context?.close();
      context = undefined;
    },
  };
}
