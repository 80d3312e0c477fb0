import type { Gender, Language } from "#domain/base/campaign.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import { demoNumberOf, type CharacterId } from "#domain/practice/numbers.ts";
import { campaignEn, campaignRu } from "./company.ts";
import type { Names } from "./names.ts";
import { namesEn } from "./names.en.ts";
import { namesRu } from "./names.ru.ts";

const each = 120;

/**
 * The characters in the order of the list, again and again. A newcomer begins with one who objects and agrees, a
 * gatekeeper, a polite one and one who finds it too expensive, then learns that some never answer. Those who
 * teach nothing but patience are rare.
 */
const order: readonly CharacterId[] = [
  "objectsThenAgrees", "gatekeeper", "polite", "tooExpensive", "neverAnswers", "sendEmail", "hasSupplier", "objectsThenAgrees",
  "notSeason", "polite", "gatekeeper", "angry", "tooExpensive", "sendEmail", "objectsThenAgrees", "hasSupplier",
  "silent", "polite", "notSeason", "gatekeeper", "tooExpensive", "objectsThenAgrees", "sendEmail", "hangsUpAtOnce",
  "polite", "hasSupplier", "gatekeeper", "notSeason", "tooExpensive", "busy", "objectsThenAgrees", "sendEmail",
  "polite", "angry", "gatekeeper", "hasSupplier", "notSeason", "tooExpensive", "silent", "answeringMachine",
];

/** 120 prospects of each language; always the same, so that every demo begins alike. */
export const demoProspects: readonly Prospect[] = [
  ...listOf("ru", campaignRu.id, namesRu),
  ...listOf("en", campaignEn.id, namesEn),
];

function listOf(language: Language, campaign: string, names: Names): readonly Prospect[] {
  const taken = new Map<string, number>();
  /** Counts from 0 for each key. */
  const next = (key: string): number => {
    const count = taken.get(key) ?? 0;
    taken.set(key, count + 1);
    return count;
  };
  return Array.from({ length: each }, (_, index): Prospect => {
    const character = at(order, index);
    const gender = genderOf(index);
    const person = next(`${character} ${gender}`) * 2 + (gender === "f" ? 1 : 0);
    const [city, timeZone] = at(names.cities, index);
    return {
      id: `${language}-${String(index + 1).padStart(3, "0")}`,
      campaign, language, gender, city, timeZone,
      ...at(gender === "f" ? names.women : names.men, next(gender)),
      position: at(names.positions, index),
      company: at(names.companies, index),
      firm: `${language}-firm-${(index % names.companies.length) + 1}`,
      phone: demoNumberOf({ character, language, person }),
      about: at(names.abouts, index),
    };
  });
}

/** Women and men in turn, shifted with each round of characters so that each character is met as both. */
function genderOf(index: number): Gender {
  return (index + Math.floor(index / order.length)) % 2 === 0 ? "f" : "m";
}

function at<T>(list: readonly T[], index: number): T {
  const one = list[index % list.length];
  if (one === undefined) throw new Error("A list of the demo is empty.");
  return one;
}
