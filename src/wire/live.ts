import type { LineWord } from "#domain/base/lineWord.ts";

/** Messages of the live socket `/live`, JSON text frames. The session cookie says who speaks; the server checks the role for each. */

/** A complete session description of WebRTC (RFC 8829), candidates included. */
export interface Description { readonly type: "offer" | "answer"; readonly sdp: string }

export type ToServer =
  | { readonly t: "hello"; readonly protocol: number; readonly device: string }
  /** A lead asks to hear an agent's call; the server makes the session's id. `ask` comes back in the answer. */
  | { readonly t: "listen"; readonly ask: string; readonly agent: string }
  | { readonly t: "signal"; readonly session: string; readonly description: Description }
  /** The state of the desk's phone, for the admin's list. */
  | { readonly t: "line"; readonly state: "ready" | "connecting" | "down" | "refused" }
  /** How the line of the call that goes on is, for the leads of the team (rule M3); said again every half minute. */
  | ({ readonly t: "quality" } & LineWord)
  | { readonly t: "unlisten"; readonly session: string; readonly why: ListenEnd }
  /** This desk would hold the person's phone; answered by `phone`. Asked again on every new socket. */
  | { readonly t: "hold" }
  /** The person wants the phone here, wherever it is. */
  | { readonly t: "take" }
  /** The answer to `giveUp`: the phone is let go, and this is where the agent was. */
  | { readonly t: "give"; readonly place: string }
  /** The desk is closed. */
  | { readonly t: "free" };

/** What a desk that gives the phone up hands on, as its own JSON: the server passes it to the same person's other desk and keeps nothing. At most this many characters. */
export const MOST_PLACE = 48_000;

/** `notAllowed`: the right was taken away meanwhile. */
export type ListenEnd = "lead" | "call" | "agentGone" | "leadGone" | "noPath" | "failed" | "notAllowed";

export type ToClient =
  /** `beat`: milliseconds between two beats; a page that hears nothing for several of them holds a dead socket. */
  | { readonly t: "welcome"; readonly protocol: number; readonly now: number; readonly beat?: number }
  /** The server is there: pings of the protocol itself (RFC 6455 section 5.5.2) are not shown to a page. */
  | { readonly t: "beat" }
  /** Rows that concern the person are there: pull. */
  | { readonly t: "fresh" }
  /** How the line of somebody's call is (leads only). */
  | ({ readonly t: "quality"; readonly agent: string } & LineWord)
  /** People of the team whose desk is connected now (leads only). */
  | { readonly t: "presence"; readonly online: readonly string[] }
  /** To the lead: the session is made; the agent's offer follows as `signal`. */
  | { readonly t: "listening"; readonly ask: string; readonly session: string }
  | { readonly t: "refused"; readonly ask: string; readonly why: "notAllowed" | "noDesk" | "busy" | "wrongMessage" }
  /** To the agent's desk: send both voices of the current call, as two tracks: agent first, client second. */
  /** Whether this desk holds the person's phone now; `place`: where the agent was on the desk that gave it up. */
  | { readonly t: "phone"; readonly here: boolean; readonly place?: string }
  /** The person's line, or the exchange, has changed: ask for the account anew, never in a call. */
  | { readonly t: "account" }
  /** The person wants the phone elsewhere: leave the call, and answer with `give`. */
  | { readonly t: "giveUp" }
  | { readonly t: "sendVoices"; readonly session: string }
  | { readonly t: "signal"; readonly session: string; readonly description: Description }
  | { readonly t: "listenEnded"; readonly session: string; readonly why: ListenEnd };
