import { expect, it } from "vitest";
import { lookBack } from "#domain/practice/lookBack.ts";

it("[T7] tells what was raised, and which handler met it how soon", () => {
  const back = lookBack({
    answeredAt: 1000,
    decisionMakerAt: 9000,
    lines: [
      { at: 1400, situation: "greeting" },
      { at: 12_000, situation: "tooExpensive" },
      { at: 25_000, situation: "needToThink" },
      { at: 40_000, situation: "agree" },
    ],
    handlers: [{ at: 5000, handler: "whoAreYou" }, { at: 14_500, handler: "price" }, { at: 41_000, handler: "late" }],
  });
  expect(back.untilDecisionMaker).toBe(8000);
  expect(back.raised).toEqual([
    { at: 12_000, objection: "tooExpensive", handler: "price", foundIn: 2500 },
    { at: 25_000, objection: "needToThink", handler: undefined, foundIn: undefined },
  ]);
});

it("[T7] an objection that ended the call can still be met; no mark, no time", () => {
  const back = lookBack({
    answeredAt: 0,
    decisionMakerAt: undefined,
    lines: [{ at: 500, situation: "notInterested" }],
    handlers: [{ at: 900, handler: "notInterested" }],
  });
  expect(back).toEqual({
    raised: [{ at: 500, objection: "notInterested", handler: "notInterested", foundIn: 400 }],
    untilDecisionMaker: undefined,
  });
});
