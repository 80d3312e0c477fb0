import { expect, it } from "vitest";
import { lookBack } from "#domain/practice/lookBack.ts";

it("tells what was raised, in whose words, and which handler met it how soon", () => {
  const back = lookBack({
    answeredAt: 1000,
    decisionMakerAt: 9000,
    lines: [
      { at: 1400, situation: "greeting", text: "Алло?" },
      { at: 12_000, situation: "tooExpensive", text: "Ну, это для нас дорого." },
      { at: 25_000, situation: "needToThink", text: "Мне надо подумать." },
      { at: 40_000, situation: "agree", text: "Хорошо, давайте попробуем." },
    ],
    handlers: [{ at: 5000, handler: "whoAreYou" }, { at: 14_500, handler: "price" }, { at: 41_000, handler: "late" }],
  });
  expect(back.untilDecisionMaker).toBe(8000);
  expect(back.raised).toEqual([
    { at: 12_000, objection: "tooExpensive", words: "Ну, это для нас дорого.", handler: "price", foundIn: 2500 },
    { at: 25_000, objection: "needToThink", words: "Мне надо подумать.", handler: undefined, foundIn: undefined },
  ]);
});

it("an objection that ended the call can still be met; no mark, no time", () => {
  const back = lookBack({
    answeredAt: 0,
    decisionMakerAt: undefined,
    lines: [{ at: 500, situation: "notInterested", text: "Нет, не интересует." }],
    handlers: [{ at: 900, handler: "notInterested" }],
  });
  expect(back).toEqual({
    raised: [{ at: 500, objection: "notInterested", words: "Нет, не интересует.", handler: "notInterested", foundIn: 400 }],
    untilDecisionMaker: undefined,
  });
});
