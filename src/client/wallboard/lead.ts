import type { StoreApi } from "zustand/vanilla";
import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Prospect } from "#domain/dialing/prospect.ts";
import type { Difficulty } from "#domain/practice/difficulty.ts";
import type { CustomerChoice } from "#domain/practice/facts.ts";
import type { Ledger } from "#domain/counting/ledger.ts";
import type { FactOf } from "#domain/fact.ts";
import type { Handler, Script } from "#domain/script/script.ts";
import type { TrainingLog } from "#domain/training/log.ts";
import type { BoardRow } from "#domain/wallboard/board.ts";
import type { Ear } from "#client/monitoring/listening.ts";

/** All that the lead's screen shows, except the sound of a call. */
export interface LeadState {
  readonly person: Person;
  readonly company?: Company;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  /** Newest first found by `id@version`. */
  readonly scripts: ReadonlyMap<string, Script>;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly rows: readonly BoardRow[];
  /** People on the line, by prospect id. */
  readonly prospects: ReadonlyMap<string, Prospect>;
  /** Private texts by record id: the client's words. */
  readonly texts: ReadonlyMap<string, string>;
  readonly trails: ReadonlyMap<string, CallTrail>;
  /** What the facts say of each person: the times of their day, the plans that were set. */
  readonly ledgers: ReadonlyMap<string, Ledger>;
  /** Everybody whom this person may know of, by id: who has checked a contact. */
  readonly names: ReadonlyMap<string, string>;
  /** Company's clock minus this device's, milliseconds (rule Y3). */
  readonly offset: number;
  readonly online: boolean;
  /** A newer page is there, or the server understands this one no more. */
  readonly newer?: true;
  /** What the team has been asked to practise, and what came of it. */
  readonly training: TrainingLog;
  /** First rows have come. */
  readonly loaded: boolean;
}

/** What happened in one live call, for the panel beside the table. */
export interface CallTrail {
  readonly modules: readonly string[];
  readonly captures: readonly { readonly record: string; readonly second: number; readonly module?: string }[];
}

/** What a lead wants an agent to practise. */
export interface Wish {
  readonly agent: string;
  readonly customer: CustomerChoice;
  readonly difficulty: Difficulty;
  readonly calls: number;
  /** The last day for it, `YYYY-MM-DD`. */
  readonly until: string;
}

/** What a lead asks of an agent for some days (rule Q10). */
export type TargetWish = Pick<FactOf<"target.set">, "agent" | "from" | "to" | "since" | "unit" | "amount" | "start" | "end">;

/** What a lead heard from the client about a contact (rule Q13). */
export type Check = Pick<FactOf<"contact.checked">, "call" | "agent" | "found" | "reason">;

export interface Lead {
  readonly state: StoreApi<LeadState>;
  readonly ear: Ear;
  /** Asks an agent to practise, in the practice campaign of the agent's language. False when there is none. */
  assign(wish: Wish): boolean;
  /** Takes an assignment back, or (`on: false`) asks for it after all. */
  withdraw(assignment: string, agent: string, on: boolean): void;
  /** Sets a target; its id comes back, for taking it back. */
  setTarget(wish: TargetWish): string;
  /** Takes a target back, or (`on: false`) sets it after all. */
  withdrawTarget(target: string, agent: string, on: boolean): void;
  check(check: Check): void;
  stop(): Promise<void>;
}
