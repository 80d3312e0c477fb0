import { createContext, useContext } from "react";
import type { Language } from "#domain/base/campaign.ts";

/** The same texts in every language; the compiler holds all of them to the shape of the first. */
export interface Words<T> { readonly en: T; readonly ru: T }

/** Declares the texts of a room: `const words = inBoth({ en: {…}, ru: {…} })`. */
export function inBoth<T>(words: { readonly en: T; readonly ru: NoInfer<T> }): Words<T> {
  return words;
}

/** The language of the screen, and how to choose another. */
export interface LanguageChoice { readonly language: Language; readonly choose: (language: Language) => void }

export const LanguageContext = createContext<LanguageChoice>({ language: "en", choose: () => {} });

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

/** The texts of a room in the language of the screen. */
export function useWords<T>(words: Words<T>): T {
  return words[useContext(LanguageContext).language];
}

const key = "sufler.lang";

/** What was asked for: `?lang=en|ru` in the address, otherwise what was chosen earlier on this device. */
export function chosenLanguage(search: string, storage: Pick<Storage, "getItem">): Language | undefined {
  return asLanguage(new URLSearchParams(search).get("lang")) ?? asLanguage(storage.getItem(key));
}

export function rememberLanguage(language: Language, storage: Pick<Storage, "setItem">): void {
  storage.setItem(key, language);
}

/** The language to show: the one that was asked for, otherwise the person's, otherwise the first of the browser's that we speak. */
export function languageOf(asked: Language | undefined, person: Language | undefined, browser: readonly string[]): Language {
  return asked ?? person ?? browser.map((tag) => asLanguage(tag.slice(0, 2).toLowerCase())).find((language) => language !== undefined) ?? "en";
}

function asLanguage(value: string | null): Language | undefined {
  return value === "ru" || value === "en" ? value : undefined;
}
