import { stemmer as stemEnglish } from "@orama/stemmers/english";
import { stemmer as stemRussian } from "@orama/stemmers/russian";
import MiniSearch from "minisearch";
import type { Language } from "#domain/base/campaign.ts";
import type { Handler } from "#domain/script/script.ts";

const stemOf = { ru: stemRussian, en: stemEnglish } as const;

/** A search over handlers that forgives inflection and typos. Build it once per set of handlers. */
export function handlerSearch(handlers: readonly Handler[], language: Language): (text: string) => readonly Handler[] {
  const stem = stemOf[language];
  const byId = new Map(handlers.map((handler) => [handler.id, handler]));
  const index = new MiniSearch<Handler>({
    fields: ["title", "synonyms", "gist", "phrasings"],
    extractField: (handler, field) => {
      const value = handler[field as keyof Handler];
      return Array.isArray(value) ? value.join(" ") : String(value);
    },
    processTerm: (term) => stem(plain(term)),
  });
  index.addAll(handlers);
  return (text) =>
    index.search(text, {
      prefix: true, combineWith: "OR", boost: { title: 4, synonyms: 3, gist: 1.5 },
      fuzzy: (term) => (term.length > 3 ? 0.25 : false),
    }).flatMap(({ id }) => byId.get(String(id)) ?? []);
}

/** «ё» is written as «е» by most people. */
function plain(term: string): string {
  return term.toLowerCase().replaceAll("ё", "е");
}
