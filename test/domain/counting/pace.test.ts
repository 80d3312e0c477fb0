import { expect, it } from "vitest";
import { paceAt } from "#domain/counting/pace.ts";
import { company, HOUR, TEN } from "#test/kit/facts.ts";

it("[Q9] holds the count against a target that falls due evenly over the working day", () => {
  // 09:00 to 18:00: at 10:00 a ninth of 70 is due.
  expect(paceAt(8, TEN, company)).toMatchObject({ state: "onPace" });
  expect(paceAt(8, TEN, company).due).toBeCloseTo(70 / 9);
  expect(paceAt(3, TEN, company).state).toBe("behind");
  expect(paceAt(13, TEN, company).state).toBe("ahead");
  expect(paceAt(70, TEN, company).state).toBe("done");
  // 14 in the first hour: 70 after five hours, at 14:00.
  expect(paceAt(14, TEN, company).finish).toBe(14 * 60);
  expect(paceAt(0, TEN - 2 * HOUR, company)).toEqual({ due: 0, state: "onPace" });
});
