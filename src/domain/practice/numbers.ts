import type { Gender, Language } from "#domain/base/campaign.ts";

/**
 * The demo numbers: +7 495 000-CC-NN. Moscow subscriber numbers never begin with 0, so the range is nobody's.
 * CC is the character (01–13 speak Russian, 51–63 are the same thirteen in English), NN the person, 00–99; 00-00 is an echo.
 */

/** The thirteen practice customers, in the order of their codes. */
export const characterIds = [
  "objectsThenAgrees",
  "polite",
  "gatekeeper",
  "neverAnswers",
  "tooExpensive",
  "sendEmail",
  "hasSupplier",
  "notSeason",
  "angry",
  "silent",
  "busy",
  "hangsUpAtOnce",
  "answeringMachine",
] as const;

export type CharacterId = (typeof characterIds)[number];

export type Persona = {
  readonly character: CharacterId;
  readonly language: Language;
  /** 0–99: which of the hundred people of this character. */
  readonly person: number;
};

const range = "+7495000";

/** Whoever calls this hears themselves: the test before the shift on the embedded switch. Nobody of a list has it. */
export const echoNumber = "+74950000000";

const englishOffset = 50;

/** Whether the number (E.164; spaces, hyphens and brackets are allowed) lies in the demo range, assigned or not. */
export function isDemoNumber(number: string): boolean {
  return /^\+7495000\d{4}$/.test(bare(number));
}

/** Who answers under this number; undefined for every number without a practice customer. */
export function characterOf(number: string): Persona | undefined {
  if (!isDemoNumber(number)) return undefined;
  const digits = bare(number).slice(range.length);
  const code = Number(digits.slice(0, 2));
  const english = code > englishOffset;
  const character = characterIds[(english ? code - englishOffset : code) - 1];
  if (character === undefined) return undefined;
  return { character, language: english ? "en" : "ru", person: Number(digits.slice(2)) };
}

/** The number of a persona, in E.164: the inverse of characterOf. */
export function demoNumberOf(persona: Persona): string {
  const code = characterIds.indexOf(persona.character) + 1 + (persona.language === "en" ? englishOffset : 0);
  return `${range}${String(code).padStart(2, "0")}${String(persona.person).padStart(2, "0")}`;
}

/** Even persons are men, odd persons women, so that names on a list agree with voices. */
export function personGender(nn: number): Gender {
  return nn % 2 === 0 ? "m" : "f";
}

function bare(number: string): string {
  return number.replace(/[\s()-]/g, "");
}
