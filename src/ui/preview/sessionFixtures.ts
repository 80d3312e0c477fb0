import { createStore } from "zustand/vanilla";
import type { Session, SessionState, SignInRefusal } from "#client/session/session.ts";
import type { Person } from "#domain/base/campaign.ts";

export const demoPeople = [
  { name: "Анна Белова", email: "agent1@demo.example", role: "agent" }, { name: "Олег Титов", email: "agent2@demo.example", role: "agent" },
  { name: "Юлия Кац", email: "agent3@demo.example", role: "agent" }, { name: "Emma Clarke", email: "agent4@demo.example", role: "agent" },
  { name: "James Porter", email: "agent5@demo.example", role: "agent" }, { name: "Марина Громова", email: "lead@demo.example", role: "lead" },
  { name: "Софья Лисина", email: "editor@demo.example", role: "editor" }, { name: "Денис Рябов", email: "closer@demo.example", role: "closer" },
  { name: "Вера Холодова", email: "admin@demo.example", role: "admin" },
] as const;

const personOf = ({ name, email, role }: (typeof demoPeople)[number]): Person => ({ id: email, name, email, role, team: "north", language: /[а-я]/i.test(name) ? "ru" : "en", gender: "f" });

/** A session over what is in memory: the demo people get in; anybody else meets the refusal. */
export function standingSession({ state = { phase: "signedOut" }, demo = true, refusal = { why: "wrong" } }: { readonly state?: SessionState; readonly demo?: boolean; readonly refusal?: SignInRefusal } = {}): Session {
  const store = createStore<SessionState>(() => state);
  const enter = (email: string): Promise<SignInRefusal | undefined> => {
    const found = demoPeople.find((one) => one.email === email);
    if (found) store.setState({ phase: "signedIn", person: personOf(found), stale: false }, true);
    return Promise.resolve(found ? undefined : refusal);
  };
  return {
    state: store,
    demoPeople: () => Promise.resolve(demo ? demoPeople : []),
    signIn: enter,
    signInAsDemo: enter,
    signOut: () => { store.setState({ phase: "signedOut", why: "signedOutHere" }, true); return Promise.resolve(); },
  };
}

export const signedInAs = (role: Person["role"]): SessionState => {
  const found = demoPeople.find((one) => one.role === role);
  if (!found) throw new Error(`nobody in the demo is ${role}`);
  return { phase: "signedIn", person: personOf(found), stale: false };
};
