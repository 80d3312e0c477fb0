import { describe, expect, it } from "vitest";
import { deafSoFar, hearLevel, silence, type Heard } from "#domain/practice/hearing.ts";

/** Feeds levels of 20 ms packets: pairs of duration (ms) and level (dBFS, or a function of time). */
function listen(...parts: readonly [number, number | ((t: number) => number)][]): Heard[] {
  let state = deafSoFar;
  let at = 0;
  const heard: Heard[] = [];
  for (const [duration, level] of parts) {
    for (const end = at + duration; at < end; at += 20) {
      const step = hearLevel(state, typeof level === "number" ? level : level(at), at);
      state = step.state;
      if (step.heard) heard.push(step.heard);
    }
  }
  return heard;
}

/** Syllables: up and down five times a second, as running speech does. */
const speech = (t: number): number => -32 + 12 * Math.sin((2 * Math.PI * t) / 200);

describe("hearing the agent", () => {
  it("hears speech begin and end", () => {
    const heard = listen([1000, silence], [3000, speech], [1000, silence]);
    expect(heard.map((event) => event.type)).toEqual(["voice", "quiet"]);
    expect(heard[0]?.at).toBeLessThan(1150);
    const quiet = heard[1];
    expect(quiet?.type === "quiet" && quiet.since).toBeGreaterThan(3800);
    expect(quiet?.at).toBeLessThan(4300);
  });

  it("hears speech in a room with noise at -55 dBFS", () => {
    expect(listen([2000, -55], [2000, speech], [1000, -55]).map((event) => event.type)).toEqual(["voice", "quiet"]);
  });

  it("a click is not speech", () => {
    expect(listen([1000, silence], [40, -10], [1000, silence])).toEqual([]);
  });

  it("a steady tone that is there from the beginning is the room", () => {
    expect(listen([10_000, -20])).toEqual([]);
  });

  it("a tone that begins later is the room after two seconds and a bit", () => {
    const heard = listen([1000, silence], [8000, -20]);
    expect(heard.map((event) => event.type)).toEqual(["voice", "quiet"]);
    expect(heard[1]?.at).toBeLessThan(3800);
  });

  it("tone bursts are speech each time", () => {
    const burst: [number, number][] = [[1200, -20], [1200, silence]];
    expect(listen([1000, silence], ...burst, ...burst, ...burst).map((event) => event.type)).toEqual(["voice", "quiet", "voice", "quiet", "voice", "quiet"]);
  });
});
