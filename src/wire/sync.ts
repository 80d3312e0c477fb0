import type { Campaign, Company, Person } from "#domain/base/campaign.ts";
import type { Fact, PrivateRecord } from "#domain/fact.ts";
import type { Handler, Script } from "#domain/script/script.ts";

/** One row of a device's journal: a fact or a private record, numbered together so that one number acknowledges both. */
export type Entry =
  | { readonly n: number; readonly fact: Fact }
  | { readonly n: number; readonly record: PrivateRecord };

/** `POST /api/sync/push`. Entries in the order of `n`, none left out between the acknowledged number and the last one. */
export interface PushRequest {
  readonly protocol: number;
  readonly device: string;
  /** Whose page sends it. When the cookie has become somebody else's, the batch is answered 401 as a whole and nothing of it is refused. */
  readonly by?: string;
  /**
   * Number of the device's row before the first entry (0 when it holds none); the first entry's number minus one when not given.
   * Lets the server tell a hole (it has lost entries, and acknowledges its own mark so that the device goes back)
   * from rows that the device no longer keeps.
   */
  readonly after?: number;
  readonly entries: readonly Entry[];
}

/** Sent after the batch is durable. */
export interface PushResponse {
  /** All entries up to this number are safe, or refused for ever. Lower than before when the server has lost entries: send again from here. */
  readonly acked: number;
  readonly refused: readonly Refusal[];
  /** Server's clock, milliseconds. */
  readonly now: number;
}

/** `POST /api/sync/key`: the public key (SPKI, base64) of an agent's device; one at a time, the newest holds. */
export interface KeyRequest { readonly device: string; readonly key: string }
/** When the key ends, milliseconds of the server's clock. */
export interface KeyResponse { readonly until: number }

/**
 * `POST /api/sync/append` without sign-in: what an absent agent left unsent. It can do nothing but add entries of that agent and
 * that device. 401 `key` when the device has no key, or the signature is not of it. Answered as a push.
 */
export interface AppendRequest {
  readonly device: string;
  /** A `PushRequest` as JSON: the signature is over its very letters. Without entries it only asks for the mark. */
  readonly batch: string;
  /** ECDSA on P-256 with SHA-256 over `APPEND_PREFIX` and the batch; r and s side by side, base64. */
  readonly signature: string;
}

export interface Refusal { readonly n: number; readonly id: string; readonly why: "author" | "device" | "shape" | "size" | "campaign" }

/** An immutable version of something that is edited and published. */
export type Document =
  | { readonly type: "company"; readonly id: string; readonly version: number; readonly body: Company }
  | { readonly type: "campaign"; readonly id: string; readonly version: number; readonly body: Campaign }
  | { readonly type: "script"; readonly id: string; readonly version: number; readonly body: Script }
  | { readonly type: "handler"; readonly id: string; readonly version: number; readonly body: Handler };

/**
 * `GET /api/sync/mark?device=ID&acked=NUMBER&epoch=EPOCH`: what a device may take as acknowledged; 0 for a device that the server does
 * not know. A device that took more for acknowledged, in the life of the database that it is, proves that the database was set back.
 */
export interface MarkResponse { readonly mark: number; readonly now: number }

/**
 * `GET /api/sync/pull?since=CURSOR&epoch=EPOCH`: what concerns the signed-in person and is newer than the cursor.
 * A cursor of another epoch counts as 0: the answer is then the first page, and the reader's old cursor is void.
 * Agents get their own facts, leads their team's, everybody the documents and the colleagues.
 */
export interface PullResponse {
  readonly protocol: number;
  /** Names the life of the database; another one after a back-up was restored. */
  readonly epoch: string;
  /** Ask again from here. No row that concerns the person can appear below it later (rule Y6). */
  readonly cursor: number;
  /** More rows wait above the cursor. */
  readonly more: boolean;
  readonly facts: readonly Fact[];
  readonly records: readonly PrivateRecord[];
  readonly documents: readonly Document[];
  /** Ids of private records and of prospects whose text must not be anywhere any more (rule Y10). */
  readonly erased?: readonly string[];
  /** The colleagues the person may see: the team for a lead, oneself for an agent. */
  readonly people: readonly Person[];
  readonly now: number;
}
