import { describe, expect, it } from "vitest";
import { handlers, scripts } from "#ui/preview/scriptFixtures.ts";
import { blank, changesOf, isBlank, writtenOf, type Written } from "#ui/scripts/changes.ts";
import { outlineOf } from "#ui/scripts/outline.ts";
import { pieces } from "#ui/scripts/pieces.ts";

const base: Written = { title: "Too expensive", gist: "Compare", synonyms: "dear, pricey", phrasings: ["One.", "Two."] };

describe("what publishing would change", () => {
  it("is nothing when only spaces and empty phrasings differ", () => {
    expect(changesOf(base, { title: " Too expensive ", gist: "Compare", synonyms: "dear,pricey ,", phrasings: ["One. ", "Two.", ""] })).toEqual([]);
    expect(isBlank({ ...blank, phrasings: ["", "  "] })).toBe(true);
    expect(isBlank({ ...blank, synonyms: "dear" })).toBe(false);
  });

  it("names each text", () => {
    expect(changesOf(base, { title: "Dear", gist: "Ask", synonyms: "dear", phrasings: ["One.", "Other.", "Three."] })).toEqual([
      { kind: "title", from: "Too expensive" }, { kind: "gist" }, { kind: "synonyms" },
      { kind: "phrasingChanged", number: 2 }, { kind: "phrasingAdded", number: 3 },
    ]);
    expect(changesOf(base, { ...base, phrasings: ["One."] })).toEqual([{ kind: "phrasingRemoved", count: 1 }]);
  });

  it("finds a published handler unchanged in the form in which it is written", () => {
    for (const handler of handlers) expect(changesOf(writtenOf(handler), writtenOf(handler))).toEqual([]);
  });
});

describe("the outline", () => {
  it("holds the script's modules in their order and its own handlers by name", () => {
    const { modules, handlers: found } = outlineOf(scripts.ru, handlers, "");
    expect(modules.map(({ id }) => id)).toEqual(scripts.ru.modules.map(({ id }) => id));
    expect(found.map(({ title }) => title)).toEqual(["Дорого", "Надо подумать", "Нет времени", "Пришлите на почту", "Сейчас не сезон", "Уже есть подрядчик"]);
  });

  it("is narrowed by every word that was typed, wherever it stands, ё like е", () => {
    expect(outlineOf(scripts.ru, handlers, "скидка").handlers.map(({ id }) => id)).toEqual(["price"]);
    expect(outlineOf(scripts.ru, handlers, "ЗАЙДЕТСЯ").modules).toEqual([]);
    expect(outlineOf(scripts.ru, handlers, "найдется минута").modules.map(({ id }) => id)).toEqual(["hello"]);
  });
});

it("words are cut where a call fills them in, and nowhere else", () => {
  expect(pieces("{agent:Рада|Рад} слышать, {name}! {client:a|b} {other:a|b} {x")).toEqual([
    { kind: "gender", of: "agent", woman: "Рада", man: "Рад" }, { kind: "plain", text: " слышать, " }, { kind: "variable", name: "name" }, { kind: "plain", text: "! " },
    { kind: "gender", of: "client", woman: "a", man: "b" }, { kind: "plain", text: " {other:a|b} {x" },
  ]);
  expect(pieces("")).toEqual([]);
});
