import { expect, it } from "vitest";
import { gathered } from "#server/store/gathered.ts";

/** Looks that answer when they are told to, with the keys that each was asked for. */
function looks() {
  const asked: { readonly keys: readonly string[]; readonly answer: (found: ReadonlyMap<string, number>) => void; readonly fail: (error: Error) => void }[] = [];
  const look = (keys: readonly string[]): Promise<ReadonlyMap<string, number>> =>
    new Promise((answer, fail) => { asked.push({ keys, answer, fail }); });
  return { asked, look };
}

it("what is asked while looks are under way goes together with the next one", async () => {
  const { asked, look } = looks();
  const find = gathered(look, 1);
  const first = find("a");
  const rest = [find("b"), find("c"), find("b")];
  expect(asked.map(({ keys }) => keys)).toEqual([["a"]]);
  asked[0]?.answer(new Map([["a", 1]]));
  expect(await first).toBe(1);
  await expect.poll(() => asked.map(({ keys }) => keys)).toEqual([["a"], ["b", "c"]]);
  asked[1]?.answer(new Map([["b", 2]]));
  expect(await Promise.all(rest)).toEqual([2, undefined, 2]);
});

it("a look that fails is told to those who asked, and the next one is made", async () => {
  const { asked, look } = looks();
  const find = gathered(look, 1);
  const first = find("a");
  const second = find("a");
  asked[0]?.fail(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.answer(new Map([["a", 3]]));
  expect(await second).toBe(3);
});
