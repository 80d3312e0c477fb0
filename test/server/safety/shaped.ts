import fc from "fast-check";
import { z } from "zod";

type Schema = { readonly [key: string]: unknown };
const listed = (value: unknown): readonly Schema[] => (Array.isArray(value) ? (value as Schema[]) : []);

/** What an attacker types: wrong kinds, great sizes, other languages' ends of texts. */
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>("", "\0", "ab\0cd", "a\0b@c.example", "'; drop table fact; --", "../../etc/passwd", "%00", "{{7*7}}", "<script>", "\ud800", "𝕏".repeat(500), "x".repeat(70_000), -1, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, null, true),
);

/** Values that fit a description (JSON Schema, as zod writes it), as far as it says what fits. */
function fitting(schema: Schema): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const any = [...listed(schema["anyOf"]), ...listed(schema["oneOf"])];
  if (any.length > 0) return fc.oneof(...any.map(fitting));
  switch (schema["type"]) {
    case "object": {
      const properties = Object.entries((schema["properties"] ?? {}) as Record<string, Schema>);
      return fc.record(Object.fromEntries(properties.map(([name, one]) => [name, fitting(one)])), { requiredKeys: (schema["required"] ?? []) as string[] });
    }
    case "array": return fc.array(fitting((schema["items"] ?? {}) as Schema), { maxLength: 4 });
    case "integer": case "number": return fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer());
    case "boolean": return fc.boolean();
    case "string": return typeof schema["pattern"] === "string" ? fc.stringMatching(new RegExp(schema["pattern"])) : fc.oneof(fc.string(), fc.string({ unit: "grapheme" }));
    default: return hostile;
  }
}

/** Puts something hostile at one place of a value, or leaves it as it is. */
function spoiled(value: unknown, at: readonly number[], evil: unknown): unknown {
  const [here, ...deeper] = at;
  if (here === undefined || value === null || typeof value !== "object") return evil;
  const names = Object.keys(value);
  const name = names[here % Math.max(1, names.length)];
  if (name === undefined) return evil;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[name] = spoiled(copy[name], deeper, evil);
  return copy;
}

/** Inputs for a schema: whole, spoiled at one place, or nothing like it. */
export function inputsFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  const whole = fitting(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema);
  return fc.oneof(
    { weight: 3, arbitrary: whole },
    { weight: 5, arbitrary: fc.tuple(whole, fc.array(fc.nat(7), { minLength: 1, maxLength: 4 }), hostile).map(([value, at, evil]) => spoiled(value, at, evil)) },
    { weight: 1, arbitrary: hostile },
  );
}
