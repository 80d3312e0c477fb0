import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../../src/ui/kit/tokens.css"), "utf8");

/** Every `--name: light-dark(#light, #dark)` of the tokens. */
const tokens = new Map([...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]));

/** Relative luminance and contrast as in WCAG 2.2. */
function luminance(hex: string): number {
  const part = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(ink: string, ground: string, theme: "light" | "dark"): number {
  const [a, b] = [ink, ground].map((name) => luminance(tokens.get(name)?.[theme] ?? "#808080"));
  const [high, low] = (a ?? 0) > (b ?? 0) ? [a ?? 0, b ?? 0] : [b ?? 0, a ?? 0];
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["ground", "surface", "raised"];

describe.each(["light", "dark"] as const)("the %s colours", (theme) => {
  it("have been read", () => { expect(tokens.size).toBeGreaterThan(15); });

  it.each(grounds)("let words be read aloud from %s at AAA", (ground) => { expect(contrast("ink", ground, theme)).toBeGreaterThanOrEqual(7); });

  it.each(grounds.flatMap((ground) => ["soft", "faint", "accent", "ok", "warn", "bad"].map((ink) => [ink, ground] as const)))("write %s on %s at AA", (ink, ground) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([["on-accent", "accent"], ["on-bad", "bad"], ["ok", "ok-wash"], ["warn", "warn-wash"], ["bad", "bad-wash"], ["ink", "accent-wash"], ["soft", "accent-wash"], ["accent", "accent-wash"]])("write %s on %s at AA", (ink, ground) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(grounds)("draw the edges of fields on %s so that they are seen", (ground) => { expect(contrast("line-strong", ground, theme)).toBeGreaterThanOrEqual(3); });
});
