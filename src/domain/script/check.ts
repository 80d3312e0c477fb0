import type { OutcomeKind } from "../base/campaign.ts";
import type { Answer, Module, Script } from "./script.ts";

/** What is wrong with a script. A script with a problem cannot be published. */
export type ScriptProblem =
  /** The module has no answers at all. */
  | { readonly kind: "deadEnd"; readonly module: string }
  /** No way leads from the start to the module. */
  | { readonly kind: "unreachable"; readonly module: string }
  /** An answer, or the start when `from` is missing, leads to a module that does not exist. */
  | { readonly kind: "unknownTarget"; readonly target: string; readonly from?: Place }
  | { readonly kind: "unknownOutcome"; readonly outcome: string; readonly from: Place }
  | { readonly kind: "emptyWords"; readonly module: string }
  | { readonly kind: "emptyAnswer"; readonly from: Place }
  | { readonly kind: "unknownVariable"; readonly module: string; readonly variable: string }
  /** More answers than there are digits. */
  | { readonly kind: "tooManyAnswers"; readonly module: string; readonly answers: number }
  /** Two modules, or two answers of `module`, have one id. */
  | { readonly kind: "duplicateId"; readonly id: string; readonly module?: string }
  /** Every way from the module goes round in circles and never comes to an outcome. */
  | { readonly kind: "noExit"; readonly module: string };

export interface Place { readonly module: string; readonly answer: string }

/** Variables that every call has; a campaign adds its own. */
export const callVariables = ["name", "company", "agentName", "ourCompany"] as const;

/** Answers stand under the digits 1–9. */
export const mostAnswers = 9;

/**
 * Everything that is wrong with a script, module by module in its own order; empty when it may be published.
 * `outcomes` is the campaign's dictionary, `variables` the names of the campaign's own variables.
 */
export function checkScript(
  script: Script, outcomes: readonly Pick<OutcomeKind, "code">[], variables: readonly string[] = [],
): readonly ScriptProblem[] {
  const modules = new Map(script.modules.map((module) => [module.id, module]));
  const codes = new Set(outcomes.map((outcome) => outcome.code));
  const known = new Set<string>([...callVariables, ...variables]);
  const reached = reachable(script.start, modules);
  const circling = withoutExit(modules);
  const problems: ScriptProblem[] = [];
  if (!modules.has(script.start)) problems.push({ kind: "unknownTarget", target: script.start });
  for (const id of repeated(script.modules)) problems.push({ kind: "duplicateId", id });
  for (const module of script.modules) {
    problems.push(...wordProblems(module, known), ...answerProblems(module, modules, codes));
    // Without a start nothing is reached: that one problem says it all.
    if (modules.has(script.start) && !reached.has(module.id)) problems.push({ kind: "unreachable", module: module.id });
    if (circling.has(module.id)) problems.push({ kind: "noExit", module: module.id });
  }
  return problems;
}

/**
 * The places in a text that `fillIn` would leave as they are, or fill by mistake: unknown names, names that are not
 * Latin, gender forms of somebody else than agent and client, brackets without a partner. Each once, as written.
 */
export function unknownVariables(words: string, known: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  for (const [whole] of words.matchAll(/\{[^{}]*\}?|\}/g)) {
    const name = /^\{(\w+)\}$/.exec(whole)?.[1];
    if (name !== undefined && known.has(name)) continue;
    if (/^\{(?:agent|client):[^|{}]*\|[^|{}]*\}$/.test(whole)) continue;
    found.add(name ?? whole);
  }
  return [...found];
}

function wordProblems(module: Module, known: ReadonlySet<string>): readonly ScriptProblem[] {
  if (module.words.trim() === "") return [{ kind: "emptyWords", module: module.id }];
  return unknownVariables(module.words, known).map((variable) => ({ kind: "unknownVariable", module: module.id, variable }));
}

function answerProblems(module: Module, modules: ReadonlyMap<string, Module>, codes: ReadonlySet<string>): readonly ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  if (module.answers.length === 0) problems.push({ kind: "deadEnd", module: module.id });
  if (module.answers.length > mostAnswers) problems.push({ kind: "tooManyAnswers", module: module.id, answers: module.answers.length });
  for (const id of repeated(module.answers)) problems.push({ kind: "duplicateId", id, module: module.id });
  for (const answer of module.answers) {
    const from = { module: module.id, answer: answer.id };
    if (answer.label.trim() === "") problems.push({ kind: "emptyAnswer", from });
    if ("outcome" in answer.to) {
      if (!codes.has(answer.to.outcome)) problems.push({ kind: "unknownOutcome", outcome: answer.to.outcome, from });
    } else if (!modules.has(answer.to.module)) problems.push({ kind: "unknownTarget", target: answer.to.module, from });
  }
  return problems;
}

function repeated(things: readonly { readonly id: string }[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(things.map((thing) => thing.id).filter((id) => seen.has(id) || !seen.add(id)));
}

/** Where an answer leads within the script; undefined for an end. */
const targetOf = (answer: Answer): string | undefined => ("module" in answer.to ? answer.to.module : undefined);

function reachable(start: string, modules: ReadonlyMap<string, Module>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const answer of modules.get(id)?.answers ?? []) {
      const target = targetOf(answer);
      if (target !== undefined) open.push(target);
    }
  }
  return reached;
}

/** Modules from which one only goes round. A dead end and an unknown target stop the walk too: they are told by themselves. */
function withoutExit(modules: ReadonlyMap<string, Module>): ReadonlySet<string> {
  const circling = new Set(modules.keys());
  const stops = (module: Module): boolean => module.answers.length === 0 || module.answers.some((answer) => {
    const target = targetOf(answer);
    return target === undefined || !circling.has(target);
  });
  for (let grown = true; grown;) {
    grown = false;
    for (const id of circling) {
      const module = modules.get(id);
      if (module && stops(module)) grown = circling.delete(id);
    }
  }
  return circling;
}
