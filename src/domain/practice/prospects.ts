import type { Gender, Language } from "../base/campaign.ts";
import type { ProspectId } from "../base/envelope.ts";
import { practiceNames } from "./people.ts";
import { characterIds, characterOf, demoNumberOf, personGender, type Persona } from "./numbers.ts";

/** A practice customer as somebody on a list: everything follows from the persona, so nothing is stored or leased (rule T2). */
export interface PracticePerson {
  readonly id: ProspectId;
  readonly language: Language;
  readonly firstName: string;
  readonly middleName?: string;
  readonly lastName: string;
  readonly gender: Gender;
  readonly position: string;
  readonly company: string;
  readonly phone: string;
  readonly city: string;
  readonly timeZone: string;
}

const start = "practice-";

/** Who stands behind a persona's number; the name agrees with the voice. */
export function practicePerson(persona: Persona): PracticePerson {
  const phone = demoNumberOf(persona);
  const gender = personGender(persona.person);
  const names = practiceNames[persona.language];
  // Neighbouring numbers differ in every part of the name.
  const nth = Math.floor(persona.person / 2) + characterIds.indexOf(persona.character) * 3;
  const middleName = names.middle && at(names.middle[gender], nth * 3);
  return {
    id: start + phone.slice(-4), language: persona.language, gender, phone,
    firstName: at(names.first[gender], nth), ...(middleName === undefined ? {} : { middleName }), lastName: at(names.last[gender], nth * 4 + 1),
    position: at(names.positions, nth), company: at(names.companies, nth), city: names.city, timeZone: names.timeZone,
  };
}

/** The practice customer of this id; undefined for the prospects of a list. */
export function practicePersonOf(id: ProspectId): PracticePerson | undefined {
  const persona = id.startsWith(start) ? characterOf(`+7495000${id.slice(start.length)}`) : undefined;
  return persona && practicePerson(persona);
}

function at<T>(list: readonly T[], index: number): T {
  const one = list[index % list.length];
  if (one === undefined) throw new Error("A list of names is empty.");
  return one;
}
