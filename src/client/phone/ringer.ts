import { createStore, type StoreApi } from "zustand/vanilla";
import { playThrough } from "./speaker.ts";

/** Rings for an incoming call, on the ringer that the person chose. */
export interface Ringer {
  /** `call`: nobody is on the line. `waiting`: a call comes while another goes on; one soft knock every few seconds. Replaces what rings. */
  ring(kind: "call" | "waiting"): void;
  stop(): void;
  /** The browser keeps the page silent until somebody has clicked or pressed a key in it. */
  readonly blocked: StoreApi<boolean>;
  /** By the browser's id; "" is the computer's own. */
  playOn(id: string): void;
  close(): void;
}

const RATE = 16_000;
/** The usual ringing current as people know it from desk phones: two notes that trill. Hertz. */
const TRILL = [440, 480] as const;

export function createRinger(): Ringer {
  const blocked = createStore<boolean>(() => false);
  let player: HTMLAudioElement | undefined;
  let wanted: "call" | "waiting" | undefined;
  let sink = "";
  const sounds: { call?: string; waiting?: string } = {};

  /** A wave file in memory: an audio element plays it on a device of its own and keeps ringing in a hidden tab. */
  const sound = (kind: "call" | "waiting") => sounds[kind] ??= URL.createObjectURL(new Blob([waveOf(kind)], { type: "audio/wav" }));

  // Of a click or a key anywhere in the page: what was refused before is allowed from then on.
  const touched = () => {
    blocked.setState(false, true);
    if (wanted) void play(wanted);
  };
  for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, touched);

  async function play(kind: "call" | "waiting"): Promise<void> {
    player ??= new Audio();
    player.loop = true;
    player.src = sound(kind);
    try {
      await playThrough(player, sink);
      if (wanted === kind) await player.play();
    } catch (error) {
      // AbortError: it was stopped before it had begun.
      if (wanted === kind && error instanceof DOMException && error.name === "NotAllowedError") blocked.setState(true, true);
    }
  }

  return {
    blocked,
    ring(kind) {
      wanted = kind;
      void play(kind);
    },
    stop() {
      wanted = undefined;
      player?.pause();
    },
    playOn(id) {
      sink = id;
      if (player) void playThrough(player, id);
    },
    close() {
      this.stop();
      for (const event of ["pointerdown", "keydown"]) window.removeEventListener(event, touched);
      for (const url of Object.values(sounds)) URL.revokeObjectURL(url);
    },
  };
}

/** One round of ringing as 16-bit PCM (RIFF WAVE): a trill and a pause, or one soft knock and a long pause. */
export function waveOf(kind: "call" | "waiting"): ArrayBuffer {
  const seconds = 4;
  const samples = RATE * seconds;
  const view = new DataView(new ArrayBuffer(44 + samples * 2));
  const text = (at: number, word: string) => { for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i)); };
  text(0, "RIFF"); view.setUint32(4, 36 + samples * 2, true); text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true); view.setUint32(28, RATE * 2, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  text(36, "data"); view.setUint32(40, samples * 2, true);
  const [loud, long] = kind === "call" ? [0.35, 1.6] : [0.1, 0.22];
  for (let i = 0; i < samples; i++) {
    const at = i / RATE;
    if (at >= long) continue;
    // Soft at both ends, so that it does not click; twenty changes of the note a second.
    const edge = Math.min(1, at / 0.02, (long - at) / 0.02);
    const note = kind === "call" ? TRILL[Math.floor(at * 20) % 2] ?? TRILL[0] : TRILL[0];
    view.setInt16(44 + i * 2, Math.round(Math.sin(2 * Math.PI * note * at) * loud * edge * 32767), true);
  }
  return view.buffer as ArrayBuffer;
}
