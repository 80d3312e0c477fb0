import { isUnnamed, type Prospect } from "#domain/dialing/prospect.ts";

/** The whole name, as one would write it on an envelope. */
export function fullName({ firstName, middleName, lastName, phone }: Pick<Prospect, "firstName" | "middleName" | "lastName" | "phone">): string {
  return isUnnamed({ firstName, lastName }) ? readableNumber(phone) : [firstName, middleName, lastName].filter(Boolean).join(" ");
}

/** First and last name, for narrow places. */
export function shortName({ firstName, lastName, phone }: Pick<Prospect, "firstName" | "lastName" | "phone">): string {
  return isUnnamed({ firstName, lastName }) ? readableNumber(phone) : `${firstName} ${lastName}`;
}

/** A number in groups, as it is read aloud; that of an unknown plan stays as it is. */
export function readableNumber(phone: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone);
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`;
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  if (american) return `+1 ${american[1]} ${american[2]}-${american[3]}`;
  const british = /^\+44(\d{2,4}?)(\d{3,4})(\d{4})$/.exec(phone);
  if (british) return `+44 ${british[1]} ${british[2]} ${british[3]}`;
  return phone;
}

/** `12.11` in Russian, `12 Nov` in English. */
export function shortDay(at: number, timeZone: string, language: "ru" | "en"): string {
  return new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { timeZone, day: "2-digit", month: language === "ru" ? "2-digit" : "short" }).format(at);
}
