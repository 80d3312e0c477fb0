/** G.711 (ITU-T G.711): μ-law and A-law, the sound of the telephone, to and from 16-bit samples. */

export type G711 = "PCMU" | "PCMA";

/** Samples a second. */
export const sampleRate = 8000;
/** Samples in one packet of 20 ms. */
export const packetSamples = 160;
export const packetMs = 20;

function muLawSample(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

function aLawSample(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const mantissa = (bits & 0x0f) << 4;
  const magnitude = segment === 0 ? mantissa + 8 : (mantissa + 0x108) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const decoded: Readonly<Record<G711, Int16Array>> = {
  PCMU: Int16Array.from({ length: 256 }, (_, code) => muLawSample(code)),
  PCMA: Int16Array.from({ length: 256 }, (_, code) => aLawSample(code)),
};

/** The nearest code for each 16-bit sample, found once by going through the levels in order. */
function encoder(levels: Int16Array): Uint8Array {
  const order = [...levels.keys()].sort((a, b) => (levels[a] ?? 0) - (levels[b] ?? 0));
  const table = new Uint8Array(65536);
  let at = 0;
  for (let sample = -32768; sample <= 32767; sample++) {
    const distance = (index: number): number => Math.abs(sample - (levels[order[index] ?? 0] ?? 0));
    while (at + 1 < order.length && distance(at + 1) <= distance(at)) at++;
    table[sample + 32768] = order[at] ?? 0;
  }
  return table;
}

const encoded: Readonly<Record<G711, Uint8Array>> = { PCMU: encoder(decoded.PCMU), PCMA: encoder(decoded.PCMA) };

export function decodeG711(law: G711, payload: Uint8Array): Int16Array {
  const levels = decoded[law];
  return Int16Array.from(payload, (code) => levels[code] ?? 0);
}

export function encodeG711(law: G711, samples: Int16Array): Uint8Array {
  const codes = encoded[law];
  return Uint8Array.from(samples, (sample) => codes[sample + 32768] ?? 0);
}

/** Loudness (RMS) in dB below full scale; -96 for silence. */
export function levelOf(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  const rms = Math.sqrt(energy / Math.max(1, samples.length)) / 32768;
  return Math.max(-96, 20 * Math.log10(Math.max(rms, 1e-9)));
}
