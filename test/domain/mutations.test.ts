import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mutations } from "../../scripts/mutations/rows.mjs";

// What `npm run mutations` will do, looked at without doing it: each rule has a way to be broken, and it still fits the source.

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

it("knows a way to break every numbered rule (a new rule needs a row in scripts/mutations/rows.mjs)", () => {
  const rules = [...read("src/domain/RULES.md").matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map((match) => match[1]);
  expect(rules.length).toBeGreaterThan(50);
  const known = new Set(mutations.map(({ rule }) => rule));
  expect(rules.filter((rule) => !known.has(rule ?? ""))).toEqual([]);
});

it("finds the text that it replaces, once, and a test that quotes the rule (a changed line needs its row changed in scripts/mutations/rows.mjs)", () => {
  const stale = mutations.flatMap(({ rule, file, find, put, test }) => {
    const times = read(file).split(find).length - 1;
    const quoted = read(test) + (test === "test/contract/journal.test.ts" ? read("test/contract/journal.ts") : "");
    return [...(times === 1 && find !== put ? [] : [`${rule}: ${times} times in ${file}`]), ...(quoted.includes(`[${rule}]`) ? [] : [`${rule} is not quoted in ${test}`])];
  });
  expect(stale).toEqual([]);
});
