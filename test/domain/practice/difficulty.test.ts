import { describe, expect, it } from "vitest";
import { sessionIdOf } from "#domain/phone/sessionId.ts";
import { planFor, temperOf } from "#domain/practice/character.ts";
import { difficulties, difficultyOf, personOf } from "#domain/practice/difficulty.ts";
import { mix, nextCustomer } from "#domain/practice/nextCustomer.ts";
import { characterIds, characterOf, demoNumberOf, personGender } from "#domain/practice/numbers.ts";
import { practicePerson, practicePersonOf } from "#domain/practice/prospects.ts";
import { isPracticeCall, practiceCallId } from "#domain/practice/practiceCall.ts";
import { objectionIn } from "#domain/practice/situations.ts";

const seeds = Array.from({ length: 200 }, (_, n) => n * 7919);
const raised = (character: (typeof characterIds)[number], difficulty: (typeof difficulties)[number]): number =>
  seeds.reduce((sum, seed) => sum + planFor(character, seed, difficulty).beats.filter(({ say }) => objectionIn(say) !== undefined).length, 0) / seeds.length;

describe("difficulty", () => {
  it("is told by the number, and every number has one", () => {
    expect([0, 17, 79, 80, 89, 90, 99].map(difficultyOf)).toEqual(["usual", "usual", "usual", "easy", "easy", "hard", "hard"]);
    for (const difficulty of difficulties) for (let nth = -3; nth < 200; nth++) expect(difficultyOf(personOf(difficulty, nth))).toBe(difficulty);
  });

  it("[T2] means fewer or more objections and more or less patience", () => {
    for (const character of ["objectsThenAgrees", "tooExpensive", "sendEmail", "hasSupplier", "notSeason"] as const) {
      expect(raised(character, "easy")).toBeLessThan(raised(character, "usual"));
      expect(raised(character, "hard")).toBeGreaterThan(raised(character, "usual"));
    }
    for (const character of characterIds.filter((one) => one !== "answeringMachine")) {
      expect(temperOf(character, "easy").silenceMs).toBeGreaterThan(temperOf(character).silenceMs);
      expect(temperOf(character, "hard").monologueMs).toBeLessThan(temperOf(character).monologueMs);
    }
  });

  it("leaves who says goodbye last, nobody says the same twice, and who says nothing says nothing", () => {
    for (const character of characterIds) for (const difficulty of difficulties) for (const seed of seeds.slice(0, 40)) {
      const { beats } = planFor(character, seed, difficulty);
      if (character === "neverAnswers" || character === "busy") expect(beats).toEqual([]);
      else expect(beats.at(-1)?.after).not.toBe("listen");
      const objections = beats.map(({ say }) => say).filter((say) => say !== "murmur");
      expect(new Set(objections).size).toBe(objections.length);
    }
  });
});

describe("the next customer", () => {
  it("[T2] goes through the mix, of the wished difficulty, never twice the same in a row", () => {
    const met = Array.from({ length: 25 }, (_, calls) => nextCustomer({ customer: "mix", difficulty: "hard" }, "en", "an assignment", calls));
    expect(met.slice(0, mix.length).map(({ character }) => character)).toEqual(mix);
    expect(met.every(({ person, language }) => difficultyOf(person) === "hard" && language === "en")).toBe(true);
    const angry = Array.from({ length: 25 }, (_, calls) => nextCustomer({ customer: "angry", difficulty: "easy" }, "ru", "another", calls));
    expect(angry.every(({ character, person }) => character === "angry" && difficultyOf(person) === "easy")).toBe(true);
    angry.slice(1).forEach(({ person }, index) => expect(person).not.toBe(angry[index]?.person));
  });

  it("[T2] is a person whose name agrees with the voice and follows from the number alone", () => {
    for (const language of ["ru", "en"] as const) for (const character of characterIds) {
      const all = Array.from({ length: 100 }, (_, person) => practicePerson({ character, language, person }));
      for (const [person, one] of all.entries()) {
        expect(one.gender).toBe(personGender(person));
        expect(characterOf(one.phone)).toEqual({ character, language, person });
        expect(practicePersonOf(one.id)).toEqual(one);
        if (language === "ru") expect([person, one.middleName]).toEqual([person, expect.stringMatching(one.gender === "f" ? /на$/ : /ич$/)]);
        else expect(one).not.toHaveProperty("middleName");
      }
      const names = new Set(all.map(({ firstName, middleName, lastName }) => `${firstName} ${middleName} ${lastName}`));
      expect(names.size).toBeGreaterThan(95);
    }
    for (const id of ["ru-001", "practice-0017", "practice-9901", "practice-", "practice-01", "p"]) expect(practicePersonOf(id)).toBeUndefined();
  });
});

it("[T6] names a practice call by its id, and every call in SIP by its UUID", () => {
  const uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
  expect(isPracticeCall(practiceCallId(uuid))).toBe(true);
  expect(isPracticeCall(uuid)).toBe(false);
  expect(sessionIdOf(practiceCallId(uuid))).toBe("0f8fad5bd9cb469fa16570867728950e");
  expect(sessionIdOf(uuid)).toBe("0f8fad5bd9cb469fa16570867728950e");
  expect(sessionIdOf("c1")).toBeUndefined();
  expect(demoNumberOf({ character: "polite", language: "ru", person: 3 })).toBe("+74950000203");
});
