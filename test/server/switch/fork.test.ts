import fc from "fast-check";
import { expect, test } from "vitest";
import { openFork, rankOf, stepFork } from "#server/switch/fork.ts";
import type { Fork, ForkOrder, ForkSignal } from "#server/switch/fork.ts";

/** Plays signals written as "A 180", "B 200", "given up", "A rang too long", and gives back the orders of the last one. */
function play(fork: Fork, ...script: string[]): { fork: Fork; orders: string[] } {
  let orders: readonly ForkOrder[] = [];
  let state = fork;
  for (const line of script) ({ fork: state, orders } = stepFork(state, signalOf(line)));
  return { fork: state, orders: orders.map((one) => [one.type, one.branch, ...("challenges" in one ? one.challenges : [])].join(" ")) };
}

function signalOf(line: string): ForkSignal {
  if (line === "given up") return { type: "givenUp" };
  const [branch = "", word = ""] = line.split(" ");
  if (word === "rang") return { type: "rangTooLong", branch };
  const status = Number(word);
  return { type: status < 200 ? "progress" : "final", branch, status };
}

const invite = (...branches: string[]) => openFork(true, branches);
const other = (...branches: string[]) => openFork(false, branches);

test.each<[string, Fork, string[], string[]]>([
  ["100 stays on its hop", invite("A"), ["A 100"], []],
  ["other progress goes back", invite("A", "B"), ["A 100", "A 180"], ["relay A"]],
  ["progress of anything but INVITE does not", other("A"), ["A 180"], []],
  ["the only refusal goes back", invite("A"), ["A 180", "A 486"], ["answer A"]],
  ["the first refusal waits for the rest", invite("A", "B"), ["A 486"], []],
  ["2xx goes back and cancels who rings", invite("A", "B", "C"), ["A 180", "B 180", "C 180", "B 200"], ["relay B", "cancel A", "cancel C"]],
  ["who has said nothing yet is cancelled at the first word", invite("A", "B"), ["A 180", "A 200", "B 100"], ["cancel B"]],
  ["and that word is not passed on", invite("A", "B"), ["A 200", "B 180"], ["cancel B"]],
  ["a second 2xx goes back too", invite("A", "B"), ["A 200", "B 200"], ["relay B"]],
  ["a repeated 2xx goes back again", invite("A"), ["A 200", "A 200"], ["relay A"]],
  ["a second 2xx to MESSAGE does not", other("A", "B"), ["A 200", "B 200"], []],
  ["2xx to MESSAGE cancels nobody", other("A", "B"), ["B 100", "A 200"], ["relay A"]],
  ["the losers' 487 goes nowhere", invite("A", "B"), ["A 180", "B 200", "A 487"], []],
  ["6xx cancels the others and waits for them", invite("A", "B"), ["A 180", "B 180", "B 603"], ["cancel A"]],
  ["and wins", invite("A", "B"), ["A 180", "B 603", "A 487"], ["answer B"]],
  ["2xx wins over 6xx that came first", invite("A", "B"), ["A 180", "B 603", "A 200"], ["relay A"]],
  ["a 2xx from a place that had refused is the answer", invite("A", "B"), ["A 404", "A 200", "B 486"], []],
  ["CANCEL cancels who rings", invite("A", "B"), ["A 180", "given up"], ["cancel A"]],
  ["and each once only", invite("A"), ["A 180", "given up", "given up"], []],
  ["and not who is done", invite("A", "B"), ["A 486", "B 180", "given up"], ["cancel B"]],
  ["487 is the answer to CANCEL, whatever the others said", invite("A", "B"), ["A 486", "B 180", "given up", "B 487"], ["answer B"]],
  ["timer C cancels its branch alone", invite("A", "B"), ["A 180", "B 180", "A rang too long"], ["cancel A"]],
  ["CANCEL means nothing to MESSAGE", other("A"), ["A 100", "given up"], []],
  ["a challenge takes the others' challenges along", invite("A", "B", "C"), ["A 407", "B 480", "C 401"], ["answer A C"]],
  ["a person's answer beats absence", invite("A", "B"), ["A 480", "B 486"], ["answer B"]],
  ["the earlier of equals", invite("A", "B"), ["B 486", "A 488"], ["answer B"]],
  ["a redirection beats a refusal", invite("A", "B"), ["A 404", "B 302"], ["answer B"]],
  ["a refusal beats a server's failure", invite("A", "B"), ["A 500", "B 404"], ["answer B"]],
  ["a stranger's branch is ignored", invite("A"), ["Z 200"], []],
])("%s", (_title, fork, script, orders) => {
  expect(play(fork, ...script).orders).toEqual(orders);
});

test("the order of refusals (RFC 3261 16.7 step 6)", () => {
  const statuses = [500, 487, 302, 486, 603, 401, 503, 408, 420];
  expect(statuses.toSorted((a, b) => rankOf(a, false) - rankOf(b, false))).toEqual([603, 302, 401, 420, 486, 487, 408, 500, 503]);
});

test("any order of events: one final answer other than 2xx at most, and one as soon as all branches have ended", () => {
  const event = fc.oneof(
    fc.tuple(fc.constantFrom("A", "B", "C"), fc.constantFrom(100, 180, 183, 200, 302, 404, 407, 408, 480, 486, 487, 503, 603)).map(([b, s]) => `${b} ${s}`),
    fc.constant("given up"), fc.constantFrom("A", "B", "C").map((b) => `${b} rang too long`),
  );
  fc.assert(fc.property(fc.array(event, { maxLength: 25 }), fc.boolean(), (script, isInvite) => {
    let fork = openFork(isInvite, ["A", "B", "C"]);
    const finals: string[] = [];
    const cancelled: string[] = [];
    for (const line of script) {
      const signal = signalOf(line);
      const step = stepFork(fork, signal);
      fork = step.fork;
      for (const order of step.orders) {
        if (order.type === "cancel") cancelled.push(order.branch);
        else if (order.type === "answer") finals.push("refusal");
        else if (signal.type === "final") finals.push("success");
      }
    }
    const refusals = finals.filter((one) => one === "refusal");
    expect(refusals.length).toBeLessThanOrEqual(1);
    if (refusals.length === 1) expect(finals[0]).toBe("refusal");
    if (Object.values(fork.branches).every((branch) => branch.phase === "ended")) expect(finals.length).toBeGreaterThan(0);
    expect(new Set(cancelled).size).toBe(cancelled.length);
    if (!isInvite) expect(cancelled).toEqual([]);
  }));
});
