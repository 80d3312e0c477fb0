import { describe, expect, it } from "vitest";
import { createLastLife } from "#client/phone/lastLife.ts";

describe("the last life of a call", () => {
  let at = 1_000_000;
  const begun = () => {
    at = 1_000_000;
    const life = createLastLife(() => at);
    const second = (alive: boolean) => {
      at += 1000;
      life.look(alive);
    };
    return { life, second };
  };

  it("[P10] is the last moment with sound", () => {
    const { life, second } = begun();
    for (let n = 0; n < 10; n += 1) second(true);
    const last = at;
    for (let n = 0; n < 40; n += 1) second(false);
    expect(life.last()).toBe(last);
    expect(life.beforeSleep()).toBeUndefined();
    second(true);
    expect(life.last()).toBe(at);
  });

  it("[P10] is the moment before a sleep, until it is sure that the call has outlived it", () => {
    const { life, second } = begun();
    second(true);
    const before = at;
    at += 600_000;
    // The goodbye is found first of all, or after some packets that had waited in the computer.
    expect(life.beforeSleep()).toBe(before);
    second(true);
    second(true);
    expect(life.beforeSleep()).toBe(before);
    expect(life.last()).toBe(before);
    second(true);
    expect(life.beforeSleep()).toBeUndefined();
    expect(life.last()).toBe(at);
  });
});
