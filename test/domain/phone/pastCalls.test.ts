import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Envelope } from "#domain/base/envelope.ts";
import type { PhoneFact } from "#domain/phone/facts.ts";
import { pastCalls } from "#domain/phone/pastCalls.ts";
import type { SideFact } from "#domain/phone/sideFacts.ts";

const fact = (at: number, body: PhoneFact | SideFact): Envelope & (PhoneFact | SideFact) => ({ id: `${at} ${body.kind}`, at, offset: 1000, by: "anna", device: "d", ...body });
const facts = [
  fact(1_000, { kind: "call.dialed", call: "a", campaign: "c", prospect: "p", number: "n" }),
  fact(2_000, { kind: "call.ringing", call: "a" }),
  fact(3_000, { kind: "call.answered", call: "a" }),
  fact(4_000, { kind: "side.rang", call: "b", number: "m" }),
  fact(5_000, { kind: "side.ended", call: "b", why: "missed" }),
  fact(63_000, { kind: "call.ended", call: "a", why: "agentHungUp" }),
  fact(70_000, { kind: "side.rang", call: "e" }),
  fact(71_000, { kind: "side.answered", call: "e" }),
  fact(75_000, { kind: "side.ended", call: "e", why: "clientHungUp" }),
  fact(80_000, { kind: "call.dialed", call: "f", campaign: "c", prospect: "q", number: "o" }),
];

describe("the calls of a telephone", () => {
  it("are listed newest first: which way, with whom, how long, how they ended", () => {
    expect(pastCalls(facts)).toEqual([
      { call: "f", way: "out", at: 81_000, prospect: "q", number: "o" },
      { call: "e", way: "in", at: 71_000, why: "clientHungUp", seconds: 4 },
      { call: "b", way: "in", at: 5_000, number: "m", why: "missed" },
      { call: "a", way: "out", at: 2_000, prospect: "p", number: "n", why: "agentHungUp", seconds: 60 },
    ]);
  });

  it("[Y5] are the same in any order and doubled", () => {
    fc.assert(fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (mixed) => {
      expect(pastCalls([...mixed, ...mixed.slice(0, 3)])).toEqual(pastCalls(facts));
    }));
  });
});
