import type { Mark } from "../base/campaign.ts";
import type { CallId } from "../base/envelope.ts";

/** How the agent came to a module. */
export type Way = "start" | "answer" | "other" | "back" | "trail";

export type ScriptFact =
  | { readonly kind: "script.opened"; readonly call: CallId; readonly script: string; readonly version: number }
  | { readonly kind: "module.shown"; readonly call: CallId; readonly module: string; readonly way: Way; readonly answer?: string }
  | { readonly kind: "script.ended"; readonly call: CallId; readonly module: string; readonly answer: string; readonly outcome: string }
  | { readonly kind: "handler.shown"; readonly call: CallId; readonly handler: string; readonly version: number; readonly phrasing: number; readonly module: string }
  | { readonly kind: "handler.left"; readonly call: CallId; readonly handler: string; readonly module: string }
  | { readonly kind: "mark.set"; readonly call: CallId; readonly mark: Mark; readonly on: boolean };
