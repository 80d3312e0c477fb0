import type { StoreApi } from "zustand/vanilla";
import type { Person } from "#domain/base/campaign.ts";

/** Who sits here. `stale`: the server has not confirmed it since the page loaded (offline start). */
export type SessionState =
  | { readonly phase: "starting" }
  | { readonly phase: "signedOut"; readonly why?: "ended" | "signedOutHere" }
  | { readonly phase: "signedIn"; readonly person: Person; readonly stale: boolean };

export type SignInRefusal =
  | { readonly why: "wrong" | "offline" | "server" }
  /** `wait`: seconds until the next try is taken. */
  | { readonly why: "tooMany"; readonly wait: number };

export interface Session {
  readonly state: StoreApi<SessionState>;
  /** Demo people for one-click sign-in; empty when this is not a demo. */
  demoPeople(): Promise<readonly { readonly name: string; readonly email: string; readonly role: string }[]>;
  /** Undefined when it worked. */
  signIn(email: string, password: string): Promise<SignInRefusal | undefined>;
  /** One click in the demo, without typing the password. */
  signInAsDemo(email: string): Promise<SignInRefusal | undefined>;
  /** Leaves; what is unsent is sent first when the server can be reached, and kept for later when not. */
  signOut(): Promise<void>;
}

/** What somebody works with, as far as signing out needs to know it. */
export interface Leaving {
  /** Brings what is going on to an end and sends what is left. Never rejects: nothing may keep anybody from leaving. */
  leave(): Promise<void>;
}
