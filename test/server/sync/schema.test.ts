import { describe, expect, it } from "vitest";
import { factSchemas, readFact } from "#wire/schema.ts";
import { fact } from "#test/kit/facts.ts";

describe("reading a fact", () => {
  const whole = fact({ kind: "module.shown", call: "c", module: "reason", way: "answer", answer: "yes" }, 1);
  it("gives it back as it is", () => {
    expect(readFact(whole)).toEqual(whole);
    expect(Object.keys(factSchemas)).toHaveLength(18);
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

  it("takes some microseconds", () => {
    const facts = Array.from({ length: 10_000 }, (_, n) => ({ ...whole, id: `f${n}` }));
    facts.forEach(readFact);
    const before = process.cpuUsage();
    facts.forEach(readFact);
    const { user, system } = process.cpuUsage(before);
    console.log(`10,000 facts read in ${Math.round((user + system) / 1000)} ms`);
    expect((user + system) / 1000).toBeLessThan(200);
  });
});
