import { expect, it } from "vitest";
import { lookForSound, type Heard } from "#client/phone/silenceWatch.ts";

function looks(packets: readonly (number | "rest")[]): readonly string[] {
  let heard: Heard = { packets: -1, quiet: 0 };
  let last = 0;
  return packets.flatMap((one) => {
    if (one !== "rest") last = one;
    const { said, ...next } = lookForSound(heard, { packets: last, expected: one !== "rest" });
    heard = next;
    return said ?? [];
  });
}

it("calls a call silent once, after five looks without a packet, and says when sound comes again", () => {
  expect(looks([1, 50, 100, 100, 100, 100, 100])).toEqual([]);
  expect(looks([1, 50, 100, 100, 100, 100, 100, 100, 100])).toEqual(["silent"]);
  expect(looks([1, ...Array<number>(20).fill(100)])).toEqual(["silent", "stillSilent"]);
  expect(looks([100, 100, 100, 100, 100, 100, 150, 200])).toEqual(["silent", "sound"]);
});

it("does not take rest for silence: on hold nothing is to be heard", () => {
  expect(looks([100, "rest", "rest", "rest", "rest", "rest", "rest", "rest", 100, 100])).toEqual([]);
});
