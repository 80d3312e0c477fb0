import { describe, expect, it } from "vitest";
import { pauseAfterRefusal, whyRefused } from "#domain/phone/lineRefusals.ts";

describe("a line that the exchange refuses", () => {
  it.each([[401, "password"], [407, "password"], [403, "forbidden"], [423, "forbidden"], [404, "unknown"], [410, "unknown"], [503, "busy"], [500, "busy"], [302, "busy"], [480, "busy"], [603, "busy"]] as const)("[P9] %i means %s", (status, why) => {
    expect(whyRefused(status)).toBe(why);
  });

  it("[P9] asks again after 30 seconds, then after twice as long, after five minutes at most, and not before Retry-After", () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((refusals) => pauseAfterRefusal(refusals) / 1000)).toEqual([30, 60, 120, 240, 300, 300, 300]);
    expect(pauseAfterRefusal(1, 10)).toBe(30_000);
    expect(pauseAfterRefusal(5, 3600)).toBe(3_600_000);
  });
});
