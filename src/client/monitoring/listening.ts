import type { StoreApi } from "zustand/vanilla";
import type { ListenEnd } from "#wire/live.ts";

/** The lead's ear on one call. */
export type Listening =
  | { readonly phase: "off" }
  | { readonly phase: "asking"; readonly agent: string }
  | { readonly phase: "connecting"; readonly agent: string; readonly session: string }
  | { readonly phase: "hearing"; readonly agent: string; readonly session: string; readonly since: number }
  | { readonly phase: "over"; readonly agent: string; readonly why: ListenEnd | "noDesk" | "busy" };

/** Loudness of what the lead hears, 0 to 1. */
export interface EarLevels { readonly agent: number; readonly client: number }

export interface Ear {
  readonly state: StoreApi<Listening>;
  readonly levels: StoreApi<EarLevels>;
  /** Ends what is heard now and asks for this agent's call. */
  listen(agent: string): void;
  stop(): void;
  /** How loud each voice is, 0 to 1. */
  volume(voice: "agent" | "client", to: number): void;
}
