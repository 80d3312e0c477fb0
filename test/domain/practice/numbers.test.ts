import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { characterIds, characterOf, demoNumberOf, isDemoNumber, personGender } from "#domain/practice/numbers.ts";

describe("demo numbers", () => {
  it.each([
    ["+74950000117", { character: "objectsThenAgrees", language: "ru", person: 17 }],
    ["+7 495 000-01-17", { character: "objectsThenAgrees", language: "ru", person: 17 }],
    ["+74950005100", { character: "objectsThenAgrees", language: "en", person: 0 }],
    ["+74950000342", { character: "gatekeeper", language: "ru", person: 42 }],
    ["+74950001199", { character: "busy", language: "ru", person: 99 }],
    ["+74950006301", { character: "answeringMachine", language: "en", person: 1 }],
  ])("%s is %o", (number, persona) => {
    expect(characterOf(number)).toEqual(persona);
  });

  it.each(["+74950000001", "+74950001401", "+74950005001", "+74950006401", "+74950009999"])("%s lies in the range and is nobody", (number) => {
    expect(isDemoNumber(number)).toBe(true);
    expect(characterOf(number)).toBeUndefined();
  });

  it.each(["", "+7495000011", "+749500001170", "74950000117", "+74951000117", "agent1", "+7495000011x", "+84950000117"])(
    "%s lies outside",
    (number) => {
      expect(isDemoNumber(number)).toBe(false);
      expect(characterOf(number)).toBeUndefined();
    },
  );

  it("every persona has one number and is found under it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...characterIds), fc.constantFrom("ru" as const, "en" as const), fc.integer({ min: 0, max: 99 }), (character, language, person) => {
        const persona = { character, language, person };
        expect(characterOf(demoNumberOf(persona))).toEqual(persona);
      }),
    );
  });

  it("even persons are men, odd persons women", () => {
    expect([0, 1, 2, 17, 98, 99].map(personGender)).toEqual(["m", "f", "m", "f", "m", "f"]);
  });
});
