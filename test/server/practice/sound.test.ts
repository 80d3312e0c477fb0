import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { decodeG711, encodeG711, levelOf, type G711 } from "#server/practice/g711.ts";
import { decodeGsm } from "#server/practice/gsm.ts";
import { Mouth } from "#server/practice/mouth.ts";
import { colour, timbreOf } from "#server/practice/timbre.ts";

const file = (name: string): Buffer => readFileSync(fileURLToPath(new URL(name, import.meta.url)));
const tone = (hertz: number, samples: number, peak = 10_000): Int16Array => Int16Array.from({ length: samples }, (_, n) => Math.round(peak * Math.sin((2 * Math.PI * hertz * n) / 8000)));

/** Rising zero crossings a second. */
function pitchOf(samples: Int16Array): number {
  let rises = 0;
  for (let n = 1; n < samples.length; n++) if ((samples[n - 1] ?? 0) < 0 && (samples[n] ?? 0) >= 0) rises++;
  return (rises * 8000) / samples.length;
}

describe("GSM 06.10", () => {
  it("decodes bit by bit as libgsm does (reference.s16 was decoded by it)", () => {
    const reference = file("reference.s16");
    const samples = decodeGsm(file("reference.gsm"));
    expect(samples.length).toBe(30 * 160);
    expect(Buffer.from(samples.buffer).equals(reference)).toBe(true);
  });

  it("refuses what is none", () => {
    expect(() => decodeGsm(new Uint8Array(34))).toThrow(RangeError);
    expect(() => decodeGsm(new Uint8Array(33))).toThrow(RangeError);
  });
});

describe("G.711", () => {
  it.each<[G711, readonly [number, number][]]>([
    // ITU-T G.711 tables 2a and 1a, at 16 bits: first and last decision values.
    ["PCMU", [[0xff, 0], [0x7f, 0], [0x80, 32124], [0x00, -32124]]],
    ["PCMA", [[0xd5, 8], [0x55, -8], [0xaa, 32256], [0x2a, -32256]]],
  ])("%s has the standard's levels", (law, levels) => {
    for (const [code, level] of levels) expect(decodeG711(law, Uint8Array.of(code))[0] ?? NaN).toBe(level === 0 ? 0 : level);
  });

  it.each<G711>(["PCMU", "PCMA"])("%s keeps a tone within its coarse steps", (law) => {
    const sent = tone(450, 800);
    const got = decodeG711(law, encodeG711(law, sent));
    const noise = Int16Array.from(sent, (sample, n) => sample - (got[n] ?? 0));
    expect(levelOf(sent) - levelOf(noise)).toBeGreaterThan(33);
  });
});

describe("one person's voice", () => {
  it("is the same for the same number and another for the next", () => {
    const of = (person: number) => timbreOf({ character: "polite", language: "ru", person });
    expect(of(7)).toEqual(of(7));
    expect(new Set(Array.from({ length: 50 }, (_, i) => of(2 * i).speed.toFixed(4))).size).toBeGreaterThan(45);
  });

  it("is higher and quicker, or lower and slower", () => {
    for (const speed of [0.9, 1.07]) {
      const coloured = colour(tone(500, 8000), { speed, gain: 0 });
      expect(coloured.length).toBe(Math.floor(8000 / speed));
      expect(pitchOf(coloured)).toBeCloseTo(500 * speed, -1);
    }
  });

  it("does not fold what is too high for the line back into it", () => {
    expect(levelOf(colour(tone(3900, 8000), { speed: 1.07, gain: 0 }))).toBeLessThan(levelOf(tone(3900, 8000)) - 15);
  });
});

describe("the outgoing sound", () => {
  it("is a quiet room between lines, the line when there is one, and tells when it has ended", () => {
    const mouth = new Mouth(-65);
    const levels = Array.from({ length: 50 }, () => levelOf(mouth.next().samples));
    expect(Math.max(...levels)).toBeLessThan(-55);
    expect(Math.min(...levels)).toBeGreaterThan(-80);
    mouth.say(tone(450, 400));
    expect([mouth.next(), mouth.next(), mouth.next()].map((packet) => packet.ended)).toEqual([false, false, true]);
    expect(mouth.speaks).toBe(false);
  });

  it("breaks off within 20 ms, fading", () => {
    const mouth = new Mouth(-70);
    mouth.say(tone(450, 8000));
    mouth.next();
    mouth.stop();
    const { samples, ended } = mouth.next();
    expect(ended).toBe(true);
    expect(Math.max(...samples.slice(-40).map(Math.abs))).toBeLessThan(200);
  });
});
