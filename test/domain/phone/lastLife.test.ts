import { describe, expect, it } from "vitest";
import { bornAt, livedBeforeSleep, lookedAt } from "#domain/phone/lastLife.ts";
import { MINUTE, SECOND, TEN } from "#test/kit/facts.ts";

describe("the last life of a call", () => {
  const begun = () => {
    const talk = { at: TEN, life: bornAt(TEN) };
    const second = (alive: boolean) => {
      talk.at += SECOND;
      talk.life = lookedAt(talk.life, talk.at, alive);
    };
    return { talk, second, beforeSleep: () => livedBeforeSleep(talk.life, talk.at) };
  };

  it("[P10] is the last moment with sound", () => {
    const { talk, second, beforeSleep } = begun();
    for (let n = 0; n < 10; n += 1) second(true);
    const last = talk.at;
    for (let n = 0; n < 40; n += 1) second(false);
    expect(talk.life.lived).toBe(last);
    expect(beforeSleep()).toBeUndefined();
    second(true);
    expect(talk.life.lived).toBe(talk.at);
  });

  it("[P10] is told to the moment between two looks", () => {
    const life = lookedAt(bornAt(TEN), TEN + SECOND, true, 300);
    expect(life.lived).toBe(TEN + 700);
    // A look that comes late, and a clock of the browser's own: never back.
    expect(lookedAt(life, TEN + 2 * SECOND, true, 5000).lived).toBe(TEN + 700);
  });

  it("[P10] is the moment before a sleep, until it is sure that the call has outlived it", () => {
    const { talk, second, beforeSleep } = begun();
    second(true);
    const before = talk.at;
    talk.at += 10 * MINUTE;
    // The goodbye is found first of all, or after some packets that had waited in the computer.
    expect(beforeSleep()).toBe(before);
    second(true);
    second(true);
    expect(beforeSleep()).toBe(before);
    expect(talk.life.lived).toBe(before);
    second(true);
    expect(beforeSleep()).toBeUndefined();
    expect(talk.life.lived).toBe(talk.at);
  });
});
