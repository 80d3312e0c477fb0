import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { Language } from "#domain/base/campaign.ts";
import { chosenLanguage, LanguageContext, languageOf, rememberLanguage, type LanguageChoice } from "./language.ts";

/** Gives everything inside its language. `person`: the language of whoever is signed in. `fixed` is for tests and the preview. */
export function LanguageProvider({ person, fixed, children }: { readonly person?: Language | undefined; readonly fixed?: Language; readonly children: ReactNode }) {
  const [asked, setAsked] = useState(() => {
    const language = chosenLanguage(location.search, localStorage);
    if (language) rememberLanguage(language, localStorage);
    return language;
  });
  const language = fixed ?? languageOf(asked, person, navigator.languages);
  useEffect(() => { document.documentElement.lang = language; }, [language]);
  const choice = useMemo<LanguageChoice>(() => ({
    language,
    choose: (next) => { rememberLanguage(next, localStorage); setAsked(next); },
  }), [language]);
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}
