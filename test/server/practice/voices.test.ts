import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { situations } from "#domain/practice/situations.ts";
import { levelOf } from "#server/practice/g711.ts";
import { openVoices, type Take } from "#server/practice/voices.ts";

const folder = fileURLToPath(new URL("../../../src/server/practice/voices", import.meta.url));
const voices = openVoices(folder);
const all = (["ru", "en"] as const).flatMap((language) =>
  (["m", "f"] as const).map((gender) => [`${language}-${gender}`, language, situations.flatMap((situation) => [...voices.takes(language, gender, situation)])] as const),
);

/** Loudness of the speech itself, in dBFS: the upper half of the packets. */
function loudness(take: Take): number {
  const samples = take.sound();
  const levels = Array.from({ length: Math.floor(samples.length / 160) }, (_, n) => levelOf(samples.subarray(n * 160, (n + 1) * 160))).sort((a, b) => b - a);
  const upper = levels.slice(0, Math.max(1, levels.length >> 1));
  return upper.reduce((sum, level) => sum + level, 0) / upper.length;
}

describe("the recordings", { timeout: 30_000 }, () => {
  it("take less than a megabyte", () => {
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(`${folder}/${name}`).size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(1_000_000);
  });

  it.each(all)("%s has at least two takes of every situation, with different words", (_, language, takes) => {
    for (const situation of situations) {
      const texts = takes.filter((take) => take.situation === situation).map((take) => take.text);
      expect(texts.length, situation).toBeGreaterThanOrEqual(2);
      expect(new Set(texts).size, situation).toBe(texts.length);
      for (const text of texts) expect(text).toMatch(language === "ru" ? /^[А-ЯЁа-яё ,.?!-]+$/ : /^[A-Za-z' ,.?!-]+$/);
    }
  });

  it.each(all)("%s is equally loud throughout, and speech of a plausible pace", (_, __, takes) => {
    for (const take of takes) {
      const seconds = take.sound().length / 8000;
      const letters = take.text.replaceAll(/[^\p{L}]/gu, "").length;
      expect(loudness(take), take.text).toBeGreaterThan(-27);
      expect(loudness(take), take.text).toBeLessThan(-12);
      if (letters > 8 && take.situation !== "machine") {
        expect(letters / seconds, take.text).toBeGreaterThan(7);
        expect(letters / seconds, take.text).toBeLessThan(23);
      }
    }
  });

  it.each(all)("%s does not clip, click at the ends, or begin late", (_, __, takes) => {
    for (const take of takes) {
      const samples = take.sound();
      expect(Math.abs(samples[0] ?? 0), take.text).toBeLessThan(2500);
      const clipped = samples.filter((sample) => Math.abs(sample) > 32_700).length;
      expect(clipped, take.text).toBeLessThan(5);
      const first = samples.findIndex((sample) => Math.abs(sample) > 1000);
      expect(first, take.text).toBeLessThan(8000 * 0.3);
    }
  });
});
