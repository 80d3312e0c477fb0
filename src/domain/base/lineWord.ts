import type { CallId } from "./envelope.ts";

/**
 * What is bad, and on whose side (rule L6). `heard`, `sent`, `both`: the way between this computer and the exchange spoils what the
 * agent hears, what the client hears, or both: the agent's own network. `far`: all packets come as they should and yet
 * hold gaps, so it is beyond the exchange.
 */
export type BadLine = "heard" | "sent" | "both" | "far";

/** The line of a call that goes on, as the team's lead is told of it (rule M3): said, never stored. */
export interface LineWord {
  readonly call: CallId;
  readonly grade: "good" | "fair" | "bad";
  /** On whose side, from where the agent sits; there when the line is bad. */
  readonly bad?: BadLine;
}
