import { createStore } from "zustand/vanilla";
import type { Person } from "#domain/base/campaign.ts";
import { request, type Answer } from "#client/sync/http.ts";
import type { DemoPeopleResponse, MeResponse } from "#wire/api.ts";
import type { Session, SessionState, SignInRefusal } from "./session.ts";

/** Who sat here last: a name and a role to open the right screen offline. No secret: the session itself is an HttpOnly cookie. */
const REMEMBERED = "sufler.person";

/** Finds out who is signed in; without a network, the person who sat here last goes on with what is on the device. */
export function createSession(): Session {
  const state = createStore<SessionState>(() => ({ phase: "starting" }));
  const set = (next: SessionState): void => state.setState(next, true);

  const ask = async (): Promise<Answer<MeResponse>> => {
    const answer = await request<MeResponse>("GET", "/api/me");
    if (answer.ok) {
      localStorage.setItem(REMEMBERED, JSON.stringify(answer.body.person));
      set({ phase: "signedIn", person: answer.body.person, stale: false });
      return answer;
    }
    const known = remembered();
    if (answer.status === 401) {
      set({ phase: "signedOut", ...(known ? { why: "ended" as const } : {}) });
      return answer;
    }
    if (known) {
      set({ phase: "signedIn", person: known, stale: true });
      addEventListener("online", () => void ask(), { once: true });
    } else set({ phase: "signedOut" });
    return answer;
  };
  void ask();

  const enter = async (path: string, body: unknown): Promise<SignInRefusal | undefined> => {
    const answer = await request("POST", path, body);
    if (!answer.ok) return refusalOf(answer.status);
    const me = await ask();
    return me.ok ? undefined : refusalOf(me.status);
  };

  return {
    state,
    async demoPeople() {
      const answer = await request<DemoPeopleResponse>("GET", "/api/demo/people");
      return answer.ok ? answer.body.people : [];
    },
    signIn: (email, password) => enter("/api/auth/sign-in/email", { email, password }),
    signInAsDemo: (email) => enter("/api/demo/sign-in", { email }),
    async signOut() {
      const answer = await request("POST", "/api/auth/sign-out", {});
      // Offline, the cookie stays until the server is asked; the next person's sign-in replaces it.
      if (answer.ok || answer.status === 401) localStorage.removeItem(REMEMBERED);
      set({ phase: "signedOut", why: "signedOutHere" });
    },
  };
}

function refusalOf(status: number): SignInRefusal {
  if (status === 0) return "offline";
  if (status === 429) return "tooMany";
  return status < 500 ? "wrong" : "server";
}

function remembered(): Person | undefined {
  const text = localStorage.getItem(REMEMBERED);
  if (!text) return undefined;
  try {
    return JSON.parse(text) as Person;
  } catch {
    return undefined;
  }
}
