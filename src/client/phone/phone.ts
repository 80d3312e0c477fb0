import type { StoreApi } from "zustand/vanilla";
import type { CallId } from "#domain/base/envelope.ts";
import type { CallOrder } from "#domain/phone/call.ts";
import type { LineOrder, PhoneSignal } from "#domain/phone/lines.ts";
import type { LineQuality, QualitySummary } from "#domain/phone/quality.ts";
import type { PhoneAccount } from "#wire/api.ts";
import type { Devices } from "./devices.ts";
import type { EchoTest } from "./echoTest.ts";
import type { RelayFault } from "./relayWatch.ts";
import type { Ringer } from "./ringer.ts";
import type { Ringing } from "./secondLine.ts";
import type { CallName } from "./callName.ts";

/** Loudness of both voices, 0 (silence) to 1, some ten times a second. */
export interface Levels { readonly mine: number; readonly theirs: number }

/** The phone's connection to its PBX. */
export type PhoneLine =
  | { readonly state: "off" }
  | { readonly state: "connecting" }
  | { readonly state: "ready" }
  | { readonly state: "refused"; readonly status: number }
  | { readonly state: "down"; readonly retryAt: number };

/** What hinders the microphone, if anything. */
export type Microphone = "unasked" | "ready" | "denied" | "missing" | "busy";

/** A call as another page can take it up: the dialed number, and how the PBX knows the call. */
export interface LeftCall {
  readonly number: string;
  readonly name: CallName;
  /** WebSocket URL of the one of several servers that has it. */
  readonly server?: string;
}

/** The port behind which the SIP stack lies: the client's call, and one beside it. */
export interface Phone {
  readonly line: StoreApi<PhoneLine>;
  readonly levels: StoreApi<Levels>;
  readonly microphone: StoreApi<Microphone>;
  /** Nothing has been heard from the far side of the call that is up for five seconds. */
  readonly silent: StoreApi<boolean>;
  /** What is wrong with the relay for the sound, as the last call that was prepared has found; undefined: nothing, or there is none. */
  readonly relay: StoreApi<RelayFault | undefined>;
  /** What the computer calls the open microphone. */
  microphoneName(): string | undefined;
  /** Whether `levels` shows the open microphone also while there is no call. */
  meter(on: boolean): void;
  readonly devices: Pick<Devices, "state" | "choose" | "process" | "look">;
  /** How the line of the call that is up is; undefined without one. */
  readonly quality: StoreApi<LineQuality | undefined>;
  /** Calls `listener` after the end of each call whose line was measured; returns how to stop. */
  onSummary(listener: (summary: QualitySummary) => void): () => void;
  readonly echo: Pick<EchoTest, "state" | "start" | "stop">;
  readonly ringer: Pick<Ringer, "ring" | "stop" | "blocked">;
  /** Plays two soft notes, so that a person knows that they hear. To be called from a key or a click. */
  sample(): void;
  /**
   * Registers, and keeps registered with back-off until `stop`. The account is asked for anew at every try; it is kept in memory only.
   * @param at the server that has a call of a page that is no more: chosen before those that are preferred
   */
  start(account: () => Promise<PhoneAccount>, at?: string): void;
  /**
   * Makes microphone, peer connection and candidates ready, so that the next INVITE leaves at once, and keeps them fresh
   * until `release`. Idempotent. Fulfils when they are, or when the microphone cannot be had; never rejects.
   * @param ask false: only when the browser will not ask the person for the microphone
   */
  prepare(ask?: boolean): Promise<void>;
  /** The line's account, or the exchange, is another one now: taken over at once, or as soon as no call is up. */
  renew(): void;
  /** Lets the microphone go; a call that is up keeps its own. */
  release(): void;
  /**
   * Does what the call machine orders. `number` (as `spellNumber` writes it) goes with `invite` only; `left` with what is ordered about a call
   * of a page that is no more. Never throws: what fails comes back as a signal.
   */
  obey(order: CallOrder, number?: string, left?: LeftCall): void;
  /**
   * Does what the machine of the second line orders (domain/phone/lines.ts).
   * @param number whom to call, or to give the client to: with `invite`, and with `refer` that names no other call
   * @param left with what is ordered about a call of a page that is no more
   */
  beside(order: LineOrder, number?: string, left?: LeftCall): void;
  /** Calls `listener` with everybody who calls us; without a listener they hear that nobody is there. Returns how to stop. */
  onRing(listener: (who: Ringing) => void): () => void;
  /** What another page would need to take a call of either line up. Undefined when there is no such call, or its INVITE has not left. */
  leftCall(call: CallId): LeftCall | undefined;
  /** Leaves the calls that are up, if any, to another page: silence here, and the PBX is told nothing. */
  abandon(): void;
  /** Sends a tone (0–9, *, #) in the call, as the PBX wants it. */
  tone(digit: string): void;
  /** Calls `listener` with everything the line tells; returns how to stop. */
  onSignal(listener: (signal: PhoneSignal) => void): () => void;
  /** Both voices of the call that is up, for a listening lead: live tracks that the taker must clone, never stop. */
  voices(): { readonly mine: MediaStreamTrack; readonly theirs: MediaStreamTrack } | undefined;
  /** @param farewell false: leaves without a word; the registration ends with its socket */
  stop(farewell?: boolean): Promise<void>;
}
