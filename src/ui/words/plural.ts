const rules = { en: new Intl.PluralRules("en"), ru: new Intl.PluralRules("ru") };

/** The English noun that goes with a number: `enForm(2, "contact", "contacts")`. */
export function enForm(count: number, one: string, other: string): string {
  return rules.en.select(count) === "one" ? one : other;
}

/** The Russian noun that goes with a whole number: `ruForm(21, "контакт", "контакта", "контактов")`. */
export function ruForm(count: number, one: string, few: string, many: string): string {
  const rule = rules.ru.select(count);
  // A fraction takes the genitive singular, as "few" does: 2,5 контакта.
  return rule === "one" ? one : rule === "few" || rule === "other" ? few : many;
}
