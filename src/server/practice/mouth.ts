import { packetSamples } from "./g711.ts";

/** Samples over which a line that is broken off fades, so that it does not click. */
const fade = 120;

/**
 * The outgoing sound of one customer, packet by packet: the line being said, otherwise the quiet noise of a room,
 * so that the other side always sees a live stream.
 */
export class Mouth {
  #line: Int16Array | undefined;
  #at = 0;
  #noise = 0;
  readonly #room: number;

  /** @param room loudness of the room in dBFS */
  constructor(room: number) {
    this.#room = 32768 * 10 ** (room / 20);
  }

  say(line: Int16Array): void {
    this.#line = line;
    this.#at = 0;
  }

  /** Breaks the line off. */
  stop(): void {
    if (!this.#line) return;
    const rest = this.#line.slice(this.#at, this.#at + fade).map((sample, i) => sample * (1 - i / fade));
    this.#line = rest;
    this.#at = 0;
  }

  get speaks(): boolean {
    return this.#line !== undefined;
  }

  /** The next 20 ms; `ended` when a line's last sample is in it. */
  next(): { readonly samples: Int16Array; readonly ended: boolean } {
    const samples = new Int16Array(packetSamples);
    for (let i = 0; i < packetSamples; i++) {
      // White noise through a one-pole low pass: a room hums lower than it hisses.
      this.#noise += (Math.random() * 2 - 1 - this.#noise) * 0.35;
      const line = this.#line?.[this.#at + i] ?? 0;
      samples[i] = Math.max(-32768, Math.min(32767, Math.round(line + this.#noise * this.#room * 3)));
    }
    if (!this.#line) return { samples, ended: false };
    this.#at += packetSamples;
    const ended = this.#at >= this.#line.length;
    if (ended) this.#line = undefined;
    return { samples, ended };
  }
}
