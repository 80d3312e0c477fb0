import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import type { Language, Person } from "#domain/base/campaign.ts";
import { stoppedClock } from "#ui/kit/clock.ts";
import { Kit } from "#ui/kit/Kit.tsx";
import { AdminScreen } from "#ui/screens/AdminScreen.tsx";
import { LeadScreen } from "#ui/screens/LeadScreen.tsx";
import { LaterScreen, NotYoursScreen } from "#ui/screens/PlainPage.tsx";
import { ScriptsScreen } from "#ui/screens/ScriptsScreen.tsx";
import { SignInScreen } from "#ui/screens/SignInScreen.tsx";
import { LanguageProvider } from "#ui/words/LanguageProvider.tsx";
import { adminStates, standingAdmin } from "./adminFixtures.ts";
import { normsStates, standingNorms } from "./normsFixtures.ts";
import { boardNow, leadStates, listenings, standingLead } from "./boardFixtures.ts";
import { editorStates, standingEditor } from "./editorFixtures.ts";
import { signedInAs, standingSession } from "./sessionFixtures.ts";

const nothing = (): void => {};

const personIn = (role: Person["role"]): Person => {
  const state = signedInAs(role);
  if (state.phase !== "signedIn") throw new Error("nobody is signed in");
  return state.person;
};

/** Pictures of the lead's, the editor's and the sign-in screens; each by the name under which it is looked at. */
export const teamFrames: { readonly [name: string]: (language: Language) => ReactNode } = {
  ...Object.fromEntries(Object.entries(leadStates).map(([name, state]) => [`lead ${name}`, (language: Language) => <LeadScreen lead={standingLead(state(language))} onSignOut={nothing} />])),
  ...Object.fromEntries(Object.entries(listenings).map(([name, listening]) => [`lead ear ${name}`, (language: Language) => <LeadScreen lead={standingLead(leadStates.day(language), listening)} onSignOut={nothing} />])),
  ...Object.fromEntries(Object.entries(editorStates).map(([name, state]) => [`scripts ${name}`, (language: Language) => <ScriptsScreen editor={standingEditor(state(language))} onSignOut={nothing} />])),
  ...Object.fromEntries(Object.entries(adminStates).map(([name, state]) => [`admin ${name}`, () => <AdminScreen admin={standingAdmin(state())} first={name.startsWith("test") ? "test" : "exchange"} onSignOut={nothing} />])),
  "admin numbers": () => <AdminScreen admin={standingAdmin(adminStates.exchange())} first="numbers" onSignOut={nothing} />,
  ...Object.fromEntries(Object.entries(normsStates).map(([name, norms]) => [`admin norms ${name}`, () => <AdminScreen admin={standingAdmin(adminStates.exchange(), true, standingNorms(norms()))} first="norms" onSignOut={nothing} />])),
  "admin data": () => <AdminScreen admin={standingAdmin(adminStates.exchange())} first="data" onSignOut={nothing} />,
  "admin relay": () => <AdminScreen admin={standingAdmin(adminStates.exchange())} first="relay" onSignOut={nothing} />,
  "sign-in demo": () => <SignInScreen session={standingSession()} why={undefined} />,
  "sign-in plain": () => <SignInScreen session={standingSession({ demo: false })} why="ended" />,
  "page closer": () => <LaterScreen person={personIn("closer")} part="handoffs" onSignOut={nothing} />,
  "page later": () => <LaterScreen person={personIn("admin")} part="reports" onSignOut={nothing} />,
  "page not yours": () => <NotYoursScreen person={personIn("agent")} part="lead" onSignOut={nothing} />,
};

/** One picture with everything that it stands on. */
export function TeamFrame({ name, language }: { readonly name: string; readonly language: Language }) {
  return (
    <LanguageProvider fixed={language}>
      <Kit clock={stoppedClock(boardNow)}><MemoryRouter>{teamFrames[name]?.(language)}</MemoryRouter></Kit>
    </LanguageProvider>
  );
}
