import { roll, seedOf } from "#domain/practice/dice.ts";
import type { Persona } from "#domain/practice/numbers.ts";
import { personGender } from "#domain/practice/numbers.ts";

/** What makes one person sound unlike another of the same recording. */
export type Timbre = {
  /** Above 1 the voice is higher and quicker, below 1 lower and slower: another throat, another pace. */
  readonly speed: number;
  /** Gain in dB: some hold the phone closer. */
  readonly gain: number;
  /** Loudness of the room behind the voice, dBFS. */
  readonly room: number;
  /** How long the phone rings, as a share (0–1) of what is usual for the character. */
  readonly ring: number;
};

/** The same number always has the same voice. */
export function timbreOf(persona: Persona): Timbre {
  let dice = seedOf(`${persona.character} ${persona.language} ${persona.person}`);
  const between = (least: number, most: number): number => {
    const thrown = roll(dice);
    dice = thrown.dice;
    return least + thrown.value * (most - least);
  };
  const speed = personGender(persona.person) === "m" ? between(0.9, 1.06) : between(0.91, 1.07);
  return { speed, gain: between(-2, 1.5), room: between(-70, -62), ring: between(0, 1) };
}

const halfWidth = 12;

/** Plays samples at another speed (windowed-sinc interpolation, without aliasing when faster) and gain in dB. */
export function colour(samples: Int16Array, timbre: Pick<Timbre, "speed" | "gain">): Int16Array {
  const { speed } = timbre;
  const amplify = 10 ** (timbre.gain / 20);
  const cutoff = Math.min(1, 0.95 / speed);
  const out = new Int16Array(Math.floor(samples.length / speed));
  for (let n = 0; n < out.length; n++) {
    const centre = n * speed;
    let sum = 0;
    for (let k = Math.ceil(centre - halfWidth); k <= centre + halfWidth; k++) {
      const x = k - centre;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / halfWidth);
      sum += (samples[k] ?? 0) * sinc(cutoff * x) * cutoff * window;
    }
    out[n] = Math.max(-32768, Math.min(32767, Math.round(sum * amplify)));
  }
  return out;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
