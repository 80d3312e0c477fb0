import { describe, expect, test } from "vitest";
import type { Campaign } from "#domain/base/campaign.ts";
import { callVariables, checkScript, unknownVariables } from "#domain/script/check.ts";
import { fillIn } from "#domain/script/fillIn.ts";
import { moduleOf, type Handler, type Script } from "#domain/script/script.ts";
import { campaignEn, campaignRu, demoCampaigns, demoCompany } from "#server/demo/company.ts";
import { handlersEn } from "#server/demo/handlers.en.ts";
import { handlersRu } from "#server/demo/handlers.ru.ts";
import { demoPeople } from "#server/demo/people.ts";
import { scriptEn } from "#server/demo/script.en.ts";
import { scriptRu } from "#server/demo/script.ru.ts";

/** As many signs as can be read aloud in one breath or two, with the variables filled in. */
const longestWords = 320;

const languages: readonly (readonly [Script, readonly Handler[], Campaign])[] = [
  [scriptRu, handlersRu, campaignRu],
  [scriptEn, handlersEn, campaignEn],
];

describe.each(languages)("the demo script $language", (script, handlers, campaign) => {
  const known = new Set<string>([...callVariables, ...Object.keys(campaign.variables)]);
  const example = {
    name: script.language === "ru" ? "Екатерина Александровна" : "Catherine", company: script.language === "ru" ? "ООО «Меридиан»" : "Highland Woollens Ltd",
    agentName: script.language === "ru" ? "Юлия" : "James", ourCompany: demoCompany.name, ...campaign.variables,
  };
  const aloud = (words: string): string => fillIn(words, example, { agent: "f", client: "f" });

  test("has no problem that would forbid to publish it", () => {
    expect(checkScript(script, campaign.outcomes, Object.keys(campaign.variables))).toEqual([]);
  });

  test("belongs to its campaign, and both to one language", () => {
    expect([campaign.script, campaign.language]).toEqual([script.id, script.language]);
    expect(new Set(handlers.map((handler) => handler.script))).toEqual(new Set([script.id]));
  });

  test("has modules and handlers enough", () => {
    expect(script.modules.length).toBeGreaterThanOrEqual(14);
    expect(handlers.length).toBeGreaterThanOrEqual(25);
    expect(new Set(handlers.map((handler) => handler.id)).size).toBe(handlers.length);
    expect(new Set(handlers.map((handler) => handler.title)).size).toBe(handlers.length);
  });

  test("comes from the greeting to an agreed meeting by way of the decision maker in at most seven answers", () => {
    expect(shortestTo(script, "meeting")).toBeGreaterThanOrEqual(5);
    expect(shortestTo(script, "meeting")).toBeLessThanOrEqual(7);
  });

  test("marks agreement and refusal where the branch ends in them", () => {
    for (const answer of script.modules.flatMap((module) => module.answers)) {
      if (!("outcome" in answer.to)) continue;
      const mark = { meeting: "agreed", proposal: "agreed", interested: "agreed", refused: "refused" }[answer.to.outcome];
      expect([answer.label, answer.mark]).toEqual([answer.label, mark]);
    }
  });

  test.each(script.modules.map((module) => [module.id, module] as const))("module %s can be said, chosen from and helped out of", (_, module) => {
    expect(aloud(module.words).length).toBeGreaterThan(40);
    expect(aloud(module.words).length).toBeLessThanOrEqual(longestWords);
    expect(aloud(module.words)).not.toMatch(/[{}]|\s\s|\.\./);
    for (const shown of [module.title, module.gist, module.stage ?? "-", ...module.answers.map((answer) => answer.label)]) {
      expect(shown.trim().length).toBeGreaterThan(0);
      expect(shown).not.toMatch(/[{}]/);
      expect(shown.length).toBeLessThanOrEqual(75);
    }
    expect(module.answers.length).toBeGreaterThanOrEqual(2);
    expect(module.answers.length).toBeLessThanOrEqual(7);
    expect(new Set(module.answers.map((answer) => answer.label)).size).toBe(module.answers.length);
    expect(module.handlers?.length).toBeGreaterThanOrEqual(1);
    expect(new Set(module.handlers).size).toBe(module.handlers?.length);
    for (const id of module.handlers ?? []) expect(handlers.map((handler) => handler.id)).toContain(id);
  });

  test("offers every handler in some module, so that nobody must know of it to find it", () => {
    const offered = new Set(script.modules.flatMap((module) => module.handlers ?? []));
    expect(handlers.filter((handler) => !offered.has(handler.id)).map((handler) => handler.id)).toEqual([]);
  });

  test.each(handlers.map((handler) => [handler.id, handler] as const))("handler %s can be found and said", (_, handler) => {
    expect(handler.gist.trim()).not.toBe("");
    expect(handler.synonyms.length).toBeGreaterThanOrEqual(10);
    expect(new Set(handler.synonyms.map((one) => one.toLowerCase())).size).toBe(handler.synonyms.length);
    expect(handler.phrasings.length).toBeGreaterThanOrEqual(2);
    expect(handler.phrasings.length).toBeLessThanOrEqual(3);
    for (const phrasing of handler.phrasings) {
      expect(unknownVariables(phrasing, known)).toEqual([]);
      expect(aloud(phrasing).length).toBeLessThanOrEqual(longestWords);
      expect(aloud(phrasing).length).toBeGreaterThan(60);
    }
  });

  test("never leaves the decision maker's name in words that another person may hear", () => {
    const after = new Set<string>();
    const open = ["newPerson"];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (after.has(id)) continue;
      after.add(id);
      for (const answer of moduleOf(script, id)?.answers ?? []) if ("module" in answer.to) open.push(answer.to.module);
    }
    expect(after.size).toBeGreaterThan(10);
    expect([...after].filter((id) => moduleOf(script, id)?.words.includes("{name}"))).toEqual([]);
    expect(handlers.filter((handler) => handler.phrasings.some((words) => words.includes("{name}")))).toEqual([]);
  });
});

test("both scripts have the same shape, so that one can be learned from the other", () => {
  const shape = (script: Script): unknown => script.modules.map((module) => [module.id, module.answers.map((answer) => [answer.id, answer.to, answer.mark])]);
  expect(shape(scriptEn)).toEqual(shape(scriptRu));
  expect(handlersEn.map((handler) => handler.id.slice(3))).toEqual(handlersRu.map((handler) => handler.id.slice(3)));
});

describe("the demo company", () => {
  test.each(demoCampaigns.map((campaign) => [campaign.id, campaign] as const))("campaign %s counts by the rule of the norm", (_, campaign) => {
    expect(campaign.rule).toEqual({ decisionMaker: true, minSeconds: 20 });
    expect(campaign.practice).toBe(campaign.id.startsWith("practice-"));
    const codes = campaign.outcomes.map((outcome) => outcome.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const after of ["answered", "unanswered"] as const) {
      const offered = campaign.outcomes.filter((outcome) => outcome.after === after);
      expect(offered.length).toBeGreaterThanOrEqual(4);
      expect(offered.length).toBeLessThanOrEqual(9);
    }
    expect(campaign.outcomes.filter((outcome) => outcome.counts).map((outcome) => outcome.code)).toEqual(["meeting", "proposal", "interested", "refused"]);
    for (const mark of ["agreed", "refused"] as const) expect(campaign.outcomes.filter((outcome) => outcome.mark === mark)).toHaveLength(1);
    for (const outcome of campaign.outcomes) expect(outcome.criterion).toMatch(/^\p{Lu}.{20,150}\.$/u);
  });

  test("has the nine people whose addresses are promised", () => {
    expect(demoPeople.map((person) => person.email.replace("@demo.example", "")))
      .toEqual(["agent1", "agent2", "agent3", "agent4", "agent5", "lead", "editor", "closer", "admin"]);
    for (const person of demoPeople) expect(person.email).toBe(`${person.role}${/\d?@/.exec(person.email)?.[0]}demo.example`);
    expect(demoPeople.filter((person) => person.team === "north").map((person) => person.role)).toEqual([...Array.from({ length: 5 }, () => "agent"), "lead"]);
    expect(demoPeople.slice(0, 5).map((person) => person.language)).toEqual(["ru", "ru", "ru", "en", "en"]);
  });

  test("keeps the hours and the norm of the trade", () => {
    expect(demoCompany).toMatchObject({ target: 70, timeZone: "Europe/Moscow", workStart: 540, workEnd: 1080 });
  });
});

/** The least number of answers from the start to an outcome, the decision maker confirmed on the way. */
function shortestTo(script: Script, outcome: string): number {
  let open = [{ id: script.start, decisionMaker: false }];
  const seen = new Set<string>();
  for (let steps = 1; open.length > 0; steps += 1) {
    const next: typeof open = [];
    for (const place of open) {
      for (const answer of moduleOf(script, place.id)?.answers ?? []) {
        const decisionMaker = place.decisionMaker || answer.mark === "decisionMaker";
        if ("outcome" in answer.to) {
          if (answer.to.outcome === outcome && decisionMaker) return steps;
          continue;
        }
        const key = `${answer.to.module} ${decisionMaker}`;
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ id: answer.to.module, decisionMaker });
      }
    }
    open = next;
  }
  return Infinity;
}
