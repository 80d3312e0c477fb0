/** How a call is disturbed, or not: each from outside the page. */
export type Cut =
  | "plain" | "held" | "clientGone"
  /** Before the answer: hung up by the agent, the page reloaded or killed, the socket cut. */
  | "ringing" | "reloadRinging" | "crashRinging" | "socketRinging"
  /** The socket cut; silently dead; cut while the client hangs up. */
  | "socket" | "halfOpen" | "goneUnheard"
  | "reload" | "crash" | "browserKilled"
  /** The computer stopped for seconds. */
  | "asleep"
  /** The PBX stopped for seconds, or killed. */
  | "frozen" | "killed";

/** The cuts of the first version of this proof, which the kept seeds mean. */
export const firstCuts: readonly Cut[] = ["plain", "ringing", "socket", "reload", "crash", "frozen", "killed"];

export interface CallRun { readonly name: string; readonly seed: number; readonly count: number; /** All of them, when not given. */ readonly cuts?: readonly Cut[] }

/** Runs of `npm run calls` that once ended in disagreement, each by the name of what was wrong: `npm run calls -- --kept` runs them again. */
export const keptSeeds: readonly CallRun[] = [
  { name: "a page opened after a crash showed the call as on the line before the PBX had given it back, and hanging up then ended it at the crash", seed: 2711, count: 18, cuts: firstCuts },
];
