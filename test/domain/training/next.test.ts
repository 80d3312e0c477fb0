import { expect, it } from "vitest";
import type { Fact } from "#domain/fact.ts";
import { difficultyOf } from "#domain/practice/difficulty.ts";
import { practicePerson } from "#domain/practice/prospects.ts";
import { emptyTraining, writeTraining } from "#domain/training/log.ts";
import { assignmentFor, nextPractice } from "#domain/training/next.ts";
import { trainingOf } from "#domain/training/progress.ts";
import { HOUR, MINUTE, person, TEN } from "#test/kit/facts.ts";
import { assigned, practiceCall, withdrawn } from "#test/kit/practiceFacts.ts";

const anna = person("anna");
const of = (facts: readonly Fact[]) => trainingOf(writeTraining(emptyTraining, facts), "anna", TEN + HOUR, "Europe/Moscow");

it("[T4] goes to the customer that the assignment wants, and counts for it while it stands", () => {
  const asked = [assigned("a", TEN, { customer: "angry", difficulty: "hard" })];
  const persona = nextPractice(of(asked), anna);
  expect(persona).toMatchObject({ character: "angry", language: "en" });
  expect(difficultyOf(persona.person)).toBe("hard");
  const prospect = practicePerson(persona).id;
  expect(assignmentFor(of(asked), "en", prospect)?.id).toBe("a");
  // Taken back while the card lay open, the call is of one's own accord; so is one to anybody else.
  expect(assignmentFor(of([...asked, withdrawn("a", TEN + 1)]), "en", prospect)).toBeUndefined();
  expect(assignmentFor(of(asked), "en", practicePerson({ ...persona, character: "polite" }).id)).toBeUndefined();
  expect(assignmentFor(of(asked), "ru", prospect)).toBeUndefined();
  // One that came in between and is due first does not take the call away.
  expect(assignmentFor(of([...asked, assigned("sooner", TEN + 1, { until: "2026-11-23" })]), "en", prospect)?.id).toBe("a");
});

it("[T2] meets somebody else every time, with an assignment and without", () => {
  const met = new Set<string>();
  for (let calls = 0; calls < 10; calls += 1) {
    const own = Array.from({ length: calls }, (_, n) => practiceCall(`${n}`, TEN + n * MINUTE)).flat();
    met.add(practicePerson(nextPractice(of(own), anna)).id);
  }
  expect(met.size).toBe(10);
  const begun = practiceCall("1", TEN, { assignment: "a" });
  // A call that came to nothing is met by the next customer too.
  const [before, after] = [of([assigned("a", TEN)]), of([assigned("a", TEN), ...begun.slice(0, 2)])];
  expect(after.assignments[0]?.done).toBe(0);
  expect(nextPractice(after, anna)).not.toEqual(nextPractice(before, anna));
});
