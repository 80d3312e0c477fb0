import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Ledger } from "#domain/counting/ledger.ts";
import type { DayCount } from "#domain/counting/day.ts";
import type { Verdict } from "#domain/counting/verdict.ts";
import type { Lease } from "#domain/dialing/prospect.ts";
import { onLine, type Call } from "#domain/phone/call.ts";
import type { LineRefusal } from "#domain/phone/lineRefusals.ts";
import type { Lines } from "#domain/phone/lines.ts";
import type { Handler, Script } from "#domain/script/script.ts";
import type { Walk } from "#domain/script/walk.ts";
import type { AgentState } from "#domain/wallboard/agentState.ts";
import type { PersonTraining } from "#domain/training/progress.ts";
import type { Welcome } from "./firstVisit.ts";
import type { Practising } from "./practiceDesk.ts";

/** All that the agent's screen shows, except sound levels. Replaced as a whole at every change. */
export interface DeskState {
  readonly person: Person;
  /** Undefined until the first documents have come down. */
  readonly company?: Company;
  readonly campaign?: Campaign;
  /** The person who is open; undefined between prospects. */
  readonly lease?: Lease;
  /** How many more prospects this device may call, also offline. */
  readonly stock: number;
  readonly call: Call;
  /** The second line, and how it lies to the call. */
  readonly lines: Lines;
  /** Who is, or was last, on the second line. */
  readonly who?: BesideWho;
  readonly walk: Walk;
  /** The version that the walk is in; without a walk, the newest published one. */
  readonly script?: Script;
  /** Newest published handlers of that script. */
  readonly handlers: readonly Handler[];
  /** What was taken down in the current call, oldest first. */
  readonly captures: readonly Capture[];
  /** Unsaved text; survives a crash of the tab. */
  readonly drafts: Drafts;
  /** The choice after the call, until it is saved. */
  readonly choice: OutcomeChoice;
  /** What the rule would say if the choice were saved now. */
  readonly forecast?: Verdict;
  readonly agent: AgentState;
  /** Company's clock minus this device's, milliseconds (rule Y3). */
  readonly offset: number;
  readonly day?: DayCount;
  /** What the facts say of this person: the times of the day. */
  readonly ledger: Ledger;
  /** What a person is called whose card is not at hand: names for the list of today's calls. */
  readonly names: ReadonlyMap<string, string>;
  readonly sync: SyncState;
  readonly line: LineState;
  readonly trouble?: DeskTrouble;
  /** What the agent is asked to practise, and what came of it; undefined where there is nothing to practise with. */
  readonly training?: PersonTraining;
  /** The open card is a practice customer's. */
  readonly practising?: Practising;
  /** The first visit, while it is on the screen. */
  readonly welcome?: Welcome;
  /** The call whose outcome was saved a moment ago and may be opened again. */
  readonly undoable?: { readonly call: string; readonly outcome: string };
}

/** Somebody on the second line, as far as the exchange or the card says who they are. */
export interface BesideWho { readonly call: string; readonly name?: string; readonly number?: string }

export interface Capture {
  readonly record: string;
  readonly text: string;
  /** Seconds since the answer. */
  readonly second: number;
  readonly module?: string;
  readonly unforeseen: boolean;
}

export interface Drafts { readonly words: string; readonly note: string; /** Words are an answer that the script did not foresee (key 0). */ readonly unforeseen: boolean }

export interface OutcomeChoice { readonly outcome?: string; readonly decisionMaker: boolean }

export interface SyncState {
  readonly online: boolean;
  /** Entries that the server has not acknowledged. */
  readonly unsent: number;
  /** Entries that the server will never take. */
  readonly refused: number;
  /** The last write on this device failed; what happens goes straight to the server until it works. `low`: it will soon be full. */
  readonly storage: "ok" | "low" | "full" | "broken";
  /** Entries that lie in this page's memory alone: the disk took them not, and the server has not got them yet. */
  readonly inMemory: number;
}

/** The phone's own connection to the PBX. `elsewhere`: another tab of this person holds the phone; `otherComputer`: another browser. */
export type LineState = "off" | "connecting" | "ready" | "refused" | "down" | "elsewhere" | "otherComputer";

/** What went wrong in the world, for one clear sentence each. */
export type DeskTrouble =
  | { readonly kind: "noProspects"; /** How many were passed over for their numbers (rule P7). */ readonly barred?: number } | { readonly kind: "offlineNoProspects" }
  | { readonly kind: "noMicrophone"; readonly cause: "denied" | "missing" | "busy" }
  | { readonly kind: "lineRefused"; readonly why: LineRefusal } | { readonly kind: "lineDown" } | { readonly kind: "noSound" } | { readonly kind: "relayRefused" } | { readonly kind: "signedOut" }
  | { readonly kind: "callLost" } | { readonly kind: "newVersion" };

/** What the middle of the screen is about. */
export type Stage = "rest" | "card" | "call" | "after";

export function stageOf(state: Pick<DeskState, "call" | "lease">): Stage {
  if (onLine(state.call)) return "call";
  if (state.call.phase === "ended") return "after";
  return state.lease ? "card" : "rest";
}
