import { describe, expect, it } from "vitest";
import type { Script } from "#domain/script/script.ts";
import { current, stepWalk, type OpenWalk, type Walk, type WalkSignal } from "#domain/script/walk.ts";

const script: Script = {
  id: "s", version: 3, language: "en", title: "S", start: "opening",
  modules: [
    { id: "opening", title: "Opening", words: "Hello", gist: "greet", answers: [
      { id: "yes", label: "Yes, it is me", to: { module: "need" }, mark: "decisionMaker" },
      { id: "no", label: "No", to: { outcome: "refused" }, mark: "refused" },
    ] },
    { id: "need", title: "Need", words: "How do you", gist: "ask", answers: [{ id: "rent", label: "We rent", to: { outcome: "meeting" }, mark: "agreed" }] },
  ],
};

function walkThrough(...signals: WalkSignal[]): { state: Walk; kinds: string[] } {
  let state: Walk = { phase: "closed" };
  const kinds: string[] = [];
  for (const signal of [{ type: "open", call: "a" } as const, ...signals]) {
    const step = stepWalk(state, signal, script);
    state = step.state;
    kinds.push(...step.facts.map((one) => one.kind));
  }
  return { state, kinds };
}
const open = (state: Walk): OpenWalk => {
  if (state.phase !== "open") throw new Error("the walk is closed");
  return state;
};

describe("the walk through a script", () => {
  it("[S3] begins with the version it is given and names it", () => {
    const step = stepWalk({ phase: "closed" }, { type: "open", call: "a" }, script);
    expect(step.facts[0]).toEqual({ kind: "script.opened", call: "a", script: "s", version: 3 });
    expect(step.state).toMatchObject({ version: 3, trail: ["opening"] });
  });

  it("[S1] goes where the answer leads, and nowhere by an answer that the module has not", () => {
    const there = walkThrough({ type: "answer", answer: "yes" });
    expect(open(there.state).trail).toEqual(["opening", "need"]);
    expect(open(there.state).marks).toEqual(["decisionMaker"]);
    expect(there.kinds).toEqual(["script.opened", "module.shown", "mark.set", "module.shown"]);
    const before = walkThrough().state;
    expect(stepWalk(before, { type: "answer", answer: "rent" }, script)).toEqual({ state: before, facts: [] });
  });

  it("[S1] proposes an outcome where the branch ends, and takes it back with Backspace", () => {
    const end = walkThrough({ type: "answer", answer: "yes" }, { type: "answer", answer: "rent" });
    expect(open(end.state).outcome).toBe("meeting");
    expect(stepWalk(end.state, { type: "back" }, script).state).not.toHaveProperty("outcome");
  });

  it("[S2] comes back from a handler to the module where it was", () => {
    const over = walkThrough({ type: "answer", answer: "yes" }, { type: "handler", handler: "price", version: 2, phrasings: 2 });
    expect(open(over.state).over).toEqual({ handler: "price", version: 2, phrasing: 0 });
    for (const type of ["leave", "back"] as const) {
      const back = stepWalk(over.state, { type }, script);
      expect(back.state).not.toHaveProperty("over");
      expect(current(open(back.state))).toBe("need");
      expect(back.facts).toEqual([{ kind: "handler.left", call: "a", handler: "price", module: "need" }]);
    }
  });

  it("[S4] names the handler's version, and asks for the next phrasing when it is opened again", () => {
    const once = walkThrough({ type: "handler", handler: "price", version: 7, phrasings: 2 });
    const twice = stepWalk(once.state, { type: "handler", handler: "price", version: 7, phrasings: 2 }, script);
    expect(twice.facts).toEqual([{ kind: "handler.shown", call: "a", handler: "price", version: 7, phrasing: 1, module: "opening" }]);
    const newer = stepWalk(twice.state, { type: "handler", handler: "price", version: 8, phrasings: 2 }, script);
    expect(open(newer.state).over).toEqual({ handler: "price", version: 8, phrasing: 0 });
  });

  it("goes back along the trail, and stays at its beginning", () => {
    const far = walkThrough({ type: "answer", answer: "yes" });
    const back = stepWalk(far.state, { type: "goTo", index: 0 }, script);
    expect(open(back.state).trail).toEqual(["opening"]);
    expect(stepWalk(back.state, { type: "back" }, script).facts).toEqual([]);
    for (const index of [-1, 1, 5]) expect(stepWalk(far.state, { type: "goTo", index }, script).facts).toEqual([]);
  });

  it("sets a mark once", () => {
    const marked = walkThrough({ type: "mark", mark: "decisionMaker", on: true });
    expect(stepWalk(marked.state, { type: "mark", mark: "decisionMaker", on: true }, script).facts).toEqual([]);
    expect(stepWalk(marked.state, { type: "mark", mark: "decisionMaker", on: false }, script).facts).toEqual([{ kind: "mark.set", call: "a", mark: "decisionMaker", on: false }]);
  });
});
