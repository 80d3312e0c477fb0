/**
 * One request sent to several places at once (RFC 3261 16.7, 16.10): which answers go back and who is cancelled.
 * Pure: signals in, orders out. A branch without an answer of its own ends with the status that the switch gives it:
 * 408 for a time-out, 480 for a flow that is gone.
 */
export type BranchPhase = "calling" | "ringing" | "ended";

export interface Branch {
  readonly phase: BranchPhase;
  /** CANCEL is wanted, and sent as soon as the branch has answered 1xx (RFC 3261 9.1). */
  readonly cancelled: boolean;
  /** The final status, once ended. */
  readonly status: number | undefined;
}

export interface Fork {
  readonly invite: boolean;
  readonly branches: Readonly<Record<string, Branch>>;
  /** Branches in the order in which they ended. */
  readonly ended: readonly string[];
  /** A final response has gone back. */
  readonly answered: boolean;
  /** The caller has sent CANCEL. */
  readonly givenUp: boolean;
}

export type ForkSignal =
  | { readonly type: "progress"; readonly branch: string; readonly status: number }
  | { readonly type: "final"; readonly branch: string; readonly status: number }
  /** CANCEL from the caller, or the caller's flow is gone. */
  | { readonly type: "givenUp" }
  /** Timer C: the branch has rung for too long. */
  | { readonly type: "rangTooLong"; readonly branch: string };

export type ForkOrder =
  /** Pass on the response that signalled. */
  | { readonly type: "relay"; readonly branch: string }
  /** Answer with the response of that branch, and with the challenges of the others. */
  | { readonly type: "answer"; readonly branch: string; readonly challenges: readonly string[] }
  | { readonly type: "cancel"; readonly branch: string };

export function openFork(invite: boolean, branches: readonly string[]): Fork {
  const calling: Branch = { phase: "calling", cancelled: false, status: undefined };
  return { invite, branches: Object.fromEntries(branches.map((id) => [id, calling])), ended: [], answered: false, givenUp: false };
}

export function stepFork(fork: Fork, signal: ForkSignal): { fork: Fork; orders: readonly ForkOrder[] } {
  switch (signal.type) {
    case "progress": return progress(fork, signal.branch, signal.status);
    case "final": return final(fork, signal.branch, signal.status);
    case "givenUp": return cancelAll({ ...fork, givenUp: true });
    case "rangTooLong": return cancelOne(fork, signal.branch);
  }
}

function progress(fork: Fork, id: string, status: number): { fork: Fork; orders: readonly ForkOrder[] } {
  const branch = fork.branches[id];
  if (!branch || branch.phase === "ended") return { fork, orders: [] };
  const orders: ForkOrder[] = branch.phase === "calling" && branch.cancelled ? [{ type: "cancel", branch: id }] : [];
  // 100 says nothing beyond this hop, and RFC 4320 4.1 allows no other 1xx to anything but INVITE.
  const relayed = fork.invite && status > 100 && !fork.answered && !branch.cancelled;
  return { fork: withBranch(fork, id, { ...branch, phase: "ringing" }), orders: relayed ? [{ type: "relay", branch: id }, ...orders] : orders };
}

function final(before: Fork, id: string, status: number): { fork: Fork; orders: readonly ForkOrder[] } {
  const branch = before.branches[id];
  if (!branch) return { fork: before, orders: [] };
  const success = status >= 200 && status < 300;
  if (branch.phase === "ended") {
    // RFC 3261 16.7 step 5: every 2xx to INVITE goes back, repeated ones too, and one that came out of a place which had refused.
    return success && before.invite ? won(before, id) : { fork: before, orders: [] };
  }
  const fork: Fork = { ...withBranch(before, id, { ...branch, phase: "ended", status }), ended: [...before.ended, id] };
  if (success) {
    if (before.answered && !before.invite) return { fork, orders: [] };
    return won(fork, id);
  }
  if (fork.answered) return { fork, orders: [] };
  if (Object.values(fork.branches).every((one) => one.phase === "ended")) {
    const best = bestOf(fork);
    const asked = isChallenge(fork.branches[best]?.status);
    const challenges = asked ? fork.ended.filter((other) => other !== best && isChallenge(fork.branches[other]?.status)) : [];
    return { fork: { ...fork, answered: true }, orders: [{ type: "answer", branch: best, challenges }] };
  }
  // 16.7 step 5: 6xx means nowhere; the others are called off, and their ends waited for.
  return status >= 600 ? cancelAll(fork) : { fork, orders: [] };
}

/** A 2xx goes back, nobody else's answer does any more, and who still rings is called off. */
function won(fork: Fork, id: string): { fork: Fork; orders: readonly ForkOrder[] } {
  const losers = cancelAll({ ...fork, answered: true });
  return { fork: losers.fork, orders: [{ type: "relay", branch: id }, ...losers.orders] };
}

function cancelAll(fork: Fork): { fork: Fork; orders: readonly ForkOrder[] } {
  let next = fork;
  const orders: ForkOrder[] = [];
  for (const id of Object.keys(fork.branches)) {
    const one = cancelOne(next, id);
    next = one.fork;
    orders.push(...one.orders);
  }
  return { fork: next, orders };
}

function cancelOne(fork: Fork, id: string): { fork: Fork; orders: readonly ForkOrder[] } {
  const branch = fork.branches[id];
  if (!fork.invite || !branch || branch.phase === "ended" || branch.cancelled) return { fork, orders: [] };
  const orders: ForkOrder[] = branch.phase === "ringing" ? [{ type: "cancel", branch: id }] : [];
  return { fork: withBranch(fork, id, { ...branch, cancelled: true }), orders };
}

function withBranch(fork: Fork, id: string, branch: Branch): Fork {
  return { ...fork, branches: { ...fork.branches, [id]: branch } };
}

const isChallenge = (status: number | undefined) => status === 401 || status === 407;

/** RFC 3261 16.7 step 6: the best of the finals, the earliest among equals. */
function bestOf(fork: Fork): string {
  const ranked = fork.ended.map((id, order) => ({ id, order, rank: rankOf(fork.branches[id]?.status ?? 500, fork.givenUp) }));
  ranked.sort((a, b) => a.rank - b.rank || a.order - b.order);
  return ranked[0]?.id ?? "";
}

/** The lower the better: 6xx, then 3xx, 4xx, 5xx; within 4xx what the caller can act on, then a person's answer, then absence. */
export function rankOf(status: number, givenUp: boolean): number {
  if (status >= 600) return 0;
  const group = Math.floor(status / 100) * 100;
  if (group !== 400) return group;
  if (givenUp && status === 487) return 400;
  if ([401, 407, 415, 420, 484].includes(status)) return 401;
  return [408, 480, 487].includes(status) ? 403 : 402;
}
