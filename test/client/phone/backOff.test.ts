import { describe, expect, it } from "vitest";
import { LONGEST_PAUSE, pauseAfter } from "#client/phone/backOff.ts";

describe("the pause between two tries", () => {
  it.each([[1, 1000], [2, 2000], [3, 4000], [4, 8000], [5, 16_000], [6, 30_000], [40, 30_000], [5000, 30_000]])("after %i failures is at most %i ms and at least half of it", (failures, most) => {
    expect(pauseAfter(failures, 1)).toBe(most);
    expect(pauseAfter(failures, 0)).toBe(most / 2);
    expect(pauseAfter(failures, 1)).toBeLessThanOrEqual(LONGEST_PAUSE);
  });
});
