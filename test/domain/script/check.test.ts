import { describe, expect, test } from "vitest";
import { checkScript, unknownVariables, type ScriptProblem } from "#domain/script/check.ts";
import type { Answer, Module, Script } from "#domain/script/script.ts";

const outcomes = [{ code: "yes" }, { code: "no" }];
const go = (id: string, module: string): Answer => ({ id, label: id, to: { module } });
const end = (id: string, outcome: string): Answer => ({ id, label: id, to: { outcome } });
const module = (id: string, answers: readonly Answer[], words = "Good afternoon."): Module => ({ id, title: id, words, gist: id, answers });
const script = (...modules: readonly Module[]): Script => ({ id: "s", version: 1, language: "en", title: "s", start: "a", modules });

const sound = [module("a", [go("1", "b"), end("2", "no")]), module("b", [go("1", "a"), end("2", "yes")])] as const;

/** One fault each, so that each kind of problem is found alone. */
const table: Readonly<Record<ScriptProblem["kind"], readonly (readonly [name: string, script: Script, problems: readonly ScriptProblem[]])[]>> = {
  deadEnd: [
    ["a module without answers", script(module("a", [go("1", "b")]), module("b", [])), [{ kind: "deadEnd", module: "b" }]],
    ["the only module", script(module("a", [])), [{ kind: "deadEnd", module: "a" }]],
  ],
  unreachable: [
    ["a module nobody leads to", script(...sound, module("c", [end("1", "no")])), [{ kind: "unreachable", module: "c" }]],
    ["a module that only it itself leads to", script(...sound, module("c", [go("1", "c"), end("2", "no")])), [{ kind: "unreachable", module: "c" }]],
  ],
  unknownTarget: [
    ["an answer to nowhere", script(module("a", [go("1", "z")])), [{ kind: "unknownTarget", target: "z", from: { module: "a", answer: "1" } }]],
    ["a start that does not exist, told once", { ...script(...sound), start: "z" }, [{ kind: "unknownTarget", target: "z" }]],
    ["no modules at all", script(), [{ kind: "unknownTarget", target: "a" }]],
  ],
  unknownOutcome: [
    ["an end that the campaign has not", script(module("a", [end("1", "maybe")])), [{ kind: "unknownOutcome", outcome: "maybe", from: { module: "a", answer: "1" } }]],
  ],
  emptyWords: [
    ["nothing to say", script(module("a", [end("1", "yes")], "")), [{ kind: "emptyWords", module: "a" }]],
    ["blanks and line ends only", script(module("a", [end("1", "yes")], " \n\u00a0")), [{ kind: "emptyWords", module: "a" }]],
  ],
  emptyAnswer: [
    ["an answer without a label", script(module("a", [{ id: "1", label: " ", to: { outcome: "yes" } }])), [{ kind: "emptyAnswer", from: { module: "a", answer: "1" } }]],
  ],
  unknownVariable: [
    ["a name nobody fills", script(module("a", [end("1", "yes")], "Hello {nmae}, {nmae}!")), [{ kind: "unknownVariable", module: "a", variable: "nmae" }]],
  ],
  tooManyAnswers: [
    ["ten answers for nine digits", script(module("a", Array.from("0123456789", (id) => end(id, "yes")))), [{ kind: "tooManyAnswers", module: "a", answers: 10 }]],
  ],
  duplicateId: [
    ["two modules of one id", script(...sound, module("b", [end("1", "yes")])), [{ kind: "duplicateId", id: "b" }]],
    ["two answers of one id, told once", script(module("a", [end("1", "yes"), end("1", "no"), end("1", "no")])), [{ kind: "duplicateId", id: "1", module: "a" }]],
  ],
  noExit: [
    [
      "a round from which no way leads out", script(module("a", [go("1", "b"), end("2", "no")]), module("b", [go("1", "c")]), module("c", [go("1", "b")])),
      [{ kind: "noExit", module: "b" }, { kind: "noExit", module: "c" }],
    ],
    ["a module that leads to itself", script(module("a", [go("1", "a")])), [{ kind: "noExit", module: "a" }]],
  ],
};

describe("[S7] checkScript", () => {
  test("finds nothing in a sound script, rounds with a way out included", () => {
    expect(checkScript(script(...sound), outcomes)).toEqual([]);
  });

  for (const [kind, rows] of Object.entries(table)) {
    for (const [name, broken, problems] of rows) {
      test(`${kind}: ${name}`, () => { expect(checkScript(broken, outcomes)).toEqual(problems); });
    }
  }

  test("accepts nine answers", () => {
    expect(checkScript(script(module("a", Array.from("123456789", (id) => end(id, "yes")))), outcomes)).toEqual([]);
  });

  test("knows the variables of every call and those of the campaign", () => {
    const words = "{name}, {company}? {agentName}, {ourCompany}: {price}.";
    const one = script(module("a", [end("1", "yes")], words));
    expect(checkScript(one, outcomes, ["price"])).toEqual([]);
    expect(checkScript(one, outcomes)).toEqual([{ kind: "unknownVariable", module: "a", variable: "price" }]);
  });

  test("blames a dead end, not every module before it", () => {
    expect(checkScript(script(module("a", [go("1", "b")]), module("b", [go("1", "c")]), module("c", [])), outcomes))
      .toEqual([{ kind: "deadEnd", module: "c" }]);
  });

  test("tells all problems at once, in the order of the script", () => {
    const broken = script(module("a", [go("1", "z"), end("2", "maybe")], ""), module("b", []));
    expect(checkScript(broken, outcomes).map((problem) => problem.kind))
      .toEqual(["emptyWords", "unknownTarget", "unknownOutcome", "deadEnd", "unreachable"]);
  });
});

describe("unknownVariables", () => {
  const known = new Set(["name"]);
  test.each([
    ["{name}", []],
    ["{agent:звонила|звонил} и {client:готова|готов}", []],
    ["{agent:а|}", []],
    ["{agent}", ["agent"]],
    ["{agent:звонила}", ["{agent:звонила}"]],
    ["{name:а|б}", ["{name:а|б}"]],
    ["{boss:а|б}", ["{boss:а|б}"]],
    ["{имя}", ["{имя}"]],
    ["{ name }", ["{ name }"]],
    ["{}", ["{}"]],
    ["{name", ["{name"]],
    ["name}", ["}"]],
    ["no variables", []],
  ])("%s", (words, problems) => { expect(unknownVariables(words, known)).toEqual(problems); });
});
