import { stageOf, type DeskState } from "./deskState.ts";
import type { DeskView } from "./view.ts";

/**
 * Whether a call may be prepared now, with an open microphone (rule L1). `quietly`: only where the browser will not ask
 * the person for it; the first visit and the first card are where it may.
 */
export function readiness(state: Pick<DeskState, "line" | "call" | "lease" | "agent" | "welcome">, view: Pick<DeskView, "panel">): "no" | "quietly" | "yes" {
  if (state.line === "elsewhere") return "no";
  // Whoever looks at the microphone's level wants it open.
  if (stageOf(state) !== "rest" || view.panel === "devices") return "yes";
  return state.agent.state === "ready" && !state.welcome ? "quietly" : "no";
}

/** The computer's screen stays on while somebody waits for a call or is in one. */
export function staysAwake(state: Pick<DeskState, "line" | "call" | "lease" | "agent" | "welcome">): boolean {
  return state.line !== "elsewhere" && (stageOf(state) !== "rest" || state.agent.state === "ready");
}
