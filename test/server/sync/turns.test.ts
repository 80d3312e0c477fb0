import { expect, it } from "vitest";
import { createTurns } from "#server/sync/turns.ts";

it("a long batch goes in at once when nobody else sends, and in portions while others are at work", () => {
  let now = 0;
  const turns = createTurns(() => now);
  expect(turns.portion()).toBe(Infinity);
  turns.short();
  now += 1_999;
  expect(turns.portion()).toBe(100);
  now += 1;
  expect(turns.portion()).toBe(Infinity);
});

it("the portions of two devices that come back take turns", async () => {
  const { inTurn } = createTurns(() => 0);
  const order: string[] = [];
  let running = 0;
  const portions = async (device: string): Promise<void> => {
    for (const portion of [1, 2, 3]) {
      await inTurn(100, async () => {
        running += 1;
        expect(running).toBe(1);
        order.push(`${device}${portion}`);
        await new Promise((resolve) => { setTimeout(resolve, 5); });
        running -= 1;
      });
    }
  };
  await Promise.all([portions("a"), portions("b")]);
  expect(order).toEqual(["a1", "b1", "a2", "b2", "a3", "b3"]);
});

it("of whole batches two are under way, the second while the first is written, and no third", async () => {
  const { whole } = createTurns(() => 0);
  let [running, most] = [0, 0];
  await Promise.all([1, 2, 3, 4].map(() => whole(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    running -= 1;
  })));
  expect(most).toBe(2);
});

it("portions are as large as a turn is long, whatever the machine does beside", async () => {
  let now = 0;
  const turns = createTurns(() => now);
  /** One portion that takes so long for each entry, ms. */
  const portion = async (each: number): Promise<number> => {
    turns.short();
    const size = turns.portion();
    await turns.inTurn(size, async () => { now += size * each; });
    return turns.portion();
  };
  for (const expected of [200, 400, 500, 500]) expect(await portion(0.02)).toBe(expected);
  for (const expected of [250, 125, 100, 100]) expect(await portion(0.2)).toBe(expected);
  for (const expected of [50, 25, 25]) expect(await portion(5)).toBe(expected);
});
