import { expect, it } from "vitest";
import { listenings } from "#ui/preview/boardFixtures.ts";
import { earWords } from "#ui/monitoring/words.ts";

const ends = Object.values(listenings).flatMap((one) => (one.phase === "over" ? [one.why] : []));

it.each(["ru", "en"] as const)("every way in which listening can end has a sentence of its own in %s", (language) => {
  const said = ends.map((why) => earWords[language].over(why, "Anna"));
  expect(ends).toHaveLength(9);
  expect(new Set(said).size).toBe(9);
  for (const sentence of said) expect(sentence).toMatch(/^[A-ZА-Я].{14,}\.$/);
});
