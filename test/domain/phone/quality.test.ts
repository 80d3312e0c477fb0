import { describe, expect, it } from "vitest";
import { gradeOf, mosOf, noQuality, soFarOf, stepQuality, summaryOf, type LineSample, type QualityWatch } from "#domain/phone/quality.ts";

describe("the mean opinion score", () => {
  // By hand from the formula: R = 93.2 − 0.024·40 = 92.24 → 4.40; 5 % of G.711: Ie,eff = 95·5/30.1 = 15.78 → R 76.46 → 3.88.
  it.each([
    ["g711", 0, 0, 0, 4.4], ["g711", 0.05, 0, 0, 3.88], ["g711", 0.2, 0, 0, 2.56], ["opus", 0.01, 10, 60, 4.29],
    ["g711", 0, 0, 800, 2.77], ["g711", 1, 0, 0, 1.13], ["other", 0.05, 0, 0, 3.15],
  ] as const)("[L5] of %s with loss %d, jitter %d, round trip %d is %d", (codec, loss, jitter, roundTrip, mos) => {
    expect(mosOf(codec, loss, jitter, roundTrip)).toBeCloseTo(mos, 1);
  });

  it("[L5] falls with everything that is bad, and stays between 1 and 4.5", () => {
    for (const [loss, jitter, trip] of [[0, 0, 0], [0.5, 300, 2000], [1, 5000, 60_000]] as const) {
      expect(mosOf("g711", loss, jitter, trip)).toBeGreaterThanOrEqual(1);
      expect(mosOf("g711", loss, jitter, trip)).toBeLessThanOrEqual(4.5);
    }
    expect(mosOf("g711", 0.02, 0, 0)).toBeLessThan(mosOf("g711", 0.01, 0, 0));
    expect(mosOf("g711", 0, 60, 0)).toBeLessThan(mosOf("g711", 0, 5, 0));
  });
});

interface Second { readonly heardLoss?: number; readonly sentLoss?: number; readonly gaps?: number; readonly roundTrip?: number; readonly silent?: boolean }

/** A call, second by second: fifty packets each way, of which so many are lost. */
function call(seconds: readonly Second[]): readonly QualityWatch[] {
  let watch = noQuality;
  let sample: LineSample = { at: 0, codec: "g711", heard: { packets: 0, lost: 0, jitter: 5, played: 0, madeUp: 0 }, sent: { packets: 0, lost: 0, jitter: 5 }, roundTrip: 40 };
  return seconds.map(({ heardLoss = 0, sentLoss = 0, gaps = 0, roundTrip = 40, silent = false }, index) => {
    const { heard, sent = { packets: 0, lost: 0, jitter: 5 } } = sample;
    sample = {
      at: index * 1000, codec: "g711", roundTrip,
      heard: { ...heard, packets: heard.packets + (silent ? 0 : 50 - 50 * heardLoss), lost: heard.lost + 50 * heardLoss, played: heard.played + 48_000, madeUp: heard.madeUp + 48_000 * (silent ? 1 : gaps) },
      sent: { ...sent, packets: sent.packets + 50 - 50 * sentLoss, lost: sent.lost + 50 * sentLoss },
    };
    watch = stepQuality(watch, sample);
    return watch;
  });
}
const times = (count: number, second: Second): readonly Second[] => Array.from({ length: count }, () => second);
const badOf = (seconds: readonly Second[]) => call(seconds).map(({ line }) => line?.bad);

describe("the line in words", () => {
  it("[L6] is good while it is good", () => {
    expect(badOf(times(20, {}))).toEqual(times(20, {}).map(() => undefined));
  });

  it.each([
    ["what the agent hears", { heardLoss: 0.3 }, "heard"], ["what the client hears", { sentLoss: 0.3 }, "sent"],
    ["both ways", { heardLoss: 0.3, sentLoss: 0.3 }, "both"], ["a long way", { roundTrip: 900 }, "both"],
    ["gaps from beyond the exchange", { gaps: 0.3 }, "far"],
  ] as const)("[L6] tells on whose side it is bad: %s", (_, second, bad) => {
    expect(badOf([...times(5, {}), ...times(10, second)]).at(-1)).toBe(bad);
  });

  it("[L6] takes gaps that come of loss for the network's, and a far side that sends nothing for no bad line", () => {
    expect(badOf(times(10, { heardLoss: 0.3, gaps: 0.3 })).at(-1)).toBe("heard");
    expect(badOf([...times(6, {}), ...times(12, { silent: true })]).at(-1)).toBeUndefined();
  });

  it("[L6] does not flicker: a bad second says nothing, and a sentence once said stays until the line has been good for a while", () => {
    expect(badOf([...times(10, {}), { heardLoss: 0.3 }, ...times(10, {})])).not.toContain("heard");
    const seen = badOf([...times(5, {}), ...times(8, { heardLoss: 0.4 }), ...times(30, {})]);
    const changes = seen.filter((bad, index) => index > 0 && bad !== seen[index - 1]).length;
    expect([changes, seen.at(-1)]).toEqual([2, undefined]);
    // On the edge, in and out every few seconds: once bad, it stays said.
    const edge = badOf([...times(10, { heardLoss: 0.3 }), ...Array.from({ length: 40 }, (__, index) => ({ heardLoss: index % 4 < 2 ? 0.3 : 0 }))]);
    expect(edge.slice(10).every((bad) => bad === "heard")).toBe(true);
  });

  /** The round trip with which the line of these tests gets this score: it falls as the way gets longer. */
  const roundTripOf = (mos: number): number => {
    let [short, long] = [0, 5000];
    while (long - short > 0.001) {
      const middle = (short + long) / 2;
      if (mosOf("g711", 0, 5, middle) > mos) short = middle;
      else long = middle;
    }
    return short;
  };

  it("[L6] is bad with the third second below 3.1, not before and not above it", () => {
    const [above, below] = [{ roundTrip: roundTripOf(3.12) }, { roundTrip: roundTripOf(3.08) }];
    expect(badOf([...times(5, {}), ...times(30, above)])).not.toContain("both");
    expect(badOf([...times(5, {}), ...times(3, below)]).slice(5)).toEqual([undefined, undefined, "both"]);
    // A second above in between begins the count anew.
    expect(badOf([...times(5, {}), ...times(2, below), above, ...times(2, below)])).not.toContain("both");
  });

  it("[L6] is no longer bad with the fifth second above 3.5, not before and not below it", () => {
    const bad = [...times(5, {}), ...times(3, { roundTrip: roundTripOf(2) })];
    const [above, below] = [{ roundTrip: roundTripOf(3.52) }, { roundTrip: roundTripOf(3.48) }];
    expect(new Set(badOf([...bad, ...times(30, below)]).slice(7))).toEqual(new Set(["both"]));
    expect(badOf([...bad, ...times(5, above)]).slice(8)).toEqual(["both", "both", "both", "both", undefined]);
    expect(badOf([...bad, ...times(4, above), below, ...times(4, above)]).at(-1)).toBe("both");
  });

  it("[L6] keeps a minute of scores for the graph", () => {
    expect(call(times(90, {})).at(-1)?.line?.trend).toHaveLength(60);
  });
});

describe("the line in a fact", () => {
  it("[L7] sums up the call in codes, counts and milliseconds", () => {
    const watch = call([...times(20, {}), ...times(20, { heardLoss: 0.3 })]).at(-1) ?? noQuality;
    const summary = summaryOf("c", watch);
    expect(summary).toMatchObject({ kind: "call.quality", call: "c", codec: "g711", heard: 1700, heardLost: 300, sent: 2000, sentLost: 0, jitter: 5, roundTrip: 40 });
    expect(summary?.badSeconds).toBeGreaterThan(10);
    expect(summary && gradeOf(summary)).toBe("bad");
    expect(Object.values(summary ?? {}).every((value) => typeof value === "string" || Number.isInteger(value))).toBe(true);
  });

  it("[L7] goes on from what a page that is no more has seen of the same call", () => {
    const [first, second] = [call(times(11, { heardLoss: 0.2 })).at(-1) ?? noQuality, call(times(31, {})).at(-1) ?? noQuality];
    const before = soFarOf("c", first);
    const whole = soFarOf("c", second, before);
    const [a, b] = [summaryOf("c", first), summaryOf("c", second)];
    expect(whole).toMatchObject({ looks: 40, summary: { heard: 440 + 1550, heardLost: 110, worst: a?.worst, badSeconds: a?.badSeconds } });
    expect(whole?.summary.mos).toBe(Math.round(((a?.mos ?? 0) * 10 + (b?.mos ?? 0) * 30) / 40));
    expect(soFarOf("c", noQuality, before)).toEqual(before);
    expect(soFarOf("other", second, before)?.summary).toEqual(summaryOf("other", second));
    expect(soFarOf("other", noQuality, before)).toBeUndefined();
  });

  it("[L7] is nothing when nothing was measured", () => {
    expect(summaryOf("c", noQuality)).toBeUndefined();
    expect(gradeOf({ mos: 420, badSeconds: 0 })).toBe("good");
    expect(gradeOf({ mos: 420, badSeconds: 3 })).toBe("fair");
  });
});
