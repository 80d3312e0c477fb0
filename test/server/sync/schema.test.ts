import { describe, expect, it } from "vitest";
import { readFact } from "#wire/schema.ts";
import { fact } from "#test/kit/facts.ts";

describe("reading a fact", () => {
  const whole = fact({ kind: "module.shown", call: "c", module: "reason", way: "answer", answer: "yes" }, 1);
  it("gives it back as it is", () => {
    expect(readFact(whole)).toEqual(whole);
  });

  it("finds nothing in what is none", () => {
    for (const wrong of [null, undefined, 1, "fact", [], {}, { kind: "toString" }, { kind: "__proto__" }, { ...whole, kind: "module.hidden" }]) expect(readFact(wrong)).toBeUndefined();
    for (const change of [{ at: NaN }, { at: Infinity }, { at: 1e20 }, { offset: "0" }, { by: "" }, { id: "x".repeat(81) }, { id: "a b" }, { module: "Модуль" }, { way: "sideways" }, { answer: undefined }, { answer: 1 }, { extra: 1 }])
      expect([change, readFact({ ...whole, ...change })]).toEqual([change, undefined]);
    for (const missing of ["id", "at", "offset", "by", "device", "call", "module", "way"] as const) {
      const { [missing]: _, ...rest } = whole as unknown as Record<string, unknown>;
      expect(readFact(rest)).toBeUndefined();
    }
  });

  it("takes practice as it is, and no text with it", () => {
    const assigned = fact({ kind: "training.assigned", assignment: "a", agent: "anna", campaign: "p", customer: "mix", difficulty: "hard", calls: 5, until: "2026-11-25" }, 1);
    const heard = fact({ kind: "practice.heard", call: "c", lines: [{ ms: 400, says: "greeting" }, { ms: 900, says: "tooExpensive" }] }, 1);
    expect([readFact(assigned), readFact(heard)]).toEqual([assigned, heard]);
    for (const wrong of [{ customer: "nobody" }, { difficulty: "harder" }, { calls: 0 }, { calls: 51 }, { calls: 1.5 }, { until: "tomorrow" }, { until: "2026-13-01" }, { until: "2026-11-25T00:00" }, { note: "x" }])
      expect([wrong, readFact({ ...assigned, ...wrong })]).toEqual([wrong, undefined]);
    for (const lines of [[{ ms: -1, says: "greeting" }], [{ ms: 1, says: "Дорого" }], [{ ms: 1, says: "greeting", text: "Hello" }], Array.from({ length: 201 }, () => ({ ms: 1, says: "murmur" }))])
      expect(readFact({ ...heard, lines })).toBeUndefined();
  });

  it("takes some microseconds, and never so long that a batch is felt", () => {
    const facts = Array.from({ length: 10_000 }, (_, n) => ({ ...whole, id: `f${n}` }));
    facts.forEach(readFact);
    const before = process.cpuUsage();
    facts.forEach(readFact);
    const { user, system } = process.cpuUsage(before);
    // A net far below: what it takes is printed, and measured by `npm run bench`.
    console.log(`10,000 facts read in ${Math.round((user + system) / 1000)} ms`);
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});
