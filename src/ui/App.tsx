import { lazy, Suspense, type ReactNode } from "react";
import { BrowserRouter, Navigate, Route, Routes, useLocation } from "react-router";
import { useStore } from "zustand";
import type { Person } from "#domain/base/campaign.ts";
import type { Admin } from "#client/admin/admin.ts";
import type { Desk } from "#client/desk/desk.ts";
import type { Editor } from "#client/scripts/editor.ts";
import type { Session } from "#client/session/session.ts";
import type { Lead } from "#client/wallboard/lead.ts";
import { Boundary } from "./kit/Boundary.tsx";
import { Kit } from "./kit/Kit.tsx";
import { LaterScreen, NotYoursScreen } from "./screens/PlainPage.tsx";
import { Shell } from "./screens/Shell.tsx";
import { Fallen } from "./session/Fallen.tsx";
import { Opened } from "./session/Opened.tsx";
import { addresses, homeOf, laterParts, mayOpen, type Part } from "./session/parts.ts";
import { LanguageProvider } from "./words/LanguageProvider.tsx";

const deskChunk = () => import("./screens/DeskScreen.tsx");
const leadChunk = () => import("./screens/LeadScreen.tsx");
const scriptsChunk = () => import("./screens/ScriptsScreen.tsx");
const adminChunk = () => import("./screens/AdminScreen.tsx");
const DeskScreen = lazy(() => deskChunk().then(({ DeskScreen: screen }) => ({ default: screen })));
const LeadScreen = lazy(() => leadChunk().then(({ LeadScreen: screen }) => ({ default: screen })));
const ScriptsScreen = lazy(() => scriptsChunk().then(({ ScriptsScreen: screen }) => ({ default: screen })));
// Most who come are signed in already.
const SignInScreen = lazy(() => import("./screens/SignInScreen.tsx").then(({ SignInScreen: screen }) => ({ default: screen })));
const AdminScreen = lazy(() => adminChunk().then(({ AdminScreen: screen }) => ({ default: screen })));

/** Fetches a screen beside its machinery. A failure is told where the screen itself is wanted. */
const preload = (chunk: () => Promise<unknown>): void => void chunk().catch(() => undefined);

/** The machinery that the screens run on; each part of it is loaded when its screen is opened and stopped when it is left. */
export interface AppProps {
  readonly session: Session;
  readonly openDesk: (person: Person) => Promise<Desk>;
  readonly openLead: (person: Person) => Promise<Lead>;
  readonly openEditor: (person: Person) => Promise<Editor>;
  readonly openAdmin: (person: Person) => Promise<Admin>;
}

/** All of the product's addresses. */
export function App(props: AppProps) {
  const state = useStore(props.session.state);
  return (
    <LanguageProvider person={state.phase === "signedIn" ? state.person.language : undefined}>
      <Kit><BrowserRouter><Addresses {...props} /></BrowserRouter></Kit>
    </LanguageProvider>
  );
}

function Addresses({ session, openDesk, openLead, openEditor, openAdmin }: AppProps) {
  const state = useStore(session.state);
  const { pathname, search } = useLocation();
  if (state.phase === "starting") return null;
  if (state.phase === "signedOut") {
    return (
      <Routes>
        <Route path="/sign-in" element={<Boundary fallen={() => <Fallen />}><Suspense><SignInScreen session={session} why={state.why} /></Suspense></Boundary>} />
        <Route path="*" element={<Navigate to="/sign-in" replace state={{ from: pathname, search }} />} />
      </Routes>
    );
  }
  const { person } = state;
  const onSignOut = (): void => void session.signOut();
  const own = (part: Part, screen: ReactNode): ReactNode =>
    mayOpen(person.role, part) ? screen : <NotYoursScreen person={person} part={part} onSignOut={onSignOut} />;
  const frame = (part: Part) => (content: ReactNode) => <Shell person={person} part={part} onSignOut={onSignOut}>{content}</Shell>;
  // Machinery belongs to one person: another one, on the same page, gets machinery of their own.
  const opened = <T extends { stop(): Promise<void> }>(part: Part, chunk: () => Promise<unknown>, open: (person: Person) => Promise<T>, screen: (machine: T) => ReactNode): ReactNode => own(part, (
    <Opened key={person.id} frame={frame(part)} open={() => { preload(chunk); return open(person); }}>
      {(machine) => (
        <Boundary fallen={() => frame(part)(<Fallen />)}>
          <Suspense fallback={frame(part)(null)}>{screen(machine)}</Suspense>
        </Boundary>
      )}
    </Opened>
  ));
  return (
    <Routes>
      <Route path="/sign-in" element={<Home person={person} />} />
      <Route path={addresses.desk} element={opened("desk", deskChunk, openDesk, (desk) => <DeskScreen desk={desk} onSignOut={onSignOut} />)} />
      <Route path={addresses.lead} element={opened("lead", leadChunk, openLead, (lead) => <LeadScreen lead={lead} onSignOut={onSignOut} />)} />
      <Route path={addresses.scripts} element={opened("scripts", scriptsChunk, openEditor, (editor) => <ScriptsScreen editor={editor} onSignOut={onSignOut} />)} />
      <Route path={addresses.admin} element={opened("admin", adminChunk, openAdmin, (admin) => <AdminScreen admin={admin} onSignOut={onSignOut} />)} />
      {laterParts.map((part) => <Route key={part} path={addresses[part]} element={<LaterScreen person={person} part={part} onSignOut={onSignOut} />} />)}
      <Route path="*" element={<Navigate to={addresses[homeOf(person.role)]} replace />} />
    </Routes>
  );
}

/** After signing in: where somebody wanted to go, when the role may; otherwise where the role begins. */
function Home({ person }: { readonly person: Person }) {
  const { state } = useLocation() as { readonly state: { readonly from?: string; readonly search?: string } | null };
  const wanted = (Object.keys(addresses) as Part[]).find((part) => addresses[part] === state?.from);
  return wanted && mayOpen(person.role, wanted) ? <Navigate to={`${addresses[wanted]}${state?.search ?? ""}`} replace /> : <Navigate to={addresses[homeOf(person.role)]} replace />;
}
