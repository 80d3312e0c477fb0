import { Suspense, useState } from "react";
import type { Language } from "#domain/base/campaign.ts";
import type { Session, SessionState } from "#client/session/session.ts";
import { Brand } from "#ui/kit/Brand.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { useTheme, type Theme } from "#ui/kit/theme.ts";
import { DemoPeople } from "#ui/session/DemoPeople.tsx";
import { SignInForm } from "#ui/session/SignInForm.tsx";
import { sessionWords } from "#ui/session/words.ts";
import { commonWords } from "#ui/words/common.ts";
import { useLanguage, useWords } from "#ui/words/language.ts";
import "./signIn.css";

const languages: readonly Language[] = ["ru", "en"];
const themes: readonly Theme[] = ["system", "light", "dark"];

/** A server that hangs must not keep the form away. */
function soonOr<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([answer, new Promise<T>((resolve) => { setTimeout(resolve, 2000, otherwise); })]);
}

/** The way in. What Sufler is on the left, for whoever comes for the first time; in a demo, its people on the right. */
export function SignInScreen({ session, why }: { readonly session: Session; readonly why: Extract<SessionState, { phase: "signedOut" }>["why"] }) {
  const words = useWords(sessionWords);
  const common = useWords(commonWords);
  const { language, choose } = useLanguage();
  const [theme, setTheme] = useTheme();
  const [people] = useState(() => soonOr(session.demoPeople(), []));
  return (
    <div className="sign-in">
      <title>Sufler</title>
      <header className="sign-in-head">
        <Brand />
        <span className="grow" />
        <Choices title={common.language} value={language} onChoose={choose} options={languages.map((value) => ({ value, label: common.languages[value] }))} />
        <Choices title={common.theme} value={theme} onChoose={setTheme} options={themes.map((value) => ({ value, label: common.themes[value] }))} />
      </header>
      {/* All or nothing: the form must not jump aside when the demo's people arrive. */}
      <main className="sign-in-page">
        <Suspense>
          <div className="sign-in-self">
            <h1>{words.what}</h1>
            {why === undefined ? null : <p className="sign-in-why" role="status">{why === "ended" ? words.ended : words.left}</p>}
            <SignInForm session={session} />
          </div>
          <DemoPeople people={people} session={session} />
        </Suspense>
      </main>
    </div>
  );
}
