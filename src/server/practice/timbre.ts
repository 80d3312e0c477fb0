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
const taps = 2 * halfWidth + 1;
/** Places between two samples that the filter is worked out for: fine enough for 60 dB. */
const phases = 512;

/** Plays samples at another speed (windowed-sinc interpolation, without aliasing when faster) and gain in dB. */
export function colour(samples: Int16Array, timbre: Pick<Timbre, "speed" | "gain">): Int16Array {
  const { speed } = timbre;
  const filter = filterFor(Math.min(1, 0.95 / speed), 10 ** (timbre.gain / 20));
  const out = new Int16Array(Math.floor(samples.length / speed));
  for (let n = 0; n < out.length; n++) {
    const position = Math.round(n * speed * phases);
    const whole = Math.floor(position / phases);
    const row = (position - whole * phases) * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) sum += (samples[whole + tap - halfWidth] ?? 0) * (filter[row + tap] ?? 0);
    out[n] = Math.max(-32768, Math.min(32767, Math.round(sum)));
  }
  return out;
}

/** One row of taps for each phase. */
function filterFor(cutoff: number, gain: number): Float64Array {
  const filter = new Float64Array(phases * taps);
  for (let phase = 0; phase < phases; phase++) {
    for (let tap = 0; tap < taps; tap++) {
      const x = tap - halfWidth - phase / phases;
      const window = Math.abs(x) > halfWidth ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * x) / halfWidth);
      filter[phase * taps + tap] = sinc(cutoff * x) * cutoff * window * gain;
    }
  }
  return filter;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
