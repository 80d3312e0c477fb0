import { isUnnamed, type Prospect } from "#domain/dialing/prospect.ts";
import { readableNumber } from "#domain/phone/readable.ts";

/** The whole name, as one would write it on an envelope. */
export function fullName({ firstName, middleName, lastName, phone }: Pick<Prospect, "firstName" | "middleName" | "lastName" | "phone">): string {
  return isUnnamed({ firstName, lastName }) ? readableNumber(phone) : [firstName, middleName, lastName].filter(Boolean).join(" ");
}

/** `12.11` in Russian, `12 Nov` in English. */
export function shortDay(at: number, timeZone: string, language: "ru" | "en"): string {
  return new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { timeZone, day: "2-digit", month: language === "ru" ? "2-digit" : "short" }).format(at);
}
