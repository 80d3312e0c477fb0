import type { StoreApi } from "zustand/vanilla";
import type { Person } from "#domain/base/campaign.ts";
import type { DialPlan } from "#domain/phone/dialPlan.ts";
import type { AdminPhoneResponse, ImportPhoneLinesResponse, LineProblem as WireLineProblem, PersonLine as WirePersonLine, PhoneSetup as WirePhoneSetup } from "#wire/api.ts";
import type { CheckStep as WireCheckStep, ServerCheck as WireServerCheck } from "#wire/phoneCheck.ts";
import type { BrowserStep } from "./browserCheck.ts";
import type { NormsKeeper } from "./norms.ts";
import type { Keeping } from "./keeping.ts";

export type PhoneSetup = WirePhoneSetup;
export type PersonLine = WirePersonLine;
export type LineProblem = WireLineProblem;
export type CheckStep = WireCheckStep;
export type ServerCheck = WireServerCheck;
export type LinesPreview = ImportPhoneLinesResponse;
export type { BrowserStep, DialPlan };

/** Why something that the admin wanted did not happen. */
export type AdminTrouble = "offline" | "forbidden" | "newer" | "fixed" | "server" | "needsWss" | "needsTurnSecret" | "invalid" | "tooMany" | "trouble" | "unreadableFile" | "fileTooLarge";

/** What is under way, or how the last thing ended. `what` names the part of the screen where it is said. */
export type Doing =
  | { readonly phase: "idle" }
  | { readonly phase: "busy"; readonly what: Part }
  | { readonly phase: "done"; readonly what: Part }
  | { readonly phase: "failed"; readonly what: Part; readonly why: AdminTrouble };
export type Part = "setup" | "line" | "import" | "test";

/** A file of lines that has been looked at and not yet taken in. */
export interface Import { readonly name: string; readonly preview: LinesPreview }

export interface Tested { readonly at: number; readonly servers: readonly ServerCheck[]; readonly browser: readonly BrowserStep[] }

export interface AdminState {
  readonly person: Person;
  /** Undefined until it has come. */
  readonly phone?: AdminPhoneResponse;
  /** A newer page is there, or the server understands this one no more. */
  readonly newer?: true;
  /** Why nothing has come. */
  readonly missing?: "offline" | "trouble";
  readonly doing: Doing;
  readonly importing?: Import;
  readonly tested?: Tested;
}

/** The admin's machinery. Passwords go through it, and are kept nowhere in it. */
export interface Admin {
  readonly state: StoreApi<AdminState>;
  readonly keeping: Keeping;
  readonly norms: NormsKeeper;
  refresh(): void;
  /** Fulfils with whether it was saved. `turnSecret` undefined: as it was; null: none. */
  saveSetup(setup: PhoneSetup, turnSecret?: string | null): Promise<boolean>;
  /** null takes the line away. */
  saveLine(person: string, line: { readonly username: string; readonly password: string } | null): Promise<boolean>;
  /** Looks at a file of lines; nothing is taken in yet. */
  lookAt(file: File): void;
  takeIn(): void;
  dropImport(): void;
  /** Servers and domain as they stand in the form, saved or not; `person`: with whose account. */
  test(setup: PhoneSetup, person: string | undefined): void;
  stop(): Promise<void>;
}
