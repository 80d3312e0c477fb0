import type { StoreApi } from "zustand/vanilla";
import type { Person } from "#domain/base/campaign.ts";
import type { HandlerProblem } from "#domain/script/draft.ts";
import type { Handler, Script } from "#domain/script/script.ts";

/** A handler as it is being written; kept in the browser until it is published. `id` is undefined for a new one. */
export interface HandlerDraft {
  readonly id?: string;
  /** The version that is being edited; 0 for a new one. */
  readonly based: number;
  readonly script: string;
  readonly title: string;
  readonly gist: string;
  /** Separated by commas. */
  readonly synonyms: string;
  readonly phrasings: readonly string[];
}

export type Publishing =
  | { readonly phase: "idle" }
  | { readonly phase: "sending" }
  | { readonly phase: "published"; readonly handler: Handler }
  /** Somebody published in between: `newest` is shown beside the draft. */
  | { readonly phase: "newer"; readonly newest: Handler }
  | { readonly phase: "failed"; readonly why: "offline" | "forbidden" | "invalid" | "server" };

export interface EditorState {
  readonly person: Person;
  readonly scripts: readonly Script[];
  readonly handlers: readonly Handler[];
  readonly draft?: HandlerDraft;
  readonly publishing: Publishing;
  readonly loaded: boolean;
  readonly online: boolean;
  /** A newer page is there, or the server understands this one no more. */
  readonly newer?: true;
}

/** What keeps a draft from being published, to be shown beside the field. */
export type DraftProblem = HandlerProblem;

export interface Editor {
  readonly state: StoreApi<EditorState>;
  /** Opens a new handler of a script, or an existing one. */
  open(script: string, handler?: string): void;
  change(part: Partial<Omit<HandlerDraft, "id" | "based" | "script">>): void;
  problems(): readonly DraftProblem[];
  publish(): void;
  discard(): void;
  stop(): Promise<void>;
}
