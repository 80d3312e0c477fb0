import { describe, expect, test } from "vitest";
import { wallClock } from "#domain/base/day.ts";
import { characterIds, characterOf, personGender } from "#domain/practice/numbers.ts";
import { campaignEn, campaignRu } from "#server/demo/company.ts";
import { demoProspects } from "#server/demo/prospects.ts";

describe.each([["ru", campaignRu], ["en", campaignEn]] as const)("the demo prospects %s", (language, campaign) => {
  const prospects = demoProspects.filter((prospect) => prospect.language === language);
  const characters = prospects.map((prospect) => characterOf(prospect.phone)?.character);

  test("are enough, of their campaign, with ids that stay", () => {
    expect(prospects.length).toBeGreaterThanOrEqual(110);
    expect(new Set(prospects.map((prospect) => prospect.campaign))).toEqual(new Set([campaign.id]));
    expect(prospects[0]?.id).toBe(`${language}-001`);
    expect(prospects.at(-1)?.id).toBe(`${language}-${prospects.length}`);
  });

  test("are different people of different companies with different numbers", () => {
    for (const key of ["id", "phone", "company"] as const) expect(new Set(prospects.map((prospect) => prospect[key])).size).toBe(prospects.length);
    const people = prospects.map((prospect) => `${prospect.firstName} ${prospect.middleName} ${prospect.lastName}`);
    expect(new Set(people).size).toBe(people.length);
    const stems = prospects.map((prospect) => prospect.lastName.slice(0, 4));
    for (let index = 1; index < stems.length; index += 1) expect([index, stems[index]]).not.toEqual([index, stems[index - 1]]);
  });

  test("have demo numbers whose voice agrees with the name and the language", () => {
    for (const prospect of prospects) {
      const persona = characterOf(prospect.phone);
      expect(persona).toMatchObject({ language });
      expect([prospect.id, personGender(persona?.person ?? -1)]).toEqual([prospect.id, prospect.gender]);
    }
  });

  test("begin with the customers a newcomer should meet first", () => {
    expect(characters.slice(0, 5)).toEqual(["objectsThenAgrees", "gatekeeper", "polite", "tooExpensive", "neverAnswers"]);
  });

  test("hold every character, mostly those who talk", () => {
    const count = new Map(characterIds.map((id) => [id, characters.filter((character) => character === id).length]));
    for (const id of characterIds) expect([id, count.get(id) ?? 0]).not.toEqual([id, 0]);
    const rare = ["neverAnswers", "busy", "hangsUpAtOnce", "answeringMachine"] as const;
    expect(rare.reduce((sum, id) => sum + (count.get(id) ?? 0), 0)).toBeLessThanOrEqual(prospects.length / 8);
    for (let index = 1; index < characters.length; index += 1) expect([index, characters[index]]).not.toEqual([index, characters[index - 1]]);
  });

  test("have women and men alike among those who talk", () => {
    for (const id of ["objectsThenAgrees", "polite", "gatekeeper", "tooExpensive"]) {
      const genders = prospects.filter((_, index) => characters[index] === id).map((prospect) => prospect.gender);
      expect([id, new Set(genders).size]).toEqual([id, 2]);
    }
  });

  test("have everything that the card shows", () => {
    const signs = language === "ru" ? /^[А-ЯЁ][А-Яа-яЁё-]+$/ : /^[A-Z][A-Za-z-]+$/;
    for (const prospect of prospects) {
      expect(prospect.firstName).toMatch(signs);
      expect(prospect.lastName).toMatch(signs);
      if (language === "ru") expect(prospect.middleName).toMatch(prospect.gender === "f" ? /(вна|чна)$/ : /ич$/);
      else expect(prospect).not.toHaveProperty("middleName");
      expect(prospect.company).toMatch(language === "ru" ? /^[А-Яа-я]+ «[А-ЯЁ][^»]*»$/ : / Ltd$/);
      expect(prospect.position && prospect.city && prospect.about).toBeTruthy();
      expect(prospect.about?.length).toBeLessThanOrEqual(60);
      expect(() => wallClock(0, prospect.timeZone)).not.toThrow();
    }
  });
});

test("no number of one list is on the other", () => {
  expect(new Set(demoProspects.map((prospect) => prospect.phone)).size).toBe(demoProspects.length);
  expect(new Set(demoProspects.map((prospect) => prospect.id)).size).toBe(demoProspects.length);
});
