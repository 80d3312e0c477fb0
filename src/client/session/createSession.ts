import { createStore } from "zustand/vanilla";
import type { Person } from "#domain/base/campaign.ts";
import { request, type Answer } from "#client/sync/http.ts";
import type { DemoPeopleResponse, MeResponse } from "#wire/api.ts";
import type { Session, SessionState, SignInRefusal } from "./session.ts";

/** Who sat here last: a name and a role to open the right screen offline. No secret: the session itself is an HttpOnly cookie. */
const REMEMBERED = "sufler.person";
/** Somebody has signed out here and the server does not know it yet: the cookie still lies in the browser and must not let anybody in. */
const LEFT = "sufler.left";

/** Finds out who is signed in; without a network, the person who sat here last goes on with what is on the device. */
export function createSession(): Session {
  const state = createStore<SessionState>(() => ({ phase: "starting" }));
  const set = (next: SessionState): void => state.setState(next, true);

  /** Tells the server of a sign-out. False while it cannot be reached. */
  const leave = async (): Promise<boolean> => {
    const answer = await request("POST", "/api/auth/sign-out", {});
    if (answer.ok) localStorage.removeItem(LEFT);
    return answer.ok;
  };

  const ask = async (): Promise<Answer<MeResponse>> => {
    if (localStorage.getItem(LEFT) !== null && !(await leave())) {
      set({ phase: "signedOut", why: "signedOutHere" });
      return { ok: false, status: 0, why: "unreachable" };
    }
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
    set(known ? { phase: "signedIn", person: known, stale: true } : { phase: "signedOut" });
    return answer;
  };
  void ask();

  const enter = async (path: string, body: unknown): Promise<SignInRefusal | undefined> => {
    // Whoever left before is out for good before the next one comes in.
    if (localStorage.getItem(LEFT) !== null && !(await leave())) return { why: "offline" };
    const answer = await request("POST", path, body);
    if (!answer.ok) return refusalOf(answer);
    const me = await ask();
    return me.ok ? undefined : refusalOf(me);
  };

  // One browser has one cookie: what another tab does with it holds for this one too.
  addEventListener("storage", ({ key, newValue }) => {
    const now = state.getState();
    if (key !== REMEMBERED || now.phase !== "signedIn") return;
    if (newValue === null) set({ phase: "signedOut", why: "signedOutHere" });
    else if (remembered()?.id !== now.person.id) set({ phase: "signedOut", why: "ended" });
  });

  return {
    state,
    async demoPeople() {
      const answer = await request<DemoPeopleResponse>("GET", "/api/demo/people");
      return answer.ok ? answer.body.people : [];
    },
    signIn: (email, password) => enter("/api/auth/sign-in/email", { email, password }),
    signInAsDemo: (email) => enter("/api/demo/sign-in", { email }),
    async signOut() {
      localStorage.setItem(LEFT, "1");
      localStorage.removeItem(REMEMBERED);
      set({ phase: "signedOut", why: "signedOutHere" });
      await leave();
    },
  };
}

function refusalOf({ status, retryAfter = 60 }: Extract<Answer<unknown>, { ok: false }>): SignInRefusal {
  if (status === 0) return { why: "offline" };
  if (status === 429) return { why: "tooMany", wait: retryAfter };
  return { why: status < 500 ? "wrong" : "server" };
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
