import type { Mark } from "../base/campaign.ts";
import type { CallId } from "../base/envelope.ts";
import type { ScriptFact, Way } from "./facts.ts";
import { moduleOf, type Script } from "./script.ts";

export interface OpenHandler {
  readonly handler: string;
  readonly version: number;
  /** Index of the phrasing on screen. */
  readonly phrasing: number;
}

/** Where a call is in its script. The call keeps the version with which it began (rule S3). */
export type Walk =
  | { readonly phase: "closed" }
  | {
      readonly phase: "open";
      readonly call: CallId;
      readonly script: string;
      readonly version: number;
      /** Modules shown so far; the last one is on screen. Never empty. */
      readonly trail: readonly string[];
      /** The handler that lies over the module, if any; leaving it brings the call back to where it was (rule S2). */
      readonly over?: OpenHandler;
      readonly marks: readonly Mark[];
      /** The outcome that the branch proposes. */
      readonly outcome?: string;
    };

export type OpenWalk = Extract<Walk, { phase: "open" }>;

export type WalkSignal =
  | { readonly type: "open"; readonly call: CallId }
  | { readonly type: "answer"; readonly answer: string }
  | { readonly type: "handler"; readonly handler: string; readonly version: number; readonly phrasings: number }
  | { readonly type: "leave" }
  | { readonly type: "back" }
  | { readonly type: "goTo"; readonly index: number }
  | { readonly type: "mark"; readonly mark: Mark; readonly on: boolean }
  | { readonly type: "close" };

export interface WalkStep { readonly state: Walk; readonly facts: readonly ScriptFact[] }

const stay = (state: Walk): WalkStep => ({ state, facts: [] });

/** The next place in the script and what became true by it. An answer or handler that does not exist changes nothing. */
export function stepWalk(state: Walk, signal: WalkSignal, script: Script): WalkStep {
  if (signal.type === "open") {
    return {
      state: { phase: "open", call: signal.call, script: script.id, version: script.version, trail: [script.start], marks: [] },
      facts: [
        { kind: "script.opened", call: signal.call, script: script.id, version: script.version },
        { kind: "module.shown", call: signal.call, module: script.start, way: "start" },
      ],
    };
  }
  if (signal.type === "close") return stay({ phase: "closed" });
  if (state.phase === "closed") return stay(state);
  const here = current(state);
  switch (signal.type) {
    case "answer": return answer(state, signal.answer, script);
    case "handler": {
      if (signal.phrasings < 1) return stay(state);
      // The same handler again: its next phrasing.
      const again = state.over?.handler === signal.handler && state.over.version === signal.version;
      const phrasing = again ? ((state.over?.phrasing ?? 0) + 1) % signal.phrasings : 0;
      return {
        state: { ...state, over: { handler: signal.handler, version: signal.version, phrasing } },
        facts: [{ kind: "handler.shown", call: state.call, handler: signal.handler, version: signal.version, phrasing, module: here }],
      };
    }
    case "leave": return state.over ? leave(state) : stay(state);
    case "back": {
      if (state.over) return leave(state);
      if (state.trail.length < 2) return stay(state);
      const trail = state.trail.slice(0, -1);
      return show(state, trail, "back");
    }
    case "goTo": {
      if (signal.index < 0 || signal.index >= state.trail.length - (state.over ? 0 : 1)) return stay(state);
      return show(state, state.trail.slice(0, signal.index + 1), "trail");
    }
    case "mark": return withMark(state, signal.mark, signal.on);
  }
}

/** The module on screen, or under the handler. */
export function current(walk: OpenWalk): string {
  return walk.trail[walk.trail.length - 1] ?? "";
}

function answer(state: OpenWalk, id: string, script: Script): WalkStep {
  const here = current(state);
  const chosen = moduleOf(script, here)?.answers.find((one) => one.id === id);
  if (!chosen) return stay(state);
  const marked = chosen.mark ? withMark(state, chosen.mark, true) : stay(state);
  const base = marked.state as OpenWalk;
  const left = state.over ? [{ kind: "handler.left", call: state.call, handler: state.over.handler, module: here } as const] : [];
  if ("outcome" in chosen.to) {
    const { over: _, ...rest } = base;
    return {
      state: { ...rest, outcome: chosen.to.outcome },
      facts: [...left, ...marked.facts, { kind: "script.ended", call: state.call, module: here, answer: id, outcome: chosen.to.outcome }],
    };
  }
  const next = show(base, [...base.trail, chosen.to.module], "answer", id);
  return { state: next.state, facts: [...left, ...marked.facts, ...next.facts] };
}

function show(state: OpenWalk, trail: readonly string[], way: Way, by?: string): WalkStep {
  const { over: _, outcome: __, ...rest } = state;
  const module = trail[trail.length - 1] ?? "";
  return {
    state: { ...rest, trail },
    facts: [{ kind: "module.shown", call: state.call, module, way, ...(by === undefined ? {} : { answer: by }) }],
  };
}

function leave(state: OpenWalk): WalkStep {
  const { over, ...rest } = state;
  return { state: rest, facts: over ? [{ kind: "handler.left", call: state.call, handler: over.handler, module: current(state) }] : [] };
}

function withMark(state: OpenWalk, mark: Mark, on: boolean): WalkStep {
  if (state.marks.includes(mark) === on) return stay(state);
  const marks = on ? [...state.marks, mark] : state.marks.filter((one) => one !== mark);
  return { state: { ...state, marks }, facts: [{ kind: "mark.set", call: state.call, mark, on }] };
}
