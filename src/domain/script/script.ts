import type { Language, Mark } from "../base/campaign.ts";

/** Where an answer leads: another module, or the end with a proposed outcome. */
export type Lead = { readonly module: string } | { readonly outcome: string };

/** What the client may say; stands under a digit. */
export interface Answer {
  readonly id: string;
  readonly label: string;
  readonly to: Lead;
  readonly mark?: Mark;
}

/** A piece of the script, written to be read aloud. Words may hold variables: see `fillIn`. */
export interface Module {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  /** One line: what must be achieved. */
  readonly gist: string;
  /** A stage direction such as "pause; let them answer". */
  readonly stage?: string;
  readonly answers: readonly Answer[];
  /** Ids of the handlers that are likeliest here, in order. */
  readonly handlers?: readonly string[];
}

/** One published version of a script: immutable. */
export interface Script {
  readonly id: string;
  readonly version: number;
  readonly language: Language;
  readonly title: string;
  readonly start: string;
  readonly modules: readonly Module[];
}

/** What to say to an objection; a document with versions of its own, offered at once, in a running call too (rule S4). */
export interface Handler {
  readonly id: string;
  readonly version: number;
  readonly script: string;
  readonly title: string;
  readonly gist: string;
  /** Words by which the agent looks for it, beyond its title. */
  readonly synonyms: readonly string[];
  /** Two or three ways to say it. */
  readonly phrasings: readonly string[];
}

export function moduleOf(script: Script, id: string): Module | undefined {
  return script.modules.find((module) => module.id === id);
}
