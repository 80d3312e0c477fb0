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

  it("end where they ended, and last as long as they lasted, when the clock was put right in mid-call", () => {
    const put = facts.map((one) => (one.kind === "call.ended" ? { ...one, offset: one.offset - 600_000 } : one));
    expect(pastCalls(put)).toEqual(pastCalls(facts));
  });

  const any = fc.array(fc.record({
    kind: fc.constantFrom("call.dialed", "call.answered", "call.ended", "side.rang", "side.answered", "side.ended"), call: fc.constantFrom("a", "b", "c"),
    at: fc.integer({ min: 0, max: 20 }), offset: fc.constantFrom(0, 0, 5, -7), id: fc.uuid(),
  }), { maxLength: 25 }).map((list) => list.map(({ kind, call, at, offset, id }) => ({
    id, at, offset, by: "anna", device: "d", call, kind,
    ...(kind === "call.dialed" ? { campaign: "c", prospect: `p${id}`, number: "n" } : kind.endsWith("ended") ? { why: "agentHungUp" } : {}),
  }) as Envelope & (PhoneFact | SideFact)));

  it("[Y5] are the same in any order and doubled, whatever their facts", () => {
    const mixed = any.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length })));
    fc.assert(fc.property(mixed, ([list, doubled]) => {
      expect(pastCalls(doubled)).toEqual(pastCalls(list));
      const begun = new Set(list.filter(({ kind }) => kind === "call.dialed" || kind === "side.rang").map(({ call }) => call));
      expect(new Set(pastCalls(list).map(({ call }) => call))).toEqual(begun);
      for (const { call, why } of pastCalls(list)) expect(why !== undefined).toBe(list.some((one) => one.call === call && one.kind.endsWith("ended")));
    }), { numRuns: 300 });
  });
});
