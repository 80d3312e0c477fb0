/**
 * Decoder for GSM 06.10 full rate (ETSI EN 300 961): 33 bytes make 20 ms at 8 kHz. A voice takes 1.65 KB a second in it,
 * every sound program plays it, and the decoder needs no native code. Names in comments are those of the standard.
 */

export const gsmFrameBytes = 33;
const frameSamples = 160;

/** Table 4.1: the inverse of A, and B, for log area ratios. */
const inverseA = [13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708];
const offsetB = [0, 0, 2048, -2560, 94, -1792, -341, -1144];
const leastLar = [-32, -32, -16, -16, -8, -8, -4, -4];
const larBits = [6, 6, 5, 5, 4, 4, 3, 3];
/** Table 4.3b: long-term gain; table 4.6: normalised direct mantissa. */
const gains = [3277, 11469, 21299, 32767];
const mantissas = [18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767];

function clip(value: number): number {
  return value > 32767 ? 32767 : value < -32768 ? -32768 : value;
}

/** mult_r: product of two fractions, rounded. */
function times(a: number, b: number): number {
  return clip((a * b + 16384) >> 15);
}

/** What a decoder keeps from frame to frame. */
type Memory = {
  /** Reconstructed short-term residual: the last 120 samples (drp). */
  readonly residual: Int32Array;
  readonly filter: Int32Array;
  lars: readonly number[];
  lag: number;
  deemphasis: number;
};

/** Decodes whole frames to 16-bit samples at 8 kHz. Throws RangeError for what is not GSM 06.10. */
export function decodeGsm(frames: Uint8Array): Int16Array {
  if (frames.length % gsmFrameBytes !== 0) throw new RangeError(`GSM sound of ${frames.length} bytes is no whole number of frames.`);
  const memory: Memory = { residual: new Int32Array(120 + 40), filter: new Int32Array(9), lars: Array<number>(8).fill(0), lag: 40, deemphasis: 0 };
  const samples = new Int16Array((frames.length / gsmFrameBytes) * frameSamples);
  for (let at = 0, out = 0; at < frames.length; at += gsmFrameBytes, out += frameSamples) {
    decodeFrame(bitsOf(frames.subarray(at, at + gsmFrameBytes)), memory, samples.subarray(out, out + frameSamples));
  }
  return samples;
}

function bitsOf(bytes: Uint8Array): (count: number) => number {
  let position = 0;
  return (count) => {
    let value = 0;
    for (let i = 0; i < count; i++, position++) value = (value << 1) | (((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1);
    return value;
  };
}

function decodeFrame(read: (count: number) => number, memory: Memory, out: Int16Array): void {
  if (read(4) !== 0xd) throw new RangeError("A GSM frame does not begin with 0xD.");
  const coded = larBits.map((bits) => read(bits));
  const residual = new Int32Array(frameSamples);
  for (let sub = 0; sub < 4; sub++) {
    const lag = read(7);
    const gain = gains[read(2)] ?? 0;
    const excitation = readExcitation(read);
    if (lag >= 40 && lag <= 120) memory.lag = lag;
    const past = memory.residual;
    for (let k = 0; k < 40; k++) past[120 + k] = clip((excitation[k] ?? 0) + times(gain, past[120 + k - memory.lag] ?? 0));
    residual.set(past.subarray(120), sub * 40);
    past.copyWithin(0, 40);
  }
  synthesise(coded, residual, memory, out);
}

/** 4.2.15–4.2.17: the 13 pulses of a sub-frame, scaled and set on their grid. */
function readExcitation(read: (count: number) => number): Int32Array {
  const grid = read(2);
  const block = read(6);
  let exponent = block > 15 ? (block >> 3) - 1 : 0;
  let mantissa = block - (exponent << 3);
  if (mantissa === 0) {
    exponent = -4;
    mantissa = 7;
  } else {
    while (mantissa <= 7) {
      mantissa = (mantissa << 1) | 1;
      exponent--;
    }
    mantissa -= 8;
  }
  const shift = 6 - exponent;
  const half = 1 << (shift - 1);
  const excitation = new Int32Array(40);
  for (let i = 0; i < 13; i++) {
    const pulse = times(mantissas[mantissa] ?? 0, ((read(3) << 1) - 7) << 12);
    excitation[grid + 3 * i] = clip(pulse + half) >> shift;
  }
  return excitation;
}

/** 4.3.3–4.3.5: log area ratios, interpolated in four steps, to reflection coefficients; synthesis filter; de-emphasis. */
function synthesise(coded: readonly number[], residual: Int32Array, memory: Memory, out: Int16Array): void {
  const now = coded.map((code, i) => {
    const ratio = times(inverseA[i] ?? 0, clip(((code + (leastLar[i] ?? 0)) << 10) - ((offsetB[i] ?? 0) << 1)));
    return clip(ratio + ratio);
  });
  const before = memory.lars;
  const mixed = (mix: (past: number, present: number) => number): number[] => now.map((lar, i) => mix(before[i] ?? 0, lar));
  filter(residual, 0, 13, mixed((p, n) => clip(clip((p >> 2) + (n >> 2)) + (p >> 1))), memory, out);
  filter(residual, 13, 27, mixed((p, n) => clip((p >> 1) + (n >> 1))), memory, out);
  filter(residual, 27, 40, mixed((p, n) => clip(clip((p >> 2) + (n >> 2)) + (n >> 1))), memory, out);
  filter(residual, 40, frameSamples, now, memory, out);
  memory.lars = now;
}

function reflectionOf(lar: number): number {
  const size = Math.min(Math.abs(lar), 32767);
  const reflection = size < 11059 ? size << 1 : size < 20070 ? size + 11059 : clip((size >> 2) + 26112);
  return lar < 0 ? -reflection : reflection;
}

function filter(residual: Int32Array, from: number, to: number, lars: readonly number[], memory: Memory, out: Int16Array): void {
  const reflections = lars.map(reflectionOf);
  const v = memory.filter;
  for (let k = from; k < to; k++) {
    let sample = residual[k] ?? 0;
    for (let i = 7; i >= 0; i--) {
      const reflection = reflections[i] ?? 0;
      sample = clip(sample - times(reflection, v[i] ?? 0));
      v[i + 1] = clip((v[i] ?? 0) + times(reflection, sample));
    }
    v[0] = sample;
    memory.deemphasis = clip(sample + times(memory.deemphasis, 28180));
    out[k] = clip(memory.deemphasis * 2) & 0xfff8;
  }
}
