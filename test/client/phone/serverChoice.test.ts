import { describe, expect, it } from "vitest";
import { createServerChoice } from "#client/phone/serverChoice.ts";

function bench(open: Set<string>) {
  const world = { now: 0, knocked: [] as string[] };
  const choice = createServerChoice(() => world.now, 60_000, (url) => {
    world.knocked.push(url);
    return Promise.resolve(open.has(url));
  });
  return { world, choice };
}
const three = ["wss://a", "wss://b", "wss://c"];

describe("the choice among several servers", () => {
  it("knocks at nobody's door when there is but one", async () => {
    const { world, choice } = bench(new Set());
    expect(await choice.choose(["wss://a"])).toBe("wss://a");
    expect(await choice.betterIsBack(["wss://a"])).toBe(false);
    expect(world.knocked).toEqual([]);
  });

  it("takes the first that opens, and the first of all when none does", async () => {
    const open = new Set(["wss://b", "wss://c"]);
    const { world, choice } = bench(open);
    expect(await choice.choose(three)).toBe("wss://b");
    expect(world.knocked).toEqual(["wss://a", "wss://b"]);
    open.clear();
    expect(await choice.choose(three)).toBe("wss://a");
  });

  it("[P8] goes first to the one that has a call, whatever is preferred, and to the others when that is gone", async () => {
    const open = new Set(three);
    const { choice } = bench(open);
    expect(await choice.choose(three, "wss://c")).toBe("wss://c");
    expect(await choice.choose(three, "wss://of.yesterday")).toBe("wss://a");
    open.delete("wss://c");
    expect(await choice.choose(three, "wss://c")).toBe("wss://a");
  });

  it("leaves one that opened and led nowhere for a while, and comes back to it", async () => {
    const { world, choice } = bench(new Set(three));
    expect(await choice.choose(three)).toBe("wss://a");
    choice.failed();
    expect(await choice.choose(three)).toBe("wss://b");
    expect(await choice.betterIsBack(three)).toBe(false);
    world.now += 60_001;
    expect(await choice.betterIsBack(three)).toBe(true);
    expect(await choice.choose(three)).toBe("wss://a");
    expect(await choice.betterIsBack(three)).toBe(false);
  });

  it("tries those that rest as well before it gives up", async () => {
    const open = new Set(three);
    const { choice } = bench(open);
    await choice.choose(three);
    choice.failed();
    open.delete("wss://b");
    open.delete("wss://c");
    expect(await choice.choose(three)).toBe("wss://a");
  });
});
