import { describe, expect, it } from "vitest";
import { backOff } from "#client/sync/backOff.ts";

describe("the pause between two tries of a phone's line", () => {
  it.each([[0, 1000], [1, 2000], [2, 4000], [3, 8000], [4, 16_000], [5, 30_000], [39, 30_000], [5000, 30_000]])("is before try %i at most %i ms and at least half of it", (tries, most) => {
    expect(backOff(tries, () => 1, 1000, 30_000)).toBe(most);
    expect(backOff(tries, () => 0, 1000, 30_000)).toBe(most / 2);
  });
});
