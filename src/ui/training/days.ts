import type { Language } from "#domain/base/campaign.ts";

const DAY = 86_400_000;

/** `25 ноября`, `25 November`: a day that is written `2026-11-25`. */
export function dayName(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { timeZone: "UTC", day: "numeric", month: "long" }).format(Date.parse(`${day}T00:00:00Z`));
}

/** The day so many days after another, both as `2026-11-25`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
